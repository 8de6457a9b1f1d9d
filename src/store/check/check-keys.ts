import type { Connection } from '../database/database.ts';
import { hourEndMs, hourStartMs } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { associatedData, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import type { CheckFinding } from './check-types.ts';

export interface CheckedKeys {
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
  /** Hours that have visits, texts or parts. */
  readonly hours: readonly number[];
  /** When an hour ends. */
  readonly endOf: (hour: number) => number;
  readonly nowMs: number;
  /** How late a sweep may be without a word. */
  readonly graceMs: number;
}

/** Whether keys and rows belong together: every living hour has its key, which opens its rows, and no dead one has. */
export function checkKeys(checked: CheckedKeys): CheckFinding[] {
  const states = checked.ring.states();
  const held = new Set(states.filter(({ kind }) => kind === 'key').map(({ hour }) => hour as number));
  const torn = states.filter(({ kind }) => kind === 'torn').length;
  const strays = states.filter(({ kind }) => kind === 'stray').length;
  const alive = (hour: number) => checked.endOf(hour) > checked.nowMs;
  const overdue = (hour: number) => checked.endOf(hour) + checked.graceMs <= checked.nowMs;
  const { hours } = checked;
  return [
    ...found(
      'check.key-missing',
      hours.filter((hour) => alive(hour) && !held.has(hour)),
      {
        what: 'with rows that have no key: nobody can read these rows',
        todo: 'if an older keyring was put in place, put the right one back; otherwise they are lost, and the next sweeps remove them',
      },
    ),
    ...found(
      'check.key-wrong',
      hours.filter((hour) => held.has(hour) && !opens(checked, hour)),
      {
        what: 'whose key does not open their rows',
        todo: 'if the database or the keyring was put back from elsewhere, put back the one that belongs to the other',
      },
    ),
    ...found('check.key-overdue', [...held].filter(overdue), {
      what: 'that have expired and still have their key',
      todo: 'run `visitlog sweep`, which says what keeps them, and see that the gateway runs',
    }),
    ...found(
      'check.rows-overdue',
      hours.filter((hour) => overdue(hour) && !held.has(hour)),
      {
        what: 'that have expired and lost their key, and still have rows: noise that takes room',
        todo: 'run `visitlog sweep`',
      },
    ),
    ...sectors(
      'check.keyring-torn',
      torn,
      'are neither empty nor whole',
      'restart the gateway, which empties those that no row needs',
    ),
    ...sectors(
      'check.keyring-stray',
      strays,
      'hold a key that does not belong there',
      'run `visitlog keyring resize`, which puts each in its place',
    ),
  ];
}

function found(
  id: string,
  hours: readonly number[],
  { what, todo }: Pick<CheckFinding, 'what' | 'todo'>,
): CheckFinding[] {
  if (hours.length === 0) return [];
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  const from = new Date(hourStartMs(first)).toISOString();
  const to = new Date(hourEndMs(last)).toISOString();
  const counted = hours.length === 1 ? '1 hour' : `${hours.length} hours`;
  return [
    { id, what: `${counted} (${from} to ${to}) ${what}`, todo, facts: { hours: hours.length, from, to } },
  ];
}

function sectors(id: string, count: number, what: string, todo: string): CheckFinding[] {
  return count === 0
    ? []
    : [{ id, what: `${count} slots of the keyring ${what}`, todo, facts: { slots: count } }];
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
