import { tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { centralProofWords } from '../../words/commands/central-proof.ts';
import { summaries } from '../../words/commands/program.ts';
import { proveWords } from '../../words/commands/proof.ts';
import { collect, parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineProve(program: Command, run: Runner, language: Language): void {
  const words = proveWords[language].help;
  const central = centralProofWords[language].help;
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
    .addOption(new Option('--central', central.central).conflicts(['in', 'algorithm', 'keep']))
    .option('--url <url>', central.url)
    .option('--ca-file <file>', central.caFile, parseFileName)
    .option('--password-file <file>', central.passwordFile, parseFileName)
    .option('--directory <folder>', central.directory, collect)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).prove));
}
