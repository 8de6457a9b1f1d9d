import { createHash } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { type AnchorFile, type AnchorLine, anchorPath, readAnchors } from './audit-anchor.ts';
import { auditRows, beginning, parseEntry, registerIdOf, rowHash, rowMac } from './audit-chain.ts';
import { auditKeyPath, readAuditKey } from './audit-key.ts';
import { digestOf } from './audit-subjects.ts';
import type { AuditEntry, AuditRow, SubjectsOfHour } from './audit-types.ts';

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

/** Something that the audit log cannot vouch for. */
export interface AuditFinding {
  readonly what: AuditFindingKind;
  /** The row concerned; null where it is a file. */
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
  | 'key-missing';

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

export interface AnchorCheck {
  readonly rows: readonly CheckedRow[];
  readonly file: AnchorFile | null;
  readonly hasKey: boolean;
  /** The first row under the key in use; anchors of rows before it were signed with another. */
  readonly signedFrom: number;
}

/** The rows, the last above all, against what was said of them outside the database. */
export function checkAnchors(check: AnchorCheck): AuditFinding[] {
  const { rows, file, hasKey } = check;
  if (file === null) return rows.length === 0 ? [] : [findingOf('anchor-missing', null, '')];
  const torn = file.unreadable > 0 ? [findingOf('anchor-unreadable', null, String(file.unreadable))] : [];
  if (!hasKey) return torn;
  const first = Math.max(check.signedFrom, rows[0]?.row.seq ?? 0);
  const lines = file.lines.filter(({ seq }) => seq >= first);
  return [...torn, ...checkLines(lines, rows), ...checkEnd(lines, rows)];
}

/** A missing row that an anchor names is a finding of the chain, or explained by a row that says that it was lost. */
function checkLines(lines: readonly AnchorLine[], rows: readonly CheckedRow[]): AuditFinding[] {
  const hashes = new Map(rows.map(({ row }) => [row.seq, row.hash.toString('hex')]));
  return lines.flatMap((line) => {
    if (!line.genuine) return findingOf('anchor-forged', line.seq, `${line.hash} ${line.atMs}`);
    const hash = hashes.get(line.seq);
    if (hash === undefined || hash === line.hash) return [];
    return findingOf('anchored-otherwise', line.seq, `${line.hash} ${hash}`);
  });
}

function checkEnd(lines: readonly AnchorLine[], rows: readonly CheckedRow[]): AuditFinding[] {
  const last = rows.at(-1)?.row.seq ?? 0;
  const beyond = lines.filter(({ genuine, seq }) => genuine && seq > last).sort((a, b) => b.seq - a.seq)[0];
  return beyond === undefined ? [] : [findingOf('cut-off', last + 1, `${beyond.seq} ${beyond.hash}`)];
}

/** Each row's contents against its hash, and its place behind the row before it. */
export function checkChain(rows: readonly CheckedRow[], start: Buffer): AuditFinding[] {
  const findings: AuditFinding[] = [];
  let before: CheckedRow | null = null;
  for (const checked of rows) {
    const { row, entry, whole } = checked;
    if (!whole) findings.push(rowFinding('changed', row));
    if (before === null) findings.push(...checkBeginning(rows, checked, start));
    else findings.push(...checkLink(before, checked));
    if (whole && (entry?.kind === 'lost' || entry?.kind === 'renewed'))
      findings.push(rowFinding(entry.kind, row));
    before = checked;
  }
  return findings;
}

/** Every row from `from` on has to be signed; before it, another key was in use. */
export function checkSignatures(rows: readonly CheckedRow[], hasKey: boolean, from: number): AuditFinding[] {
  if (!hasKey) return rows.length === 0 ? [] : [findingOf('key-missing', null, '')];
  return rows
    .filter(({ row, whole, signed }) => whole && !signed && row.seq >= from)
    .map(({ row }) => rowFinding('forged', row));
}

function checkBeginning(rows: readonly CheckedRow[], { row }: CheckedRow, start: Buffer): AuditFinding[] {
  const pruned = lastOf(rows, 'pruned')?.entry;
  const expected = pruned === undefined ? start.toString('hex') : pruned.hash;
  return row.prev.toString('hex') === expected ? [] : [rowFinding('beginning', row)];
}

function checkLink(before: CheckedRow, after: CheckedRow): AuditFinding[] {
  const { row } = after;
  if (row.seq !== before.row.seq + 1 && !explainsGap(before, after))
    return [{ ...rowFinding('missing', row), seq: before.row.seq + 1 }];
  return row.prev.equals(before.row.hash) ? [] : [rowFinding('order', row)];
}

function explainsGap(before: CheckedRow, { row, entry, whole }: CheckedRow): boolean {
  return whole && entry?.kind === 'lost' && entry.found === before.row.seq && entry.anchored === row.seq - 1;
}

/** Whether an hour's visits are still within their time, so that its pseudonyms have to be there. */
export type LivingHour = (hour: number) => boolean;

/**
 * The stored pseudonyms against the digests that the chain holds of them. Those of an hour that is over may be gone,
 * and stay vouched for by nothing but the count that the row gives; those that are there have to be the right ones.
 */
export function checkSubjects(
  db: Connection,
  rows: readonly CheckedRow[],
  isLiving: LivingHour,
): AuditFinding[] {
  const tagsOf = db
    .prepare<[number, number], Buffer>('SELECT tags FROM audit_subjects WHERE hour = ? AND seq = ?')
    .pluck();
  const findings: AuditFinding[] = [];
  const named = new Set<string>();
  for (const checked of rows) {
    const wrong = subjectsOf(checked).filter(({ hour, digest }) => {
      named.add(`${hour} ${checked.row.seq}`);
      const tags = tagsOf.get(hour, checked.row.seq);
      return tags === undefined ? isLiving(hour) : digestOf(tags) !== digest;
    });
    if (wrong.length > 0) findings.push(rowFinding('subjects', checked.row));
  }
  return [...findings, ...unnamed(db, named)];
}

function subjectsOf({ entry, whole }: CheckedRow): readonly SubjectsOfHour[] {
  if (!whole) return [];
  return entry?.kind === 'closed' || entry?.kind === 'progress' ? entry.subjects : [];
}

function unnamed(db: Connection, named: ReadonlySet<string>): AuditFinding[] {
  return db
    .prepare<[], { hour: number; seq: number }>('SELECT hour, seq FROM audit_subjects ORDER BY seq, hour')
    .all()
    .filter(({ hour, seq }) => !named.has(`${hour} ${seq}`))
    .map(({ hour, seq }) => findingOf('subjects', seq, String(hour)));
}

export interface Verification {
  readonly rows: number;
  /** First and last row there are; null for an empty log. */
  readonly first: number | null;
  readonly last: number | null;
  /** The last row that a genuine anchor vouches for. */
  readonly anchored: number | null;
  /** Those without an explanation, in order of rows; the log is whole if there is none. */
  readonly findings: readonly AuditFinding[];
  /** What `audit accept` has explained. */
  readonly accepted: readonly AuditFinding[];
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
  let last: number | null = null;
  for (const { seq, genuine } of lines) if (genuine && (last === null || seq > last)) last = seq;
  return last;
}

/** Rows before files. */
function byRow(a: AuditFinding, b: AuditFinding): number {
  return (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER);
}
