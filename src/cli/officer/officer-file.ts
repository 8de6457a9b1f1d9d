import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type AppError, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { CsvEncoding } from '../../export/csv.ts';
import { type Destination, openDestination } from '../../export/to/destination.ts';
import { isTerminal, type Shell } from '../shell.ts';
import type { Doing } from './audited.ts';

/**
 * Checks that a file or a folder, `-` for standard output, does not lie in the data directory, whatever links lead
 * there: it would be copied with the register, and outlive the visits. Error: `export.in-data-dir`.
 */
export async function requireOutside(dataDir: string, output: string): Promise<void> {
  if (output === '-') return;
  const inside = relative(await realPath(dataDir), await realPath(output));
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') return;
  throw fault('export.in-data-dir', { file: output, data_dir: dataDir });
}

/** Where a path leads; what of it is yet to be made leads nowhere else. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => null);
  if (real !== null || dirname(whole) === whole) return real ?? whole;
  return join(await realPath(dirname(whole)), whole.slice(dirname(whole).length));
}

export interface OfficerFileFlags {
  readonly format: 'csv' | 'xlsx' | 'jsonl';
  readonly encoding: CsvEncoding;
  /** A file's name, or `-`. */
  readonly output: string;
  readonly force?: boolean;
  readonly encryptTo?: readonly string[];
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
  // age-encryption is large, and few exports are encrypted.
  const age = encrypted ? await import('../../export/to/encrypted.ts') : null;
  const encrypter = (await age?.openRecipients(encryptTo)) ?? null;
  return {
    encrypted,
    async open() {
      const plain = await openDestination(output, { stdout: shell.stdout, force });
      if (age === null || encrypter === null) return plain;
      return age.openEncrypted(plain, encrypter);
    },
  };
}

function noEncoding(format: string): AppError {
  return fault('export.encoding', { format });
}

function noText(): AppError {
  return fault('export.terminal');
}

/** Opens an officer's file or standard output. Whose numbers a file holds is on disk before the file appears. */
export async function openNoted(file: OfficerFile, output: string, doing: Doing): Promise<Destination> {
  const destination = await file.open();
  const finish = async () => {
    if (output !== '-') doing.flush(doing.rows);
    await destination.finish();
  };
  return { ...destination, finish };
}
