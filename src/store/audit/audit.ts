import { existsSync } from 'node:fs';
import { dayMs } from '../../base/amounts.ts';
import { AppError, fault } from '../../base/errors.ts';
import { hasAnyRow } from '../database/any-row.ts';
import { type Connection, databasePath, openDatabase } from '../database/database.ts';
import { registerError } from '../database/errors.ts';
import { transactions } from '../database/transaction.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { type FileIdentity, identityOf, requireRight } from '../files/own-file.ts';
import { hourOf } from '../hour.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import type { RegisterOptions } from '../register-types.ts';
import { type AuditChain, auditChain, auditRows } from './audit-chain.ts';
import { type SeenLog, seenLog, withoutAnchors } from './audit-memory.ts';
import { describeSubjects, Subjects } from './audit-subjects.ts';
import type {
  ActStart,
  Anchor,
  AuditAct,
  AuditEntry,
  AuditRow,
  SubjectsOfHour,
  Unlogged,
} from './audit-types.ts';
import { type Look, logWatch } from './audit-watch.ts';

export type * from './audit-types.ts';

/** Pseudonyms that are held in memory at most: half a megabyte. */
const mostWaiting = 65_536;

/** Writes one transaction: it is on disk, and anchored, when this returns. `about`: whose act it belongs to. */
type WriteRows = <T>(work: () => T, about: AnchoredAct | null) => { readonly result: T } & Unlogged;

/** The act that an anchor is announced for. */
export interface AnchoredAct {
  /** Number of its opening row; null for the opening row itself. */
  readonly seq: number | null;
  readonly start: ActStart;
}

/**
 * Hands an anchor to a log that is not the register's, as soon as it is on disk. Gives the error of the system, or null.
 * It does not throw.
 */
export type AnnounceAnchor = (anchor: Anchor, about: AnchoredAct | null) => string | null;

/** Opens an act: its first row is on disk when this returns. */
export function openAct(
  db: Connection,
  chain: AuditChain,
  keys: () => HourKeys,
  write: WriteRows,
  start: ActStart,
): AuditAct {
  const insert = db.prepare<[number, number, Buffer]>(
    'INSERT INTO audit_subjects (hour, seq, tags) VALUES (?, ?, ?)',
  );
  const { result: opening, unlogged: untold } = write(() => chain.append({ kind: 'opened', ...start }), {
    seq: null,
    start,
  });
  const { seq } = opening;
  let unlogged = untold;
  let subjects: Subjects | null = null;
  let noted = 0;
  let recorded = 0;

  type Entry = Extract<AuditEntry, { readonly of: number }>;

  /** A row of the log together with the pseudonyms that it vouches for. */
  function put(taken: Subjects | null, entryOf: (list: readonly SubjectsOfHour[]) => Entry): void {
    const lists = taken?.take() ?? [];
    const written = write(
      () => {
        const entry = entryOf(lists.map(describeSubjects));
        const row = chain.append(unlogged === undefined ? entry : { ...entry, unlogged });
        for (const { hour, tags } of lists) insert.run(hour, row.seq, tags);
      },
      { seq, start },
    );
    unlogged ??= written.unlogged;
  }

  const act: AuditAct = {
    seq,
    get recorded() {
      return recorded;
    },
    reveal(visitor, visitedAtMs) {
      subjects ??= new Subjects(keys(), seq);
      subjects.add(visitor, hourOf(visitedAtMs));
      noted += 1;
      if (subjects.size >= mostWaiting) act.flush(noted);
    },
    flush(count) {
      const rows = Math.max(count, recorded);
      if (rows === recorded && (subjects?.size ?? 0) === 0) return;
      put(subjects, (list) => ({ kind: 'progress', of: seq, rows, subjects: list }));
      recorded = rows;
    },
    close(end) {
      const shown = end.outcome === 'complete' ? subjects : null;
      put(shown, (list) => ({ kind: 'closed', of: seq, subjects: list, ...end }));
    },
  };
  return act;
}

interface AuditCut {
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * Removes rows from the head that are older than `beforeMs`, in the caller's transaction, and writes down what the log
 * begins behind now. At most once a day, so that the note of it is not as frequent as what it removes: a row is kept
 * up to a day longer than its time. Only a whole head goes: a row that a wrong clock dated ahead keeps those behind it.
 */
function pruneAudit(db: Connection, chain: AuditChain, beforeMs: number): number {
  const oldest = db.prepare<[], number>('SELECT at FROM audit ORDER BY seq LIMIT 1').pluck().get();
  if (oldest === undefined || oldest >= beforeMs - dayMs) return 0;
  const cut = db
    .prepare<[number], AuditCut>(
      `SELECT seq, hash FROM audit
       WHERE seq < coalesce((SELECT min(seq) FROM audit WHERE at >= ?), 9e15) ORDER BY seq DESC LIMIT 1`,
    )
    .get(beforeMs);
  if (cut === undefined) return 0;
  const rows =
    db.prepare<[number], number>('SELECT count(*) FROM audit WHERE seq <= ?').pluck().get(cut.seq) ?? 0;
  // Before anything goes: the log must not look empty to what is added to it.
  chain.append({ kind: 'pruned', upTo: cut.seq, hash: cut.hash.toString('hex'), rows });
  db.prepare<[number]>('DELETE FROM audit WHERE seq <= ?').run(cut.seq);
  db.prepare<[number]>('DELETE FROM audit_subjects WHERE seq <= ?').run(cut.seq);
  return rows;
}

/**
 * The audit log with a connection of its own, so that it can be written to while the register is being read.
 * Every error but `register.missing` is `audit.unwritable`: after it nothing may be shown.
 */
export interface Audit {
  /** The database that it writes to: rows that it answers for must come from the same one. */
  readonly file: FileIdentity;
  /** Opens an act, before its first row is read. Its opening row is synced and anchored when this returns. */
  begin(start: ActStart): AuditAct;
  /** Writes down an act that was refused. */
  refused(start: ActStart, code: string): void;
  /** A row that stands alone. */
  record(entry: AuditEntry): void;
  /** Begins a log that has no row yet; says whether it did. */
  beginIfEmpty(): boolean;
  /** Compares the log with what was seen of it, and writes down what it has lost. */
  look(seen: SeenLog | null): Look;
  /** What `look` remembered last, if the register still knows it. */
  remembered(): SeenLog | null;
  /** What each sweep does last: vouches for the end of the log outside the database. Null while the log is empty. */
  anchor(): Anchor | null;
  /** Removes rows older than `beforeMs` from the head; says how many. */
  prune(beforeMs: number): number;
  /** Number of the last row; 0 for an empty log. */
  end(): number;
  /** What has been added behind row `seq`. */
  since(seq: number): AuditRow[];
  close(): void;
}

export function openAudit(options: RegisterOptions, announce: AnnounceAnchor = () => null): Audit {
  return guardedWrite(() => {
    const path = databasePath(options.dataDir);
    asOwnerOf(options.dataDir, () => requireRight(options.dataDir));
    if (!existsSync(path)) throw fault('register.missing', { path });
    return assemble(options, announce);
  });
}

function assemble(options: RegisterOptions, announce: AnnounceAnchor): Audit {
  const { dataDir } = options;
  const db = openDatabase(dataDir, false);
  const file = asOwnerOf(dataDir, () => identityOf(databasePath(dataDir)));
  const transaction = transactions(db, []);
  const chain = auditChain(db, options);
  let keys: HourKeys | null = null;
  const keysOf = () => {
    keys ??= new HourKeys(openKeyring(db, options, 'reader'), options.algorithm);
    return keys;
  };
  const write: WriteRows = (work, about) =>
    guardedWrite(() => {
      const result = transaction(work);
      const anchor = chain.anchor();
      const unlogged = anchor === null ? null : announce(anchor, about);
      return unlogged === null ? { result } : { result, unlogged };
    });
  const memory = seenLog(db, options);
  const watch = logWatch({ db, dataDir, file, transaction, chain, memory });
  return {
    file,
    begin: (start) => openAct(db, chain, keysOf, write, start),
    refused(start, code) {
      write(() => chain.append({ kind: 'refused', code, ...start }), { seq: null, start });
    },
    record(entry) {
      write(() => chain.append(entry), null);
    },
    beginIfEmpty: () =>
      guardedWrite(() => {
        if (chain.end() > 0) return false;
        const late = hasAnyRow(db) || chain.hasKey();
        write(() => chain.append({ kind: 'begun', late }), null);
        return true;
      }),
    look: (seen) => guardedWrite(() => asOwnerOf(dataDir, () => watch.look(seen))),
    remembered: () => guardedWrite(memory.read),
    anchor: () =>
      guardedWrite(() => {
        transaction(() => chain.settle());
        return chain.anchor();
      }),
    prune(beforeMs) {
      const { result: rows } = write(() => {
        const gone = pruneAudit(db, chain, beforeMs);
        const now = gone > 0 && memory.read() !== null ? memory.describe() : null;
        // The anchor file becomes another one below.
        if (now !== null) memory.write(withoutAnchors(now));
        return gone;
      }, null);
      if (rows > 0)
        guardedWrite(() => {
          chain.pruneAnchors();
          chain.anchor();
        });
      return rows;
    },
    end: () => guardedWrite(chain.end),
    since: (seq) => guardedWrite(() => [...auditRows(db, seq)]),
    close() {
      keys?.close();
      db.close();
    },
  };
}

function guardedWrite<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw unwritable(registerError(thrown));
  }
}

/** Faults that say enough by themselves. */
const passed = new Set(['register.missing', 'register.forbidden', 'audit.unwritable']);

function unwritable(cause: unknown): unknown {
  if (!(cause instanceof AppError) || passed.has(cause.code)) return cause;
  return fault('audit.unwritable', { because: cause.code }, { cause });
}
