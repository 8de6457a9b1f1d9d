import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { configWords } from '../../words/commands/config.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineConfig(program: Command, run: Runner, language: Language): void {
  const words = configWords[language];
  const config = program.command('config').description(summaries[language].config);
  config.addHelpText('after', words.showAfter);
  config
    .command('check')
    .description(words.check)
    .addHelpText('after', words.checkAfter)
    .action(run(async () => (await import('./run.ts')).checkConfig));
  config
    .command('show')
    .description(words.show)
    .option('--json', words.json)
    .addHelpText('after', words.showAfter)
    .action(run(async () => (await import('./run.ts')).showConfig));
}
