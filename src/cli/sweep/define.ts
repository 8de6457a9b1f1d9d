import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { sweepWords } from '../../words/commands/sweep.ts';
import type { Runner } from '../shell.ts';

export function defineSweep(program: Command, run: Runner, language: Language): void {
  const words = sweepWords[language];
  program
    .command('sweep')
    .description(summaries[language].sweep)
    .option('--dry-run', words.dryRun)
    .option('--force', words.force)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).sweep));
}
