import { createHash } from 'node:crypto';
import type { AuditRow } from './audit-types.ts';

/** Something that the audit log cannot vouch for. */
export interface Finding {
  readonly what: FindingKind;
  /** The row concerned; null where it is a file. */
  readonly seq: number | null;
  /** Names the finding and the very bytes it was made on: an explanation of one does not cover the next. */
  readonly id: string;
}

export type FindingKind =
  | 'changed'
  | 'forged'
  | 'order'
  | 'missing'
  | 'beginning'
  | 'subjects'
  | 'lost'
  | 'renewed'
  | 'cut-off'
  | 'anchored-otherwise'
  | 'anchor-forged'
  | 'anchor-missing'
  | 'anchor-unreadable'
  | 'key-missing';

export function findingOf(what: FindingKind, seq: number | null, evidence: string | Uint8Array): Finding {
  const digest = createHash('sha256').update(evidence).digest('hex').slice(0, 16);
  return { what, seq, id: `${what} ${seq ?? '-'} ${digest}` };
}

/** A finding on a row, bound to all that the row holds. */
export function rowFinding(what: FindingKind, row: AuditRow): Finding {
  const numbers = Buffer.from(`${row.seq} ${row.atMs} `);
  const bytes = Buffer.concat([numbers, Buffer.from(row.text), row.prev, row.hash, row.mac]);
  return findingOf(what, row.seq, bytes);
}
