import { createHash } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { type AnchorLine, type Anchors, anchorPath, openAnchors } from './audit-anchor.ts';
import { auditRows, beginning, parseEntry, registerIdOf, rowHash, rowMac } from './audit-chain.ts';
import { auditKeyPath, readAuditKey } from './audit-key.ts';
import { digestOf } from './audit-subjects.ts';
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

const listName = (hour: number, seq: number) => `${hour} ${seq}`;

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
  | 'key-missing';

function findingOf(what: AuditFindingKind, seq: number | null, evidence: string | Uint8Array): AuditFinding {
  const digest = createHash('sha256').update(evidence).digest('hex').slice(0, 16);
  return { what, seq, id: `${what} ${seq ?? '-'} ${digest}` };
}

/** A finding on a row, bound to all that the row holds. */
function rowFinding(what: AuditFindingKind, row: AuditRow): AuditFinding {
  const numbers = Buffer.from(`${row.seq} ${row.atMs} `);
  const bytes = Buffer.concat([numbers, Buffer.from(row.text), row.prev, row.hash, row.mac]);
  return findingOf(what, row.seq, bytes);
}

interface AnchorCheck {
  readonly findings: readonly AuditFinding[];
  /** The last row that a genuine anchor vouches for. */
  readonly anchored: number | null;
}

/**
 * The rows, the last above all, against what was said of them outside the database. Anchors of rows before the first
 * one under the key in use were signed with another. A missing row that an anchor names is a finding of the chain, or
 * explained by a row that says that it was lost.
 */
function checkAnchors(db: Connection, log: LogSurvey, anchors: Anchors | null, hasKey: boolean): AnchorCheck {
  if (anchors === null)
    return { findings: log.rows === 0 ? [] : [findingOf('anchor-missing', null, '')], anchored: null };
  const hashOf = hashReader(db);
  const from = Math.max(log.signedFrom, log.first ?? 0);
  const findings: AuditFinding[] = [];
  let unreadable = 0;
  let furthest = { seq: 0, hash: '' };
  for (const line of anchors.lines()) {
    if (line === null) {
      unreadable += 1;
      continue;
    }
    if (line.genuine && line.seq > furthest.seq) furthest = line;
    const wrong = hasKey && line.seq >= from ? checkLine(line, hashOf) : null;
    if (wrong !== null) findings.push(wrong);
  }
  const last = log.last ?? 0;
  if (hasKey && furthest.seq > last && furthest.seq >= from)
    findings.push(findingOf('cut-off', last + 1, `${furthest.seq} ${furthest.hash}`));
  const torn = unreadable > 0 ? [findingOf('anchor-unreadable', null, String(unreadable))] : [];
  return { findings: [...torn, ...findings], anchored: furthest.seq === 0 ? null : furthest.seq };
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

interface RowCheck {
  readonly key: Uint8Array | null;
  readonly start: Buffer;
  readonly isLiving: LivingHour;
}

/**
 * Each row's contents against its hash, its place behind the row before it, its signature from `signedFrom` on (before,
 * another key was in use), and its pseudonyms.
 */
function checkRows(db: Connection, log: LogSurvey, { key, start, isLiving }: RowCheck): AuditFinding[] {
  const findings: AuditFinding[] = key === null && log.rows > 0 ? [findingOf('key-missing', null, '')] : [];
  const subjects = subjectCheck(db, isLiving, log.digests);
  let before: CheckedRow | null = null;
  for (const row of auditRows(db)) {
    const checked = checkRow(row, key);
    const { entry, whole, signed } = checked;
    if (!whole) findings.push(rowFinding('changed', row));
    const misplaced = before === null ? checkBeginning(log, checked, start) : checkLink(before, checked);
    if (misplaced !== null) findings.push(misplaced);
    if (whole && (entry?.kind === 'lost' || entry?.kind === 'renewed'))
      findings.push(rowFinding(entry.kind, row));
    if (key !== null && whole && !signed && row.seq >= log.signedFrom)
      findings.push(rowFinding('forged', row));
    if (!subjects.areRight(checked)) findings.push(rowFinding('subjects', row));
    before = checked;
  }
  for (const finding of subjects.unnamed()) findings.push(finding);
  return findings;
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

/** Whether an hour's visits are still within their time, so that its pseudonyms have to be there. */
type LivingHour = (hour: number) => boolean;

/**
 * The stored pseudonyms against the digests that the chain holds of them. Those of an hour that is over may be gone,
 * and stay vouched for by nothing but the count that the row gives; those that are there have to be the right ones.
 */
function subjectCheck(db: Connection, isLiving: LivingHour, digests: LogSurvey['digests']) {
  const tagsOf = db
    .prepare<[number, number], Buffer>('SELECT tags FROM audit_subjects WHERE hour = ? AND seq = ?')
    .pluck();
  const stored = db.prepare<[], { hour: number; seq: number }>(
    'SELECT hour, seq FROM audit_subjects ORDER BY seq, hour',
  );
  const named = new Set<string>();
  return {
    areRight(checked: CheckedRow): boolean {
      let right = true;
      for (const { hour, digest } of subjectsOf(checked)) {
        const name = listName(hour, checked.row.seq);
        named.add(name);
        const tags = tagsOf.get(hour, checked.row.seq);
        if (tags === undefined ? isLiving(hour) : digestOf(tags) !== (digests.get(name) ?? digest))
          right = false;
      }
      return right;
    },
    /** Stored ones that no row names. */
    *unnamed(): Generator<AuditFinding> {
      for (const { hour, seq } of stored.iterate())
        if (!named.has(listName(hour, seq))) yield findingOf('subjects', seq, String(hour));
    },
  };
}

function subjectsOf({ entry, whole }: CheckedRow): readonly SubjectsOfHour[] {
  if (!whole) return [];
  return entry?.kind === 'closed' || entry?.kind === 'progress' ? entry.subjects : [];
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

interface VerifyOptions {
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
  const anchors = openAnchors(anchorPath(dataDir), key, registerId);
  try {
    return db.transaction(() => {
      const log = surveyLog(db, key);
      const { anchored, findings: outside } = checkAnchors(db, log, anchors, key !== null);
      const found = checkRows(db, log, { key, start: beginning(registerId), isLiving });
      const findings = found.concat(outside).sort(byRow);
      const { rows, first, last, explained } = log;
      return {
        ...{ rows, first, last, anchored },
        findings: findings.filter(({ id }) => !explained.has(id)),
        accepted: findings.filter(({ id }) => explained.has(id)),
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
