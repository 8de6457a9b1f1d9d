import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { runWords, summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineRun(program: Command, run: Runner, language: Language): void {
  program
    .command('run')
    .description(summaries[language].run)
    .addHelpText('after', runWords[language].after)
    .action(run(async () => (await import('./run.ts')).runGateway));
}
