import type { Connection } from '../database/database.ts';

export type KeyColumn = 'venue_tag' | 'visitor_tag' | 'id';

/** A table of sealed visits, and how its rows are found. */
export interface VisitTable {
  readonly name: 'sealed_visits' | 'visits_by_place';
  /** What its rows are in the order of, within an hour. */
  readonly order: readonly KeyColumn[];
  /** How rows of a visitor's tag are found, and rows by the tags of places. */
  readonly byVisitor: string;
  readonly byPlace: string;
}

/**
 * By the visitor's tag: a trace looks for one in hundreds of hours, and the hundred rows that share it are on three pages of each. By
 * the tags of places there is an index that has all that a count needs.
 */
const visits: VisitTable = {
  name: 'sealed_visits',
  order: ['visitor_tag', 'venue_tag', 'id'],
  byVisitor: 'sealed_visits',
  byPlace: 'sealed_visits INDEXED BY sealed_visits_by_place',
};

/**
 * The other way round, as every row was before: those lie here until their hours have ended, and none is added. An hour in which
 * a register was brought up to date has rows in both.
 */
const visitsBefore: VisitTable = {
  name: 'visits_by_place',
  order: ['venue_tag', 'id'],
  byVisitor: 'visits_by_place INDEXED BY sealed_visits_by_visitor',
  byPlace: 'visits_by_place',
};

/** The names of both. */
export const visitTableNames: readonly VisitTable['name'][] = [visits.name, visitsBefore.name];

/** The tables to read: the second only while it has a row. */
export function visitTables(db: Connection): VisitTable[] {
  const hasBefore = db.prepare(`SELECT 1 FROM ${visitsBefore.name} LIMIT 1`).get() !== undefined;
  return hasBefore ? [visits, visitsBefore] : [visits];
}

/** A condition on an hour of `hours`: that it has sealed visits. */
export const hourHasVisits: string = visitTableNames
  .map((name) => `EXISTS (SELECT 1 FROM ${name} v WHERE v.hour = hours.hour)`)
  .join(' OR ');

/** How many sealed visits an hour has: of which place they are cannot be told without its key. */
export function sealedCount(db: Connection): (hour: number) => number {
  const each = visitTables(db).map(({ byPlace }) =>
    db.prepare<[number], number>(`SELECT count(*) FROM ${byPlace} WHERE hour = ?`).pluck(),
  );
  return (hour) => each.reduce((sum, count) => sum + (count.get(hour) ?? 0), 0);
}

/** The same of those with a place's tag. */
export function countOfPlace(db: Connection): (hour: number, venueTag: Buffer) => number {
  const each = visitTables(db).map(({ byPlace }) =>
    db
      .prepare<[number, Buffer], number>(`SELECT count(*) FROM ${byPlace} WHERE hour = ? AND venue_tag = ?`)
      .pluck(),
  );
  return (hour, tag) => each.reduce((sum, count) => sum + (count.get(hour, tag) ?? 0), 0);
}

/** Removes the row of this name; false when it is not there any more. */
export function sealedVisitRemover(db: Connection): (hour: number, venueTag: Buffer, id: Buffer) => boolean {
  const each = visitTableNames.map((name) =>
    db.prepare<[number, Buffer, Buffer]>(`DELETE FROM ${name} WHERE hour = ? AND venue_tag = ? AND id = ?`),
  );
  return (hour, tag, id) => each.some((remove) => remove.run(hour, tag, id).changes > 0);
}
