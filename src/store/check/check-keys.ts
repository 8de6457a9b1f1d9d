import type { Connection } from '../database/database.ts';
import { hourEndMs, hourStartMs } from '../hour.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { ever, fieldsAt, openRows } from '../sealing/opened-rows.ts';
import { unseal } from '../sealing/seal.ts';
import { openRecord } from '../sealing/sealed-record.ts';
import { rowTags, venueTagBytes, visitorTagBytes } from '../sealing/tags.ts';
import { idBytes, notedBit } from '../sealing/visit-row.ts';
import { piecedRows, rowText } from '../tables/row-pages.ts';
import { visitTableNames } from '../tables/visit-tables.ts';
import { type CheckFinding, finding } from './check-types.ts';

interface CheckedKeys {
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
  /** Hours that have visits, texts or parts. */
  readonly hours: readonly number[];
  /** When an hour ends. */
  readonly endOf: (hour: number) => number;
  readonly nowMs: number;
  /** How late a sweep may be without a finding. */
  readonly graceMs: number;
}

/** Whether keys and rows belong together: every living hour has its key, which opens its rows, and no dead one has. */
export function checkKeys(checked: CheckedKeys): CheckFinding[] {
  const states = checked.ring.states();
  const held = new Set(states.flatMap((state) => (state.kind === 'key' ? state.hour : [])));
  const torn = states.filter(({ kind }) => kind === 'torn').length;
  const strays = states.filter(({ kind }) => kind === 'stray').length;
  const alive = (hour: number) => checked.endOf(hour) > checked.nowMs;
  const overdue = (hour: number) => checked.endOf(hour) + checked.graceMs <= checked.nowMs;
  const { hours } = checked;
  return [
    ...hoursFinding(
      'check.key-missing',
      hours.filter((hour) => alive(hour) && !held.has(hour)),
    ),
    ...hoursFinding(
      'check.key-wrong',
      hours.filter((hour) => held.has(hour) && !opens(checked, hour)),
    ),
    ...hoursFinding('check.key-overdue', [...held].filter(overdue)),
    ...hoursFinding(
      'check.rows-overdue',
      hours.filter((hour) => overdue(hour) && !held.has(hour)),
    ),
    ...(torn === 0 ? [] : [finding('check.keyring-torn', { slots: torn })]),
    ...(strays === 0 ? [] : [finding('check.keyring-stray', { slots: strays })]),
  ];
}

/** One finding about all of these hours; none if there are none. */
export function hoursFinding(
  id:
    | 'check.key-missing'
    | 'check.key-wrong'
    | 'check.key-overdue'
    | 'check.rows-overdue'
    | 'check.holder-overdue'
    | 'check.holder-kept',
  hours: readonly number[],
): CheckFinding[] {
  if (hours.length === 0) return [];
  const from = new Date(hourStartMs(Math.min(...hours))).toISOString();
  const to = new Date(hourEndMs(Math.max(...hours))).toISOString();
  return [finding(id, { hours: hours.length, from, to })];
}

type Sealed = [id: number, at: number, sealed: Buffer, venue: string | null];

/** Tries the key on one row of each table. */
function opens({ db, keys }: CheckedKeys, hour: number): boolean {
  const subkeys = keys.forReading(hour);
  if (subkeys === null) return false;
  return oldRowsOpen(db, subkeys, hour) && visitOpens(db, subkeys, hour) && recordsOpen(db, subkeys, hour);
}

function oldRowsOpen(db: Connection, subkeys: Subkeys, hour: number): boolean {
  return oldSamples.every(({ table, sql }) => {
    const row = db.prepare<[number], Sealed>(sql).raw().get(hour);
    if (row === undefined) return true;
    const [id, atMs, sealed, venue] = row;
    return unseal(subkeys, sealed, associatedData(table, hour, id, atMs, venue ?? '')) !== null;
  });
}

const oldSamples = [
  {
    table: sealedIn.visits,
    sql: 'SELECT id, visited_at, sealed, venue FROM visits WHERE hour = ? LIMIT 1',
  },
  { table: sealedIn.texts, sql: 'SELECT id, at, sealed, NULL FROM texts WHERE hour = ? LIMIT 1' },
  { table: sealedIn.parts, sql: 'SELECT id, at, sealed, NULL FROM parts WHERE hour = ? LIMIT 1' },
] as const;

/** Opens, and is found by the tags that it has. */
function visitOpens(db: Connection, subkeys: Subkeys, hour: number): boolean {
  return visitTableNames.every((name) => {
    const sample = db
      .prepare<[number], string>(`SELECT ${rowText} FROM ${name} WHERE hour = ? LIMIT 1`)
      .pluck()
      .get(hour);
    return sample === undefined || sampleOpens(db, subkeys, hour, sample);
  });
}

function sampleOpens(db: Connection, subkeys: Subkeys, hour: number, sample: string): boolean {
  const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter: ever };
  const { octets } = openRows(opening, piecedRows([sample]));
  if (octets.length === 0) return false;
  const { venue, visitor, flags } = fieldsAt(Buffer.from(octets), 0);
  const bits = db
    .prepare<[number], number | null>('SELECT tag_bits FROM hours WHERE hour = ?')
    .pluck()
    .get(hour);
  if (bits === undefined || bits === null) return false;
  if ((flags & notedBit) !== 0) return true;
  const tags = rowTags(subkeys, { venue, visitor }, bits);
  const head = Buffer.from(sample, 'hex');
  return (
    tags.venueTag.equals(head.subarray(0, venueTagBytes)) &&
    tags.visitorTag.equals(head.subarray(venueTagBytes + idBytes, venueTagBytes + idBytes + visitorTagBytes))
  );
}

const recordTables = [
  ['sealed_texts', sealedIn.sealedTexts],
  ['sealed_parts', sealedIn.sealedParts],
  ['sealed_slots', sealedIn.sealedSlots],
] as const;

function recordsOpen(db: Connection, subkeys: Subkeys, hour: number): boolean {
  return recordTables.every(([name, table]) => {
    const row = db
      .prepare<[number], [id: number, sealed: Buffer]>(
        `SELECT id, sealed FROM ${name} WHERE hour = ? LIMIT 1`,
      )
      .raw()
      .get(hour);
    return row === undefined || openRecord(subkeys, { table, hour, id: row[0] }, row[1]) !== null;
  });
}
