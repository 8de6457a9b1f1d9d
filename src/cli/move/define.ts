import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { moveWords } from '../../words/commands/move.ts';
import { summaries } from '../../words/commands/program.ts';
import { collect, parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineMove(program: Command, run: Runner, language: Language): void {
  const words = moveWords[language];
  program
    .command('move')
    .description(summaries[language].move)
    .option('--prepare', words.prepare)
    .option('--to <folder>', words.to, parseFileName)
    .option('--encrypt-to <recipient>', words.encryptTo, collect)
    .option('--reason <text>', words.reason)
    .option('--from <file>', words.from, parseFileName)
    .option('--confirm <code>', words.confirm)
    .option('--cancel', words.cancel)
    .option('--yes', words.yes)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).move));
}
