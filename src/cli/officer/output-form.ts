import { fault } from '../../base/errors.ts';
import { isTerminal, type Shell } from '../shell.ts';

/** The endings of file names for each form that a command writes; the first names a file of it. */
type Endings<Form extends string> = Readonly<Record<Form, readonly string[]>>;

/** The forms of an officer's rows. */
export const rowEndings = {
  csv: ['csv', 'txt'],
  xlsx: ['xlsx'],
  jsonl: ['jsonl', 'ndjson', 'json', 'txt'],
  numbers: ['txt', 'csv'],
  table: ['txt'],
} as const;

/** What is read at a terminal is a table there. */
export function rowForm(shell: Pick<Shell, 'stdout'>, asked: Asked<RowForm>): RowForm {
  return outputForm(asked, rowEndings, isTerminal(shell.stdout) && asked.output === '-' ? 'table' : 'csv');
}

/** Of posters, which are one document. */
export function requirePdf(output: string): void {
  outputForm({ output }, { pdf: ['pdf'] }, 'pdf');
}

export type RowForm = keyof typeof rowEndings;

/** What an officer's programs open by its ending, and would call damaged. */
const foreign = [
  'csv',
  'xlsx',
  'xls',
  'xlsm',
  'xlsb',
  'ods',
  'hwp',
  'hwpx',
  'doc',
  'docx',
  'pdf',
  'json',
  'zip',
  'html',
  'png',
  'jpg',
  'jpeg',
];

const encryptedEnding = 'age';

interface Asked<Form extends string> {
  /** A file's name, or `-`. */
  readonly output: string;
  /** What `--format` says, if it was given. */
  readonly format?: Form | undefined;
  readonly encryptTo?: readonly string[] | undefined;
}

/**
 * The form of the output: what `--format` says, else what the ending of the file's name says, else `otherwise`. A name
 * that contradicts it is refused: programs open a file by its ending, and would call it damaged.
 * Errors: `export.ending`, `export.ending-unknown`, `export.ending-encrypted`.
 */
export function outputForm<Form extends string>(
  { output, format, encryptTo = [] }: Asked<Form>,
  endings: Endings<Form>,
  otherwise: NoInfer<Form>,
): Form {
  if (output === '-') return format ?? otherwise;
  const [name, ending] = split(output);
  const isEncrypted = encryptTo.length > 0;
  if (isEncrypted !== (ending === encryptedEnding) && (ending === encryptedEnding || isForm(ending, endings)))
    throw fault('export.ending-encrypted', { file: output, encrypted: isEncrypted });
  const shown = ending === encryptedEnding ? split(name)[1] : ending;
  const forms = Object.keys(endings) as Form[];
  const fitting = forms.find((form) => endings[form].includes(shown));
  if (format !== undefined) {
    const isTaken = fitting !== undefined || foreign.includes(shown);
    if (isTaken && !endings[format].includes(shown))
      throw fault('export.ending', { file: output, format, ending: endings[format][0] ?? format });
    return format;
  }
  if (fitting !== undefined) return fitting;
  if (!foreign.includes(shown)) return otherwise;
  const known = [...new Set(forms.map((form) => `.${endings[form][0]}`))].join(', ');
  throw fault('export.ending-unknown', { file: output, ending: shown, known });
}

function isForm(ending: string, endings: Endings<string>): boolean {
  return foreign.includes(ending) || Object.values(endings).some((known) => known.includes(ending));
}

/** The name without its ending, and the ending in small letters; empty if there is none. */
function split(file: string): [name: string, ending: string] {
  const [, name, ending] = /^(.*[^/\\])\.([A-Za-z0-9]+)$/s.exec(file) ?? [];
  return name === undefined || ending === undefined ? [file, ''] : [name, ending.toLowerCase()];
}
