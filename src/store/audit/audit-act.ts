import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { AuditChain } from './audit-chain.ts';
import { describeSubjects, Subjects } from './audit-subjects.ts';
import type { ActStart, AuditAct, AuditEntry, SubjectsOfHour } from './audit-types.ts';

/** Pseudonyms that are held in memory at most: half a megabyte. */
const mostWaiting = 65_536;

/** Writes one transaction: it is on disk, and anchored, when this returns. */
export type WriteRows = <T>(work: () => T) => T;

/** Opens an act: its first row is on disk when this returns. */
export function openAct(
  db: Connection,
  chain: AuditChain,
  keys: () => HourKeys,
  write: WriteRows,
  start: ActStart,
): AuditAct {
  const insert = db.prepare<[number, number, Buffer]>(
    'INSERT INTO audit_subjects (hour, seq, tags) VALUES (?, ?, ?)',
  );
  const { seq } = write(() => chain.append({ kind: 'opened', ...start }));
  let subjects: Subjects | null = null;
  let rows = 0;

  /** A row of the log together with the pseudonyms that it vouches for. */
  function put(entryOf: (list: readonly SubjectsOfHour[]) => AuditEntry): void {
    const taken = subjects?.take() ?? [];
    write(() => {
      const row = chain.append(entryOf(taken.map(describeSubjects)));
      for (const { hour, tags } of taken) insert.run(hour, row.seq, tags);
    });
  }

  const act: AuditAct = {
    seq,
    reveal(visitor, visitedAtMs) {
      subjects ??= new Subjects(keys(), seq);
      subjects.add(visitor, hourOf(visitedAtMs));
      rows += 1;
      if (subjects.size >= mostWaiting) act.flush(rows);
    },
    flush(count) {
      if (subjects !== null && subjects.size > 0)
        put((list) => ({ kind: 'progress', of: seq, rows: count, subjects: list }));
    },
    close: (end) => put((list) => ({ kind: 'closed', of: seq, subjects: list, ...end })),
  };
  return act;
}
