import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { backupWords } from '../../words/commands/backup.ts';
import { summaries } from '../../words/commands/program.ts';
import { parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineBackup(program: Command, run: Runner, language: Language): void {
  const words = backupWords[language];
  program
    .command('backup')
    .description(summaries[language].backup)
    .argument('<file>', words.file, parseFileName)
    .option('--force', words.force)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).backup));
}
