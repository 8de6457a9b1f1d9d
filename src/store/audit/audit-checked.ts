import { parseEntry, rowHash, rowMac } from './audit-row.ts';
import type { AuditEntry, AuditRow } from './audit-types.ts';

/** A row as it was read, what it says, and whether it is what visitlog wrote. */
export interface CheckedRow {
  readonly row: AuditRow;
  readonly entry: AuditEntry | null;
  /** Its contents give its hash. */
  readonly whole: boolean;
  /** It is signed with the audit key. */
  readonly signed: boolean;
}

export function checkRow(row: AuditRow, key: Uint8Array | null): CheckedRow {
  return {
    row,
    entry: parseEntry(row.text),
    whole: rowHash(row).equals(row.hash),
    signed: key !== null && rowMac(key, row.hash).equals(row.mac),
  };
}

/** The last row of a kind that can be relied on. */
export function lastOf<K extends AuditEntry['kind']>(
  rows: readonly CheckedRow[],
  kind: K,
): (CheckedRow & { readonly entry: Extract<AuditEntry, { readonly kind: K }> }) | null {
  const found = rows.findLast(({ entry, whole }) => whole && entry?.kind === kind);
  return (found as ReturnType<typeof lastOf<K>> | undefined) ?? null;
}
