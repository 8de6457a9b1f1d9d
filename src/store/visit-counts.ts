import type { Connection } from './database.ts';
import { hourOf, hourStartMs } from './hour.ts';
import type { LineNames } from './line-names.ts';
import type { VisitCount, VisitQuery } from './register-types.ts';
import { visitCondition } from './visit-condition.ts';

type Row = [hour: number, venue: string, visits: number];

/** Visits by hour and venue, in that order. Opens no row. */
export function* visitCounts(db: Connection, lines: LineNames, query: VisitQuery): Generator<VisitCount> {
  const { sql, values } = visitCondition(lines, query);
  const rows = db
    .prepare<unknown[], Row>(
      `SELECT hour, venue, count(*) FROM visits
       WHERE hour BETWEEN ? AND ?${sql} AND visited_at >= ? AND visited_at < ? GROUP BY hour, venue`,
    )
    .raw();
  const { fromMs, toMs } = query;
  for (const [hour, venue, visits] of rows.iterate(hourOf(fromMs), hourOf(toMs - 1), ...values, fromMs, toMs))
    yield { hourStartMs: hourStartMs(hour), venue, visits };
}
