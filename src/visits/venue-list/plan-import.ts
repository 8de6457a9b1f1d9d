import { isIssuedCodeForm } from '../issued-code.ts';
import { isPrivateNumber } from '../numbering-plan.ts';
import { businessState } from './business-state.ts';
import type { ListRecord } from './csv-records.ts';
import type { ColumnMap } from './headings.ts';
import { damaged } from './list-encoding.ts';
import {
  type ListedPlace,
  type ListedVenue,
  longestAddress,
  longestName,
  mergeVenue,
  type VenueOutcome,
} from './merge-venue.ts';
import { type NumberDoubt, readNumberCell } from './number-cell.ts';

/**
 * `cells`: more or fewer cells than the list has columns; `no-name`; `too-long`: a name or address; `damaged`: a character
 * that the encoding lacks; `receiving`: the number that texts are sent to; `owner-mobile`: a mobile number in a list that
 * names people beside its places.
 */
export type LineDoubt =
  | NumberDoubt
  | 'cells'
  | 'no-name'
  | 'too-long'
  | 'damaged'
  | 'receiving'
  | 'owner-mobile';

/** The doubts that a person has to look at, rare and grave ones first; last the places without a phone, which get codes. */
export const doubtOrder: readonly LineDoubt[] = [
  'cells',
  'damaged',
  'receiving',
  'shortened',
  'two-readings',
  'code-check',
  'owner-mobile',
  'fax',
  'too-long',
  'no-name',
  'not-a-number',
  'no-number',
];

export interface DoubtfulLine {
  readonly record: ListRecord;
  readonly doubt: LineDoubt;
}

/** A place before and after an import. */
export interface VenueChange {
  readonly outcome: VenueOutcome;
  /** Null if it is new. */
  readonly before: ListedVenue | null;
  readonly after: ListedVenue;
}

export interface ImportPlan {
  readonly lines: number;
  /** What to store. */
  readonly changes: readonly VenueChange[];
  /** The number of venues with each outcome. */
  readonly outcomes: Readonly<Record<VenueOutcome, number>>;
  /** Every number that the list names in a line that is not doubtful. */
  readonly numbers: ReadonlySet<string>;
  /** Those that can be read in doubtful lines. */
  readonly doubtfulNumbers: ReadonlySet<string>;
  readonly doubtful: readonly DoubtfulLine[];
  /** Lines of places that are not in business any more, left out, by the words of the list. */
  readonly closed: ReadonlyMap<string, number>;
  /** States that say neither open nor closed: their places are registered. */
  readonly unknownStates: ReadonlyMap<string, number>;
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
  /** Places that are not in business are registered too, behind those that are. */
  readonly includeClosed: boolean;
  /** Mobile numbers may be people's: one under which no place is registered is doubtful. */
  readonly namesPeople: boolean;
  /** The venue of that number, also a removed one. */
  readonly venueOf: (number: string) => ListedVenue | null;
}

interface Listed {
  readonly places: ListedPlace[];
  readonly lines: number[];
}

/** A record of a list; `broken` if it does not fit the list. */
export type MaybeBroken = ListRecord & { readonly broken?: boolean };

/** What the import of a list would do, line by line, without guesses. */
export function planImport(records: Iterable<MaybeBroken>, options: ImportOptions): ImportPlan {
  const byNumber = new Map<string, Listed>();
  const doubtful: DoubtfulLine[] = [];
  const closed = new Map<string, number>();
  const unknownStates = new Map<string, number>();
  const doubtfulNumbers = new Set<string>();
  const closedRecords: MaybeBroken[] = [];
  let [lines, restored] = [0, 0];
  const take = (record: MaybeBroken) => {
    const read = readLine(record, options);
    if ('doubt' in read) {
      doubtful.push({ record, doubt: read.doubt });
      for (const number of read.numbers ?? []) doubtfulNumbers.add(number);
      return;
    }
    if (read.restored) restored += 1;
    for (const number of read.numbers) addPlace(byNumber, number, read.place, record.line);
  };
  for (const record of records) {
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    lines += 1;
    const state = stateOf(record, options.columns);
    const business = businessState(state);
    if (business === 'unknown') countIn(unknownStates, state);
    if (business !== 'closed') take(record);
    else if (options.includeClosed) closedRecords.push(record);
    else countIn(closed, state);
  }
  closedRecords.forEach(take);
  const numbers = new Set(byNumber.keys());
  const common = { lines, restored, doubtful, doubtfulNumbers, closed, unknownStates, numbers };
  return { ...common, shared: sharedIn(byNumber), ...merged(byNumber, options) };
}

/** Of a broken line it is not known which cell is the state. */
function stateOf({ cells, broken }: MaybeBroken, { state }: ColumnMap): string {
  return state === undefined || broken ? '' : (cells[state] ?? '').trim();
}

function countIn(counts: Map<string, number>, word: string): void {
  counts.set(word, (counts.get(word) ?? 0) + 1);
}

type Read =
  | { readonly numbers: readonly string[]; readonly place: ListedPlace; readonly restored: boolean }
  | { readonly doubt: LineDoubt; readonly numbers?: readonly string[] };

function readLine({ cells, broken }: MaybeBroken, options: ImportOptions): Read {
  if (broken) return { doubt: 'cells' };
  const { columns, areaCode, receiving, namesPeople, venueOf } = options;
  const at = (column: number | undefined) => (column === undefined ? null : tidy(cells[column] ?? ''));
  const [name, address] = [at(columns.name), at(columns.address) ?? at(columns.lot)];
  const number = readNumberCell(withoutApostrophe(cells[columns.number] ?? ''), areaCode);
  if ('doubt' in number) return number;
  if (number.numbers.some((one) => receiving.includes(one)))
    return { doubt: 'receiving', numbers: number.numbers };
  const isKnown = (one: string) => venueOf(one)?.removedAtMs === null;
  if (namesPeople && number.numbers.some((one) => isPrivateNumber(one) && !isKnown(one)))
    return { doubt: 'owner-mobile', numbers: number.numbers };
  if (columns.name !== undefined && name === null) return { doubt: 'no-name', numbers: number.numbers };
  if ((name?.length ?? 0) > longestName || (address?.length ?? 0) > longestAddress)
    return { doubt: 'too-long', numbers: number.numbers };
  if (`${name}${address}`.includes(damaged)) return { doubt: 'damaged', numbers: number.numbers };
  return { ...number, place: { name, address } };
}

/** A cell on one line, without the apostrophe by which our own csv keeps a spreadsheet from running it. */
export function tidy(cell: string): string | null {
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
): Pick<ImportPlan, 'changes' | 'outcomes'> {
  const outcomes = { added: 0, changed: 0, unchanged: 0, revived: 0 };
  const changes: VenueChange[] = [];
  for (const [number, { places }] of byNumber) {
    const issued = isIssuedCodeForm(number);
    const before = venueOf(number);
    const { venue: after, outcome } = mergeVenue(before, { number, issued, places, keepBranches });
    outcomes[outcome] += 1;
    if (outcome !== 'unchanged') changes.push({ outcome, before, after });
  }
  return { changes, outcomes };
}
