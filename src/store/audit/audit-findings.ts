import { createHash } from 'node:crypto';
import type { AuditRow } from './audit-types.ts';

/** Something that the audit log cannot vouch for. */
export interface AuditFinding {
  readonly what: AuditFindingKind;
  /** The row concerned; null if it is a file. */
  readonly seq: number | null;
  /** Names the finding and the very bytes it was made on: an explanation of one does not cover the next. */
  readonly id: string;
}

export type AuditFindingKind =
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
  | 'key-missing'
  | 'emptied'
  | 'begun-late'
  | 'forgotten';

export function findingOf(
  what: AuditFindingKind,
  seq: number | null,
  evidence: string | Uint8Array,
): AuditFinding {
  const digest = createHash('sha256').update(evidence).digest('hex').slice(0, 16);
  return { what, seq, id: `${what} ${seq ?? '-'} ${digest}` };
}

/** A finding on a row, bound to all that the row holds. */
export function rowFinding(what: AuditFindingKind, row: AuditRow): AuditFinding {
  const numbers = Buffer.from(`${row.seq} ${row.atMs} `);
  const bytes = Buffer.concat([numbers, Buffer.from(row.text), row.prev, row.hash, row.mac]);
  return findingOf(what, row.seq, bytes);
}

/** Findings that are held and named; beyond these they are counted. A log may have any number of rows. */
const mostFindings = 10_000;

/** Findings sorted into those that `audit accept` has explained and the others. */
export class Findings {
  readonly others: AuditFinding[] = [];
  readonly accepted: AuditFinding[] = [];
  /** Findings without an explanation that are not among `others`. */
  unlisted = 0;
  readonly #explained: ReadonlySet<string>;

  constructor(explained: ReadonlySet<string>) {
    this.#explained = explained;
  }

  add(found: AuditFinding | null): void {
    if (found === null) return;
    const list = this.#explained.has(found.id) ? this.accepted : this.others;
    if (list.length < mostFindings) list.push(found);
    else if (list === this.others) this.unlisted += 1;
  }
}
