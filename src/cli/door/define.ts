import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { doorWords } from '../../words/commands/door.ts';
import { parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineDoor(program: Command, run: Runner, language: Language): void {
  const words = doorWords[language];
  program
    .command('door')
    .description(words.summary)
    .option('--instance <name>', words.instance)
    .option('--listen <path>', words.listen, parseFileName)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).door));
}
