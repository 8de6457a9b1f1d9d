import { isIssuedCodeForm } from '../issued-code.ts';
import { isVenueNumber } from '../numbering-plan.ts';
import { asTypedByStaff, resolveText } from '../resolve.ts';
import { type CsvRecord, damaged } from './csv-records.ts';
import type { ColumnMap } from './headings.ts';
import {
  type ListedPlace,
  type ListedVenue,
  longestAddress,
  longestName,
  mergeVenue,
  type VenueOutcome,
} from './merge-venue.ts';

/**
 * Why a line of a list is not imported as it is.
 * - `no-number`: the cell is empty; `not-a-number`: it has no number that a place can have;
 * - `shortened`: a spreadsheet wrote it as 3.13E+08, and its digits are lost;
 * - `two-readings`: the spreadsheet may have dropped a 0: 22123456 is 02-212-3456 or a local number;
 * - `code-check`: six digits whose check digit is wrong.
 */
type NumberDoubt = 'no-number' | 'not-a-number' | 'shortened' | 'two-readings' | 'code-check';

type NumberCell =
  | {
      /** Canonical; more than one if the cell names several. */
      readonly numbers: readonly string[];
      /** Whether a leading 0 that a spreadsheet dropped was restored. */
      readonly restored: boolean;
    }
  | { readonly doubt: NumberDoubt };

/** The numbers that a cell of a list names, in any written form, with or without the 0 that a spreadsheet drops. */
export function readNumberCell(cell: string, areaCode: string): NumberCell {
  const text = cell.normalize('NFKC').trim();
  if (text === '' || /^[-–—.]+$/.test(text)) return { doubt: 'no-number' };
  if (/^\d(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return { doubt: 'shortened' };
  const digits = text.replace(/[.,]0$/, '');
  if (/^[1-9]\d*$/.test(digits)) return readBare(digits, areaCode);
  return named(text, areaCode);
}

/** Digits alone, as a spreadsheet writes a number that it took for an amount. */
function readBare(digits: string, areaCode: string): NumberCell {
  if (digits.length === 6 && !isIssuedCodeForm(digits)) return { doubt: 'code-check' };
  const withZero = `0${digits}`;
  const asIs = named(digits, areaCode);
  if (!isVenueNumber(withZero)) return asIs;
  return 'doubt' in asIs ? { numbers: [withZero], restored: true } : { doubt: 'two-readings' };
}

function named(text: string, areaCode: string): NumberCell {
  const found = resolveText(text, asTypedByStaff(areaCode));
  if (found.kind === 'venues') return { numbers: found.venues, restored: false };
  return { doubt: 'not-a-number' };
}

/**
 * `no-name`; `too-long`: a name or address; `damaged`: a character that the encoding lacks; `receiving`: the number that
 * texts are sent to.
 */
export type LineDoubt = NumberDoubt | 'no-name' | 'too-long' | 'damaged' | 'receiving';

export interface DoubtfulLine {
  readonly record: CsvRecord;
  readonly doubt: LineDoubt;
}

export interface ImportPlan {
  readonly lines: number;
  /** The venues to store. */
  readonly venues: readonly ListedVenue[];
  /** The number of venues with each outcome. */
  readonly outcomes: Readonly<Record<VenueOutcome, number>>;
  readonly doubtful: readonly DoubtfulLine[];
  /** Lines with a leading 0 that was restored. */
  readonly restored: number;
  /** Numbers that several places of the list share. */
  readonly shared: readonly { readonly number: string; readonly lines: readonly number[] }[];
}

export interface ImportOptions {
  readonly columns: ColumnMap;
  readonly areaCode: string;
  /** The gateway's receiving numbers, canonical: they are not places. */
  readonly receiving: readonly string[];
  readonly keepBranches: boolean;
  /** The venue of that number, also a removed one. */
  readonly venueOf: (number: string) => ListedVenue | null;
}

interface Listed {
  readonly places: ListedPlace[];
  readonly lines: number[];
}

/** What the import of a list would do, line by line, without guesses. */
export function planImport(records: Iterable<CsvRecord>, options: ImportOptions): ImportPlan {
  const byNumber = new Map<string, Listed>();
  const doubtful: DoubtfulLine[] = [];
  let [lines, restored] = [0, 0];
  for (const record of records) {
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    lines += 1;
    const read = readLine(record, options);
    if ('doubt' in read) {
      doubtful.push({ record, doubt: read.doubt });
      continue;
    }
    if (read.restored) restored += 1;
    for (const number of read.numbers) addPlace(byNumber, number, read.place, record.line);
  }
  return { lines, restored, doubtful, shared: sharedIn(byNumber), ...merged(byNumber, options) };
}

type Read =
  | { readonly numbers: readonly string[]; readonly place: ListedPlace; readonly restored: boolean }
  | { readonly doubt: LineDoubt };

function readLine({ cells }: CsvRecord, { columns, areaCode, receiving }: ImportOptions): Read {
  const at = (column: number | undefined) => (column === undefined ? null : tidy(cells[column] ?? ''));
  const [name, address] = [at(columns.name), at(columns.address)];
  const number = readNumberCell(withoutApostrophe(cells[columns.number] ?? ''), areaCode);
  if ('doubt' in number) return number;
  if (number.numbers.some((one) => receiving.includes(one))) return { doubt: 'receiving' };
  if (columns.name !== undefined && name === null) return { doubt: 'no-name' };
  if ((name?.length ?? 0) > longestName || (address?.length ?? 0) > longestAddress)
    return { doubt: 'too-long' };
  if (`${name}${address}`.includes(damaged)) return { doubt: 'damaged' };
  return { ...number, place: { name, address } };
}

/** A cell on one line, without the apostrophe by which our own csv keeps a spreadsheet from running it. */
function tidy(cell: string): string | null {
  const text = withoutApostrophe(cell.normalize('NFC').replace(/\s+/g, ' ').trim());
  return text === '' ? null : text;
}

const withoutApostrophe = (text: string) => text.replace(/^'(?=[=+\-@＝＋－＠])/, '');

function addPlace(byNumber: Map<string, Listed>, number: string, place: ListedPlace, line: number): void {
  const listed = byNumber.get(number);
  if (listed === undefined) byNumber.set(number, { places: [place], lines: [line] });
  else {
    listed.places.push(place);
    listed.lines.push(line);
  }
}

function sharedIn(byNumber: ReadonlyMap<string, Listed>): ImportPlan['shared'] {
  return [...byNumber]
    .filter(([, { places }]) => new Set(places.map(({ name }) => name)).size > 1)
    .map(([number, { lines }]) => ({ number, lines }));
}

function merged(
  byNumber: ReadonlyMap<string, Listed>,
  { keepBranches, venueOf }: ImportOptions,
): Pick<ImportPlan, 'venues' | 'outcomes'> {
  const outcomes = { added: 0, changed: 0, unchanged: 0, revived: 0 };
  const venues: ListedVenue[] = [];
  for (const [number, { places }] of byNumber) {
    const issued = isIssuedCodeForm(number);
    const { venue, outcome } = mergeVenue(venueOf(number), { number, issued, places, keepBranches });
    outcomes[outcome] += 1;
    if (outcome !== 'unchanged') venues.push(venue);
  }
  return { venues, outcomes };
}
