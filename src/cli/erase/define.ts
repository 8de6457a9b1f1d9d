import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { eraseWords } from '../../words/commands/erase.ts';
import { summaries } from '../../words/commands/program.ts';
import { parseUnwritten } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineErase(program: Command, run: Runner, language: Language): void {
  const words = eraseWords[language];
  program
    .command('erase')
    .description(summaries[language].erase)
    .requiredOption('--visitor <number>', words.visitor, parseUnwritten)
    .option('--reason <text>', words.reason)
    .option('--case <number>', words.case)
    .option('--dry-run', words.dryRun)
    .option('--yes', words.yes)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).erase));
}
