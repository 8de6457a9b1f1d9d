import { hasAnyRow } from '../database/any-row.ts';
import type { Connection } from '../database/database.ts';
import { type AnchorLine, type Anchors, anchorPath, openAnchors } from './audit-anchor.ts';
import { auditRows, beginning, parseEntry, registerIdOf, rowHash, rowMac } from './audit-chain.ts';
import { type AuditFinding, Findings, findingOf, rowFinding } from './audit-findings.ts';
import { auditKeyPath, readAuditKey } from './audit-key.ts';
import { lossesOf, seenLog } from './audit-memory.ts';
import { type LivingHour, listName, subjectCheck } from './audit-subject-check.ts';
import type { AuditEntry, AuditRow, SubjectsOfHour } from './audit-types.ts';

/** A row as it was read, what it says, and whether it is what visitlog wrote. */
interface CheckedRow {
  readonly row: AuditRow;
  readonly entry: AuditEntry | null;
  /** Its contents give its hash. */
  readonly whole: boolean;
  /** It is signed with the audit key. */
  readonly signed: boolean;
}

function checkRow(row: AuditRow, key: Uint8Array | null): CheckedRow {
  return {
    row,
    entry: parseEntry(row.text),
    whole: rowHash(row).equals(row.hash),
    signed: key !== null && rowMac(key, row.hash).equals(row.mac),
  };
}

/** What the whole log says about its rows; they are read a second time to be checked against it. */
interface LogSurvey {
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
  /** What the last pruning says that the log begins behind; null: nothing was pruned. */
  readonly prunedHash: string | null;
  /** The row from which on the key in use signs: the last renewal that is signed with it. */
  readonly signedFrom: number;
  /** Ids of findings that `audit accept` has explained. */
  readonly explained: ReadonlySet<string>;
  /** The digests of lists of pseudonyms in which an erased visitor's became noise, by `listName`. */
  readonly digests: ReadonlyMap<string, string>;
}

function noteDigests(entry: AuditEntry, digests: Map<string, string>): void {
  if (entry.kind !== 'anonymised') return;
  for (const { hour, seq, digest } of entry.lists) digests.set(listName(hour, seq), digest);
}

function surveyLog(db: Connection, key: Uint8Array | null): LogSurvey {
  let rows = 0;
  let first: number | null = null;
  let last: number | null = null;
  let prunedHash: string | null = null;
  let signedFrom = 0;
  const explained = new Set<string>();
  const digests = new Map<string, string>();
  for (const row of auditRows(db)) {
    rows += 1;
    first ??= row.seq;
    last = row.seq;
    const { entry, whole, signed } = checkRow(row, key);
    if (!whole || entry === null) continue;
    if (entry.kind === 'pruned') prunedHash = entry.hash;
    noteDigests(entry, digests);
    if (!signed) continue;
    if (entry.kind === 'renewed' && entry.key) signedFrom = row.seq;
    if (entry.kind === 'accepted') for (const id of entry.findings) explained.add(id);
  }
  return { rows, first, last, prunedHash, signedFrom, explained, digests };
}

/**
 * The rows, the last above all, against what was said of them outside the database. Anchors of rows before the first
 * one under the key in use were signed with another. A missing row that an anchor names is a finding of the chain, or
 * explained by a row that says that it was lost. Gives the last row that a genuine anchor vouches for.
 */
function checkAnchors(
  { db, key, findings }: Verifying,
  log: LogSurvey,
  anchors: Anchors | null,
): number | null {
  if (anchors === null) {
    if (log.rows > 0) findings.add(findingOf('anchor-missing', null, ''));
    return null;
  }
  const hasKey = key !== null;
  const hashOf = hashReader(db);
  const from = Math.max(log.signedFrom, log.first ?? 0);
  let unreadable = 0;
  let furthest = { seq: 0, hash: '' };
  for (const line of anchors.lines()) {
    if (line === null) {
      unreadable += 1;
      continue;
    }
    if (line.genuine && line.seq > furthest.seq) furthest = line;
    if (hasKey && line.seq >= from) findings.add(checkLine(line, hashOf));
  }
  const last = log.last ?? 0;
  if (hasKey && furthest.seq > last && furthest.seq >= from)
    findings.add(findingOf('cut-off', last + 1, `${furthest.seq} ${furthest.hash}`));
  if (unreadable > 0) findings.add(findingOf('anchor-unreadable', null, String(unreadable)));
  return furthest.seq === 0 ? null : furthest.seq;
}

/** The hash of a row; null if there is none. */
type HashOf = (seq: number) => string | null;

function hashReader(db: Connection): HashOf {
  const hashes = db.prepare<[number], Buffer>('SELECT hash FROM audit WHERE seq = ?').pluck();
  return (seq) => hashes.get(seq)?.toString('hex') ?? null;
}

function checkLine(line: AnchorLine, hashOf: HashOf): AuditFinding | null {
  if (!line.genuine) return findingOf('anchor-forged', line.seq, `${line.hash} ${line.atMs}`);
  const hash = hashOf(line.seq);
  if (hash === null || hash === line.hash) return null;
  return findingOf('anchored-otherwise', line.seq, `${line.hash} ${hash}`);
}

/**
 * Each row's contents against its hash, its place behind the row before it, its signature from `signedFrom` on (before,
 * another key was in use), and its pseudonyms.
 */
function checkRows({ db, key, findings, isLiving }: Verifying, log: LogSurvey, start: Buffer): void {
  if (key === null && log.rows > 0) findings.add(findingOf('key-missing', null, ''));
  const subjects = subjectCheck(db, isLiving, log.digests);
  let before: CheckedRow | null = null;
  for (const row of auditRows(db)) {
    const checked = checkRow(row, key);
    const { entry, whole, signed } = checked;
    if (!whole) findings.add(rowFinding('changed', row));
    findings.add(before === null ? checkBeginning(log, checked, start) : checkLink(before, checked));
    if (whole) findings.add(checkUpkeep(row, entry));
    if (key !== null && whole && !signed && row.seq >= log.signedFrom)
      findings.add(rowFinding('forged', row));
    if (!subjects.areRight(row.seq, subjectsOf(checked))) findings.add(rowFinding('subjects', row));
    before = checked;
  }
  for (const finding of subjects.unnamed()) findings.add(finding);
}

/** A row by which the log itself says that something is amiss. */
function checkUpkeep(row: AuditRow, entry: AuditEntry | null): AuditFinding | null {
  if (entry?.kind === 'begun') return entry.late ? rowFinding('begun-late', row) : null;
  return entry?.kind === 'lost' || entry?.kind === 'renewed' ? rowFinding(entry.kind, row) : null;
}

/** A log without a row and without an anchor, beside something that was not made without one. */
function checkEmpty({ db, key, findings }: Verifying): void {
  if (key !== null || hasAnyRow(db)) findings.add(findingOf('emptied', null, ''));
}

/** The last row that a gateway has seen. */
function checkMemory({ db, findings, files }: Verifying): void {
  const memory = seenLog(db, files);
  const seen = memory.read();
  if (seen === null) return;
  const losses = lossesOf(seen, memory.now(seen.seq));
  if (losses.includes('rows') || losses.includes('changed'))
    findings.add(findingOf('forgotten', seen.seq, seen.hash));
}

function subjectsOf({ entry, whole }: CheckedRow): readonly SubjectsOfHour[] {
  if (!whole) return [];
  return entry?.kind === 'closed' || entry?.kind === 'progress' ? entry.subjects : [];
}

function checkBeginning({ prunedHash }: LogSurvey, { row }: CheckedRow, start: Buffer): AuditFinding | null {
  const expected = prunedHash ?? start.toString('hex');
  return row.prev.toString('hex') === expected ? null : rowFinding('beginning', row);
}

function checkLink(before: CheckedRow, after: CheckedRow): AuditFinding | null {
  const { row } = after;
  if (row.seq !== before.row.seq + 1 && !explainsGap(before, after))
    return { ...rowFinding('missing', row), seq: before.row.seq + 1 };
  return row.prev.equals(before.row.hash) ? null : rowFinding('order', row);
}

function explainsGap(before: CheckedRow, { row, entry, whole }: CheckedRow): boolean {
  return whole && entry?.kind === 'lost' && entry.found === before.row.seq && entry.anchored === row.seq - 1;
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
  /** How many more findings without an explanation there are than are listed. */
  readonly unlisted: number;
}

interface Verifying {
  readonly db: Connection;
  readonly key: Uint8Array | null;
  readonly findings: Findings;
  readonly files: Pick<VerifyOptions, 'dataDir' | 'keyFile'>;
  readonly isLiving: LivingHour;
}

interface VerifyOptions {
  readonly dataDir: string;
  readonly keyFile: string;
  /** Whether an hour's pseudonyms must still be there. */
  readonly isLiving: LivingHour;
}

/**
 * Goes through the whole log: each row's hash, its link to the one before, its signature and its pseudonyms; the
 * beginning against the last pruning; the end, and every row that an anchor names, against the anchors and what a gateway
 * has seen. Holds one row at a time. Writes nothing.
 */
export function verifyAudit(db: Connection, options: VerifyOptions): Verification {
  const { dataDir, keyFile, isLiving } = options;
  const registerId = registerIdOf(db);
  const key = readAuditKey(auditKeyPath(keyFile));
  // Before the rows: what is added meanwhile is then a row without an anchor, and never the other way round.
  const anchors = openAnchors(anchorPath(dataDir), key, registerId);
  try {
    return db.transaction(() => {
      const log = surveyLog(db, key);
      const findings = new Findings(log.explained);
      const verifying = { db, key, findings, files: options, isLiving };
      checkRows(verifying, log, beginning(registerId));
      const anchored = checkAnchors(verifying, log, anchors);
      if (log.rows === 0 && anchored === null) checkEmpty(verifying);
      checkMemory(verifying);
      const { rows, first, last } = log;
      return {
        ...{ rows, first, last, anchored },
        findings: findings.others.sort(byRow),
        accepted: findings.accepted.sort(byRow),
        unlisted: findings.unlisted,
      };
    })();
  } finally {
    anchors?.close();
  }
}

/** Rows before files. */
function byRow(a: AuditFinding, b: AuditFinding): number {
  return (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER);
}
