import type { Connection } from './database.ts';

/** Tables that have rows of visitors, of both forms. */
const tables = [
  ...['sealed_visits', 'visits_by_place', 'sealed_texts', 'sealed_parts'],
  ...['visits', 'texts', 'parts'],
];

/** Whether the register has a row of a visitor: asked of the tables, not of the hours' counts, which can be set to 0. */
export function hasAnyRow(db: Connection): boolean {
  const any = tables.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ');
  return db.prepare<[], number>(`SELECT ${any}`).pluck().get() === 1;
}
