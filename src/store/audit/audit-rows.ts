import type { Connection } from '../database/database.ts';
import type { AuditRow } from './audit-types.ts';

type Columns = [seq: number, at: number, text: string, prev: Buffer, hash: Buffer, mac: Buffer];

/** The log's rows behind row `after` in order, read as they are asked for. */
export function* auditRows(db: Connection, after = 0): Generator<AuditRow> {
  const rows = db
    .prepare<[number], Columns>(
      'SELECT seq, at, entry, prev, hash, mac FROM audit WHERE seq > ? ORDER BY seq',
    )
    .raw();
  for (const [seq, atMs, text, prev, hash, mac] of rows.iterate(after))
    yield { seq, atMs, text, prev, hash, mac };
}
