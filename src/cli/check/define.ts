import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { checkWords } from '../../words/commands/backup.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineCheck(program: Command, run: Runner, language: Language): void {
  const words = checkWords[language];
  program
    .command('check')
    .description(summaries[language].check)
    .option('--full', words.full)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).check));
}
