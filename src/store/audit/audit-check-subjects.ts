import type { Connection } from '../database/database.ts';
import type { CheckedRow } from './audit-checked.ts';
import { type Finding, findingOf, rowFinding } from './audit-finding.ts';
import { digestOf } from './audit-subjects.ts';
import type { SubjectsOfHour } from './audit-types.ts';

/** Whether an hour's visits are still within their time, so that its pseudonyms have to be there. */
export type LivingHour = (hour: number) => boolean;

/**
 * The stored pseudonyms against the digests that the chain holds of them. Those of an hour that is over may be gone,
 * and stay vouched for by nothing but the count that the row gives; those that are there have to be the right ones.
 */
export function checkSubjects(db: Connection, rows: readonly CheckedRow[], isLiving: LivingHour): Finding[] {
  const tagsOf = db
    .prepare<[number, number], Buffer>('SELECT tags FROM audit_subjects WHERE hour = ? AND seq = ?')
    .pluck();
  const findings: Finding[] = [];
  const named = new Set<string>();
  for (const checked of rows) {
    const wrong = subjectsOf(checked).filter(({ hour, digest }) => {
      named.add(`${hour} ${checked.row.seq}`);
      const tags = tagsOf.get(hour, checked.row.seq);
      return tags === undefined ? isLiving(hour) : digestOf(tags) !== digest;
    });
    if (wrong.length > 0) findings.push(rowFinding('subjects', checked.row));
  }
  return [...findings, ...unnamed(db, named)];
}

function subjectsOf({ entry, whole }: CheckedRow): readonly SubjectsOfHour[] {
  if (!whole) return [];
  return entry?.kind === 'closed' || entry?.kind === 'progress' ? entry.subjects : [];
}

function unnamed(db: Connection, named: ReadonlySet<string>): Finding[] {
  return db
    .prepare<[], { hour: number; seq: number }>('SELECT hour, seq FROM audit_subjects ORDER BY seq, hour')
    .all()
    .filter(({ hour, seq }) => !named.has(`${hour} ${seq}`))
    .map(({ hour, seq }) => findingOf('subjects', seq, String(hour)));
}
