import { tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { proveWords } from '../../words/commands/proof.ts';
import { parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineProve(program: Command, run: Runner, language: Language): void {
  const words = proveWords[language].help;
  program
    .command('prove')
    .description(summaries[language].prove)
    .option('--in <folder>', words.in, parseFileName, tmpdir())
    .addOption(
      new Option('--algorithm <name>', words.algorithm)
        .choices(['aes-256-gcm', 'aria-256-gcm'])
        .default('aes-256-gcm'),
    )
    .option('--keep', words.keep)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).prove));
}
