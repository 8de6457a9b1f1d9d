import type { Connection } from '../database/database.ts';
import { anchorPath, readAnchors } from './audit-anchor.ts';
import { registerIdOf } from './audit-chain.ts';
import { checkAnchors } from './audit-check-anchors.ts';
import { checkChain, checkSignatures } from './audit-check-chain.ts';
import { checkSubjects, type LivingHour } from './audit-check-subjects.ts';
import { type CheckedRow, checkRow } from './audit-checked.ts';
import type { Finding } from './audit-finding.ts';
import { auditKeyPath, readAuditKey } from './audit-key.ts';
import { beginning } from './audit-row.ts';
import { auditRows } from './audit-rows.ts';

export interface Verification {
  readonly rows: number;
  /** First and last row there are; null for an empty log. */
  readonly first: number | null;
  readonly last: number | null;
  /** The last row that a genuine anchor vouches for. */
  readonly anchored: number | null;
  /** What nobody has explained, in order of rows; the log is whole when there is none. */
  readonly findings: readonly Finding[];
  /** What `audit accept` has explained. */
  readonly accepted: readonly Finding[];
}

export interface VerifyOptions {
  readonly dataDir: string;
  readonly keyFile: string;
  /** Whether an hour's pseudonyms must still be there. */
  readonly isLiving: LivingHour;
}

/**
 * Goes through the whole log: each row's hash, its link to the one before, its signature and its pseudonyms; the
 * beginning against the last pruning; the end, and every row that an anchor names, against the anchors.
 * Writes nothing.
 */
export function verifyAudit(db: Connection, { dataDir, keyFile, isLiving }: VerifyOptions): Verification {
  const registerId = registerIdOf(db);
  const key = readAuditKey(auditKeyPath(keyFile));
  // Before the rows: what is added meanwhile is then a row without an anchor, and never the other way round.
  const file = readAnchors(anchorPath(dataDir), key, registerId);
  return db.transaction(() => {
    const rows = [...auditRows(db)].map((row) => checkRow(row, key));
    const signedFrom = firstUnderKey(rows);
    const findings = [
      ...checkChain(rows, beginning(registerId)),
      ...checkSignatures(rows, key !== null, signedFrom),
      ...checkSubjects(db, rows, isLiving),
      ...checkAnchors({ rows, file, hasKey: key !== null, signedFrom }),
    ].sort(byRow);
    const explained = acceptedIds(rows);
    return {
      rows: rows.length,
      first: rows[0]?.row.seq ?? null,
      last: rows.at(-1)?.row.seq ?? null,
      anchored: lastAnchored(file?.lines ?? []),
      findings: findings.filter(({ id }) => !explained.has(id)),
      accepted: findings.filter(({ id }) => explained.has(id)),
    };
  })();
}

/** The row from which on the key in use signs: the last renewal that is signed with it. */
function firstUnderKey(rows: readonly CheckedRow[]): number {
  const renewal = rows.findLast(
    ({ entry, whole, signed }) => whole && signed && entry?.kind === 'renewed' && entry.key,
  );
  return renewal?.row.seq ?? 0;
}

function acceptedIds(rows: readonly CheckedRow[]): ReadonlySet<string> {
  return new Set(
    rows.flatMap(({ entry, whole, signed }) =>
      whole && signed && entry?.kind === 'accepted' ? entry.findings : [],
    ),
  );
}

function lastAnchored(lines: readonly { readonly seq: number; readonly genuine: boolean }[]): number | null {
  const genuine = lines.filter((line) => line.genuine).map(({ seq }) => seq);
  return genuine.length === 0 ? null : Math.max(...genuine);
}

/** Rows before files. */
function byRow(a: Finding, b: Finding): number {
  return (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER);
}
