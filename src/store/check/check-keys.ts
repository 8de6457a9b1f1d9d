import type { Connection } from '../database/database.ts';
import { hourEndMs, hourStartMs } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
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
    ...ofHours(
      'check.key-missing',
      hours.filter((hour) => alive(hour) && !held.has(hour)),
    ),
    ...ofHours(
      'check.key-wrong',
      hours.filter((hour) => held.has(hour) && !opens(checked, hour)),
    ),
    ...ofHours('check.key-overdue', [...held].filter(overdue)),
    ...ofHours(
      'check.rows-overdue',
      hours.filter((hour) => overdue(hour) && !held.has(hour)),
    ),
    ...(torn === 0 ? [] : [finding('check.keyring-torn', { slots: torn })]),
    ...(strays === 0 ? [] : [finding('check.keyring-stray', { slots: strays })]),
  ];
}

function ofHours(
  id: 'check.key-missing' | 'check.key-wrong' | 'check.key-overdue' | 'check.rows-overdue',
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
  return samples.every(({ table, sql }) => {
    const row = db.prepare<[number], Sealed>(sql).raw().get(hour);
    if (row === undefined) return true;
    const [id, atMs, sealed, venue] = row;
    return unseal(subkeys, sealed, associatedData(table, hour, id, atMs, venue ?? '')) !== null;
  });
}

const samples = [
  {
    table: sealedIn.visits,
    sql: 'SELECT id, visited_at, sealed, venue FROM visits WHERE hour = ? LIMIT 1',
  },
  { table: sealedIn.texts, sql: 'SELECT id, at, sealed, NULL FROM texts WHERE hour = ? LIMIT 1' },
  { table: sealedIn.parts, sql: 'SELECT id, at, sealed, NULL FROM parts WHERE hour = ? LIMIT 1' },
] as const;
