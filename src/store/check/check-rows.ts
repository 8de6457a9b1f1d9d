import type { Connection } from '../database/database.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import {
  type Counts,
  type KindCounts,
  noCounts,
  noKinds,
  openKinds,
  type TextCounts,
} from '../tables/hours.ts';
import { openSealedTexts } from '../tables/sealed-texts.ts';
import { countedAs } from '../tables/texts.ts';
import { visitTableNames } from '../tables/visit-tables.ts';
import { type CheckFinding, finding } from './check-types.ts';

interface CountedRows extends Counts {
  parts: number;
  /** Hours that have rows of any kind, ascending. */
  readonly hours: readonly number[];
}

/** What an hour has, row by row. */
interface ActualHour {
  /** Of both forms. */
  visits: number;
  /** Of the form before the sealed one. */
  readonly old: TextCounts;
  texts: number;
  /** The sealed texts by kind; null without the hour's key. */
  kinds: KindCounts | null;
}

/** By the `kind` column of `texts`. */
const oldKinds: readonly (keyof TextCounts)[] = ['unresolved', 'undecodable', 'notices'];

/**
 * Counts what is there, row by row and not by the hours' counts, and compares the two. Sealed texts are opened, because
 * their kinds are sealed; `keys` is null if there is no keyring to open them with.
 */
export function checkRows(
  db: Connection,
  keys: HourKeys | null,
): { readonly rows: CountedRows; readonly findings: CheckFinding[] } {
  const actual = countRows(db, keys);
  const parts = ['parts', 'sealed_parts'].flatMap((table) => countsByHour(db, table));
  const hours = [...new Set([...actual.keys(), ...parts.map(([hour]) => hour)])].sort((a, b) => a - b);
  const total = noCounts();
  for (const { visits, old, texts, kinds } of actual.values()) {
    total.visits += visits;
    const known = kinds ?? { ...noKinds(), undecodable: texts };
    for (const kind of oldKinds) total[kind] += old[kind] + known[kind];
  }
  const rows = { ...total, parts: parts.reduce((sum, [, count]) => sum + count, 0), hours };
  return { rows, findings: compare(db, keys, actual) };
}

/** Better-sqlite3 gives the smallest index there is: no row is read. */
function countsByHour(db: Connection, table: string): [hour: number, rows: number][] {
  return db.prepare<[], [number, number]>(`SELECT hour, count(*) FROM ${table} GROUP BY hour`).raw().all();
}

function countRows(db: Connection, keys: HourKeys | null): Map<number, ActualHour> {
  const hours = new Map<number, ActualHour>();
  const of = (hour: number): ActualHour => {
    const known = hours.get(hour) ?? {
      visits: 0,
      old: { unresolved: 0, undecodable: 0, notices: 0 },
      texts: 0,
      kinds: noKinds(),
    };
    hours.set(hour, known);
    return known;
  };
  for (const table of ['visits', ...visitTableNames])
    for (const [hour, rows] of countsByHour(db, table)) of(hour).visits += rows;
  const old = db
    .prepare<[], [number, number, number]>('SELECT hour, kind, count(*) FROM texts GROUP BY hour, kind')
    .raw();
  for (const [hour, kind, rows] of old.all()) of(hour).old[oldKinds[kind] ?? 'undecodable'] += rows;
  for (const [hour, rows] of countsByHour(db, 'sealed_texts'))
    Object.assign(of(hour), { texts: rows, kinds: kindsOf(db, keys, hour) });
  return hours;
}

/** A text that cannot be opened is none of any kind: the counts then differ, as they should. */
function kindsOf(db: Connection, keys: HourKeys | null, hour: number): KindCounts | null {
  const subkeys = keys?.forReading(hour) ?? null;
  if (subkeys === null) return null;
  const kinds = noKinds();
  for (const { fields } of openSealedTexts(db, subkeys, hour))
    if (fields !== null) kinds[fields.kind === 'note' ? 'notes' : countedAs[fields.kind]] += 1;
  return kinds;
}

interface StatedRow extends Counts {
  readonly hour: number;
  readonly texts: number;
  readonly kinds: Buffer | null;
}

function compare(
  db: Connection,
  keys: HourKeys | null,
  actual: ReadonlyMap<number, ActualHour>,
): CheckFinding[] {
  const stated = db
    .prepare<[], StatedRow>('SELECT hour, visits, unresolved, undecodable, notices, texts, kinds FROM hours')
    .all();
  const withCounts = new Set(stated.map(({ hour }) => hour));
  const uncounted = [...actual.keys()].filter((hour) => !withCounts.has(hour)).length;
  const wrong = stated.filter((row) => !isRight(row, keys, actual.get(row.hour))).length + uncounted;
  return wrong === 0 ? [] : [finding('check.counts', { hours: wrong })];
}

function isRight(row: StatedRow, keys: HourKeys | null, actual: ActualHour | undefined): boolean {
  const { visits = 0, old = noCounts(), texts = 0, kinds = noKinds() } = actual ?? {};
  if (row.visits !== visits || row.texts !== texts) return false;
  if (oldKinds.some((kind) => row[kind] !== old[kind])) return false;
  const subkeys = keys?.forReading(row.hour) ?? null;
  if (subkeys === null || kinds === null) return true;
  const sealed = openKinds(subkeys, row.hour, row.kinds);
  // Under a wrong key nothing opens, and that is a finding of its own.
  if (sealed === null && Object.values(kinds).every((rows) => rows === 0)) return true;
  return (
    sealed !== null &&
    Object.entries(sealed).every(([kind, rows]) => kinds[kind as keyof KindCounts] === rows)
  );
}
