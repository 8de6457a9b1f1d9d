import type { AuditRow } from './audit-types.ts';
import type { Connection } from './database.ts';

type Columns = [seq: number, at: number, text: string, prev: Buffer, hash: Buffer, mac: Buffer];

/** The log's rows in order, read as they are asked for. */
export function* auditRows(db: Connection): Generator<AuditRow> {
  const rows = db
    .prepare<[], Columns>('SELECT seq, at, entry, prev, hash, mac FROM audit ORDER BY seq')
    .raw();
  for (const [seq, atMs, text, prev, hash, mac] of rows.iterate()) yield { seq, atMs, text, prev, hash, mac };
}
