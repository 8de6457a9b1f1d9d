import { fault } from '../../base/errors.ts';
import type { CsvEncoding } from '../../export/csv.ts';
import { type Destination, openStream } from '../../export/to/destination.ts';
import type { Configured } from '../configured.ts';
import { isTerminal, type Shell } from '../shell.ts';
import type { ActSession } from './act.ts';
import type { RowForm } from './output-form.ts';
import { recordedFirst } from './recorded-output.ts';
import { typedPassword } from './typed-password.ts';

/**
 * Checks that a file or a folder, `-` for standard output, does not lie in the data directory, whatever links lead
 * there: it would be copied with the register, and outlive the visits. Error: `export.in-data-dir`.
 */
export async function requireOutside({ files }: Shell, dataDir: string, output: string): Promise<void> {
  if (output === '-' || !(await files.isInside(dataDir, output))) return;
  throw fault('export.in-data-dir', { file: output, data_dir: dataDir });
}

/**
 * Opens `-` (standard output) or a file of the person's.
 * @throws AppError `export.exists`, `export.not-a-file`; `export.unwritable`, also at each write
 */
export async function openOutput(
  { stdout, files }: Shell,
  output: string,
  force = false,
): Promise<Destination> {
  return output === '-' ? openStream(stdout) : files.open(output, { force, of: 'export' });
}

export interface OfficerFileFlags {
  readonly format: RowForm;
  readonly encoding: CsvEncoding;
  /** A file's name, or `-`. */
  readonly output: string;
  readonly columns?: string;
  readonly reveal?: boolean;
  readonly force?: boolean;
  readonly encryptTo?: readonly string[];
  /** Where the password of a workbook comes from: `-` or `@FILE`. */
  readonly password?: string;
}

/** The flags as they are typed: the ending of the output may say its form. */
export type Formless<Flags extends { readonly format: string }> = Omit<Flags, 'format'> &
  Partial<Pick<Flags, 'format'>>;

/** The destination of an officer's rows: checked, and not yet opened. */
export interface OfficerFile {
  /** As typed: a file's name, or `-`. */
  readonly name: string;
  readonly kind: OutputKind;
  readonly encrypted: boolean;
  open(): Promise<Destination>;
}

type OutputKind = 'file' | 'stdout' | 'terminal';

/**
 * Checks, before anything is read or recorded, what can be known of the file: its encoding, its recipients, that it is
 * not in the data directory, and that a terminal gets nothing but text. Errors: `export.encoding`, `export.numbers-…`, `recipient.…`,
 * `export.in-data-dir`, `export.terminal`, all usage (exit 2); opening has its own.
 */
export async function officerFile(
  { shell, config }: Pick<Configured, 'shell' | 'config'>,
  flags: OfficerFileFlags,
): Promise<OfficerFile> {
  const { format, encoding, output, force = false, encryptTo = [], password } = flags;
  if (encoding !== 'utf-8' && format !== 'csv') throw fault('export.encoding', { format });
  if (format === 'numbers') requireWhole(flags);
  if (password !== undefined && format !== 'xlsx') throw fault('workbook.password-format', { format });
  await requireOutside(shell, config.dataDir, output);
  const kind = outputKind(shell, output);
  const encrypted = encryptTo.length > 0 || password !== undefined;
  if (kind === 'terminal' && (encrypted || format === 'xlsx')) throw fault('export.terminal');
  const encrypt = await encryptionOf(shell, flags);
  return {
    name: output,
    kind,
    encrypted,
    open: async () => encrypt(await openOutput(shell, output, force)),
  };
}

/** A masked number takes no message. Errors: `export.numbers-masked`, `export.numbers-columns`. */
function requireWhole({ reveal = false, columns }: OfficerFileFlags): void {
  if (!reveal) throw fault('export.numbers-masked');
  if (columns !== undefined) throw fault('export.numbers-columns');
}

function outputKind({ stdout }: Shell, output: string): OutputKind {
  if (output !== '-') return 'file';
  return isTerminal(stdout) ? 'terminal' : 'stdout';
}

type Encrypt = (plain: Destination) => Promise<Destination>;

const asIs: Encrypt = (plain) => Promise.resolve(plain);

async function encryptionOf(shell: Shell, { encryptTo = [], password }: OfficerFileFlags): Promise<Encrypt> {
  if (password !== undefined) return withPassword(await typedPassword(shell, password));
  return encryptTo.length > 0 ? encryption(shell, encryptTo) : asIs;
}

/** Few files have a password. */
async function withPassword(password: string): Promise<Encrypt> {
  const { openWithPassword } = await import('../../export/to/with-password.ts');
  return (plain) => Promise.resolve(openWithPassword(plain, password));
}

async function encryption({ files }: Shell, recipients: readonly string[]): Promise<Encrypt> {
  // age-encryption is large, and few exports are encrypted.
  const { openEncrypted, openRecipients } = await import('../../export/to/encrypted.ts');
  const encrypter = await openRecipients(recipients, files.read);
  return (plain) => openEncrypted(plain, encrypter);
}

/** Opens an officer's file for an act: whose numbers an octet belongs to is on disk before it leaves. */
export async function openForAct(
  file: OfficerFile,
  { act, shell }: Pick<ActSession, 'act' | 'shell'>,
): Promise<Destination> {
  return recordedFirst(await file.open(), act, shell.clock);
}
