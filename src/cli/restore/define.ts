import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { restoreWords } from '../../words/commands/backup.ts';
import { summaries } from '../../words/commands/program.ts';
import { parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineRestore(program: Command, run: Runner, language: Language): void {
  const words = restoreWords[language];
  program
    .command('restore')
    .description(summaries[language].restore)
    .argument('<file>', words.file, parseFileName)
    .requiredOption('--reason <text>', words.reason)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).restore));
}
