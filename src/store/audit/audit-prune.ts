import { dayMs } from '../../base/amounts.ts';
import type { Connection } from '../database/database.ts';
import type { AuditChain } from './audit-chain.ts';

interface Cut {
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * Removes rows from the head that are older than `beforeMs`, in the caller's transaction, and writes down what the log
 * begins behind now. At most once a day, so that the note of it is not as frequent as what it removes: a row is kept
 * up to a day longer than its time. Only a whole head goes: a row that a wrong clock dated ahead keeps those behind it.
 */
export function pruneAudit(db: Connection, chain: AuditChain, beforeMs: number): number {
  const oldest = db.prepare<[], number>('SELECT at FROM audit ORDER BY seq LIMIT 1').pluck().get();
  if (oldest === undefined || oldest >= beforeMs - dayMs) return 0;
  const cut = db
    .prepare<[number], Cut>(
      `SELECT seq, hash FROM audit
       WHERE seq < coalesce((SELECT min(seq) FROM audit WHERE at >= ?), 9e15) ORDER BY seq DESC LIMIT 1`,
    )
    .get(beforeMs);
  if (cut === undefined) return 0;
  const rows =
    db.prepare<[number], number>('SELECT count(*) FROM audit WHERE seq <= ?').pluck().get(cut.seq) ?? 0;
  // Before anything goes: the log must not look empty to what is added to it.
  chain.append({ kind: 'pruned', upTo: cut.seq, hash: cut.hash.toString('hex'), rows });
  db.prepare<[number]>('DELETE FROM audit WHERE seq <= ?').run(cut.seq);
  db.prepare<[number]>('DELETE FROM audit_subjects WHERE seq <= ?').run(cut.seq);
  return rows;
}
