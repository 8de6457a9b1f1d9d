import type { Connection } from '../database/database.ts';
import { textKinds } from '../tables/texts.ts';
import type { Counts } from '../tables/visit-counts.ts';
import { type CheckFinding, finding } from './check-types.ts';

interface CountedRows extends Counts {
  parts: number;
  /** Hours that have rows of any kind, ascending. */
  readonly hours: readonly number[];
}

/** Counts what is there, row by row and not by the hours' counts, and compares the two. */
export function checkRows(db: Connection): { readonly rows: CountedRows; readonly findings: CheckFinding[] } {
  const actual = countRows(db);
  const parts = db
    .prepare<[], [number, number]>('SELECT hour, count(*) FROM parts GROUP BY hour')
    .raw()
    .all();
  const hours = [...new Set([...actual.keys(), ...parts.map(([hour]) => hour)])].sort((a, b) => a - b);
  const total = { visits: 0, unresolved: 0, undecodable: 0, notices: 0 };
  for (const counts of actual.values())
    for (const kind of Object.keys(total) as (keyof Counts)[]) total[kind] += counts[kind];
  const rows = { ...total, parts: parts.reduce((sum, [, count]) => sum + count, 0), hours };
  return { rows, findings: compare(db, actual) };
}

/** Better-sqlite3 gives the smallest index there is: no row is read. */
function countRows(db: Connection): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  const add = (hour: number, kind: keyof Counts, rows: number) => {
    const known = counts.get(hour) ?? { visits: 0, unresolved: 0, undecodable: 0, notices: 0 };
    known[kind] += rows;
    counts.set(hour, known);
  };
  const visits = db.prepare<[], [number, number]>('SELECT hour, count(*) FROM visits GROUP BY hour').raw();
  for (const [hour, rows] of visits.iterate()) add(hour, 'visits', rows);
  const texts = db
    .prepare<[], [number, number, number]>('SELECT hour, kind, count(*) FROM texts GROUP BY hour, kind')
    .raw();
  for (const [hour, kind, rows] of texts.iterate()) add(hour, textKinds[kind] ?? 'undecodable', rows);
  return counts;
}

function compare(db: Connection, actual: ReadonlyMap<number, Counts>): CheckFinding[] {
  const stated = new Map(
    db
      .prepare<[], Counts & { hour: number }>(
        'SELECT hour, visits, unresolved, undecodable, notices FROM hours',
      )
      .all()
      .map(({ hour, ...counts }) => [hour, counts]),
  );
  const none: Counts = { visits: 0, unresolved: 0, undecodable: 0, notices: 0 };
  const wrong = [...new Set([...stated.keys(), ...actual.keys()])].filter((hour) => {
    const [one, other] = [stated.get(hour) ?? none, actual.get(hour) ?? none];
    return (Object.keys(none) as (keyof Counts)[]).some((kind) => one[kind] !== other[kind]);
  });
  return wrong.length === 0 ? [] : [finding('check.counts', { hours: wrong.length })];
}
