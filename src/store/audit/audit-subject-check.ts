import type { Connection } from '../database/database.ts';
import { type AuditFinding, findingOf } from './audit-findings.ts';
import { digestOf } from './audit-subjects.ts';
import type { SubjectsOfHour } from './audit-types.ts';

/** Whether an hour's visits are still within their time, so that its pseudonyms have to be there. */
export type LivingHour = (hour: number) => boolean;

/** Names a list of pseudonyms. */
export const listName = (hour: number, seq: number) => `${hour} ${seq}`;

/** The stored pseudonyms against the digests that the chain holds of them. */
export interface SubjectCheck {
  /** Those of an hour that is over may be gone; those that are there have to be the right ones. */
  areRight(seq: number, named: readonly SubjectsOfHour[]): boolean;
  /** Stored ones that no row names. */
  unnamed(): Generator<AuditFinding>;
}

/** `digests`: of lists in which an erased visitor's pseudonym became noise. */
export function subjectCheck(
  db: Connection,
  isLiving: LivingHour,
  digests: ReadonlyMap<string, string>,
): SubjectCheck {
  const tagsOf = db
    .prepare<[number, number], Buffer>('SELECT tags FROM audit_subjects WHERE hour = ? AND seq = ?')
    .pluck();
  // Asked of the database, so that no list of all pseudonyms is held.
  const strangers = db.prepare<[], { hour: number; seq: number }>(
    `SELECT hour, seq FROM audit_subjects AS stored WHERE NOT EXISTS (
       SELECT 1 FROM audit, json_each(CASE WHEN json_valid(entry) THEN entry ELSE '{}' END, '$.subjects') AS named
       WHERE audit.seq = stored.seq AND json_extract(named.value, '$.hour') = stored.hour)`,
  );
  return {
    areRight: (seq, named) =>
      named.every(({ hour, digest }) => {
        const tags = tagsOf.get(hour, seq);
        return tags === undefined
          ? !isLiving(hour)
          : digestOf(tags) === (digests.get(listName(hour, seq)) ?? digest);
      }),
    *unnamed() {
      for (const { hour, seq } of strangers.iterate()) yield findingOf('subjects', seq, String(hour));
    },
  };
}
