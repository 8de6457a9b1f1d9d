import { type Command, Option } from 'commander';
import { type AppError, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { CsvEncoding } from '../../export/csv.ts';
import type { Destination } from '../../export/to/destination.ts';
import type { Language } from '../../words/bilingual.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { collect, parseFileName } from '../option-values.ts';
import { isTerminal, type Shell } from '../shell.ts';
import { requireOutside } from './outside-data-dir.ts';

export interface OfficerFileFlags {
  readonly format: 'csv' | 'xlsx' | 'jsonl';
  readonly encoding: CsvEncoding;
  /** A file's name, or `-`. */
  readonly output: string;
  readonly force?: boolean;
  readonly encryptTo?: readonly string[];
}

/** Gives a command the options of every file that an officer may ask for. */
export function withOfficerFile(command: Command, language: Language): Command {
  const words = officerFileWords[language];
  return command
    .addOption(new Option('--format <format>', words.format).choices(['csv', 'xlsx', 'jsonl']).default('csv'))
    .addOption(new Option('--encoding <name>', words.encoding).choices(['utf-8', 'cp949']).default('utf-8'))
    .option('--output <file>', words.output, parseFileName, '-')
    .option('--force', words.force)
    .option('--encrypt-to <recipient>', words.encryptTo, collect);
}

/** A file that is known to be possible, and not yet opened. */
export interface OfficerFile {
  readonly encrypted: boolean;
  open(): Promise<Destination>;
}

/**
 * Checks, before anything is read or recorded, what can be known of the file: its encoding, its recipients, that it is
 * not in the data directory, and that nothing but text goes to a terminal. Errors: `export.encoding`, `recipient.…`,
 * `export.in-data-dir`, `export.terminal`, all usage (exit 2); opening has its own.
 */
export async function officerFile(
  shell: Shell,
  { dataDir }: Pick<Config, 'dataDir'>,
  flags: OfficerFileFlags,
): Promise<OfficerFile> {
  const { format, encoding, output, force = false, encryptTo = [] } = flags;
  if (encoding !== 'utf-8' && format !== 'csv') throw noEncoding(format);
  await requireOutside(dataDir, output);
  const encrypted = encryptTo.length > 0;
  if (output === '-' && (encrypted || format === 'xlsx') && isTerminal(shell.stdout)) throw noText();
  const encrypter = encrypted
    ? await (await import('../../export/to/recipients.ts')).openRecipients(encryptTo)
    : null;
  return {
    encrypted,
    async open() {
      const { openDestination } = await import('../../export/to/open-destination.ts');
      const plain = await openDestination(output, { stdout: shell.stdout, force });
      if (encrypter === null) return plain;
      const { openEncrypted } = await import('../../export/to/encrypted.ts');
      return openEncrypted(plain, encrypter);
    },
  };
}

function noEncoding(format: string): AppError {
  return fault('export.encoding', { format });
}

function noText(): AppError {
  return fault('export.terminal');
}
