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

/** What each finding means, in words for `audit verify`; `row` is put in front. */
export const findingTexts: Readonly<Record<FindingKind, string>> = {
  changed: 'was changed: its contents do not give its hash',
  forged: 'was not written by visitlog: it is not signed with the audit key',
  order: 'does not follow from the row before it',
  missing: 'is missing',
  beginning: 'is not where the log began, and no pruning explains what is missing before it',
  subjects: 'names pseudonyms that were changed, added or removed before their time',
  lost: 'says that the end of the log was cut off or an older copy was put back, and goes on behind the gap',
  renewed:
    'says that the audit key or the anchor file was gone and was made anew: before it, only the chain vouches',
  'cut-off': 'and the rows after it are missing: the anchor vouches for them, but the log ends before',
  'anchored-otherwise': 'is not the row that the anchor vouches for',
  'anchor-forged': 'has an anchor that is not signed with the audit key',
  'anchor-missing': 'the anchor file is missing: nothing tells whether the end of the log was cut off',
  'anchor-unreadable':
    'the anchor file has lines that are none: a power cut tore one, or somebody wrote to it',
  'key-missing': 'the audit key is missing: rows may have been forged',
};

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
