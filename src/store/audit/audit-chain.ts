import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Connection } from '../database/database.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { anchorPath, appendAnchor, furthestAnchor, pruneAnchors } from './audit-anchor.ts';
import { auditKeyPath, createAuditKey, readAuditKey } from './audit-key.ts';
import { type Loss, lossesOf, type SeenLog, seenLog } from './audit-memory.ts';
import type { Anchor, AuditEntry, AuditRow } from './audit-types.ts';

/**
 * What the first row names as its predecessor: SHA-256 of a label and the register's own id, so that no row of one
 * register can be the beginning of another's log.
 */
export function beginning(registerId: Uint8Array): Buffer {
  return createHash('sha256').update('visitlog audit 1 beginning\0').update(registerId).digest();
}

/** SHA-256 of label, predecessor's hash (32), number (8), time (8), both big-endian doubles, and the entry as stored. */
export function rowHash({ prev, seq, atMs, text }: Pick<AuditRow, 'prev' | 'seq' | 'atMs' | 'text'>): Buffer {
  const numbers = Buffer.alloc(16);
  numbers.writeDoubleBE(seq, 0);
  numbers.writeDoubleBE(atMs, 8);
  return createHash('sha256')
    .update('visitlog audit 1 row\0')
    .update(prev)
    .update(numbers)
    .update(text, 'utf8')
    .digest();
}

/** HMAC-SHA-256 of a row's hash under the audit key. */
export function rowMac(key: Uint8Array, hash: Uint8Array): Buffer {
  return createHmac('sha256', key).update('visitlog audit 1 row\0').update(hash).digest();
}

/** The entry, or null if the stored text is damaged. */
export function parseEntry(text: string): AuditEntry | null {
  try {
    const entry: unknown = JSON.parse(text);
    return typeof entry === 'object' && entry !== null && 'kind' in entry ? (entry as AuditEntry) : null;
  } catch {
    return null;
  }
}

export interface AuditPlace {
  readonly dataDir: string;
  readonly keyFile: string;
  readonly clock: Clock;
}

/** The writing end of the audit log, over a connection that somebody else owns. */
export interface AuditChain {
  /** Adds a row, inside the caller's transaction (immediate: the chain has one end). Errors: SQLite's and the system's. */
  append(entry: AuditEntry): AuditRow;
  /**
   * Writes down what is amiss at the end of the log, if anything is; in the caller's transaction as well. `seen` and
   * `losses`: what the gateway knows of the log, if that is more than the register remembers.
   */
  settle(seen?: SeenLog | null, losses?: readonly Loss[]): void;
  /** Number of the last row; 0 for an empty log. */
  end(): number;
  /** Whether there is an audit key. */
  hasKey(): boolean;
  /**
   * Vouches for the last row outside the database; call it when the transaction is on disk, never before, or the
   * anchor would tell of a row that a rollback took back. Null while the log is empty.
   */
  anchor(): Anchor | null;
  /** Takes away the anchors of rows that were pruned; `anchor` has to follow. */
  pruneAnchors(): void;
}

type Tail = Pick<AuditRow, 'seq' | 'hash'>;

/** A row that the log should have, its hash in hexadecimal. */
type MissingRow = Pick<Anchor, 'seq' | 'hash'>;

interface SoundTail {
  readonly key: Buffer;
  readonly tail: Tail;
  /** The row that was added about what is amiss. */
  readonly noted: 'lost' | 'renewed' | null;
}

/**
 * `append` first looks whether the log still ends where its anchor and the gateway's memory say. If it does not, that is
 * recorded as a row (`lost`) and the numbers go on behind theirs: work goes on after a copy was put back, but not unseen.
 */
export function auditChain(db: Connection, { dataDir, keyFile, clock }: AuditPlace): AuditChain {
  const tailOf = db.prepare<[], Tail>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const firstOf = db.prepare<[], number>('SELECT seq FROM audit ORDER BY seq LIMIT 1').pluck();
  const insert = db.prepare<[number, number, string, Buffer, Buffer, Buffer]>(
    'INSERT INTO audit (seq, at, entry, prev, hash, mac) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const memory = seenLog(db, { dataDir, keyFile });
  const registerId = registerIdOf(db);
  const keyPath = auditKeyPath(keyFile);
  const path = anchorPath(dataDir);
  const first: Tail = { seq: 0, hash: beginning(registerId) };

  function add(key: Buffer, { seq: before, hash: prev }: Tail, seq: number, entry: AuditEntry): AuditRow {
    if (before >= seq) throw new Error('the audit log would run backwards');
    const atMs = clock.wallMs();
    const text = JSON.stringify(entry);
    const hash = rowHash({ prev, seq, atMs, text });
    const row: AuditRow = { seq, atMs, text, prev, hash, mac: rowMac(key, hash) };
    insert.run(seq, atMs, text, prev, hash, row.mac);
    return row;
  }

  /** The end of the log, once what was found amiss there has a row of its own. */
  function soundTail(seen = memory.read()): SoundTail {
    if (!db.inTransaction) throw new Error('a row of the audit log is written in a transaction');
    const tail = tailOf.get() ?? first;
    const known = readAuditKey(keyPath);
    const last = known && furthestAnchor(path, known, registerId);
    const forgotten = seen !== null && hasLost(seen) ? seen : null;
    const missing = furthestOf<MissingRow>(beyond(last, tail), forgotten);
    const key = known ?? createAuditKey(keyPath);
    if (missing !== null) {
      const lost = { kind: 'lost', anchored: missing.seq, hash: missing.hash, found: tail.seq } as const;
      const row = add(key, tail, Math.max(missing.seq, tail.seq) + 1, lost);
      // From here on: the same loss is not written down by each act that follows.
      if (forgotten !== null)
        memory.write({
          ...forgotten,
          first: firstOf.get() ?? row.seq,
          seq: row.seq,
          hash: row.hash.toString('hex'),
        });
      return { key, tail: row, noted: 'lost' };
    }
    const gone = { key: known === null, anchor: last === null };
    if (tail.seq === 0 && gone.key) {
      // The first row's own anchor follows its transaction. Another process may come between and must not miss one.
      appendAnchor(path, key, registerId, {
        ...first,
        hash: first.hash.toString('hex'),
        atMs: clock.wallMs(),
      });
      return { key, tail, noted: null };
    }
    if (!gone.key && !gone.anchor) return { key, tail, noted: null };
    return { key, tail: add(key, tail, tail.seq + 1, { kind: 'renewed', ...gone }), noted: 'renewed' };
  }

  function hasLost(seen: SeenLog): boolean {
    return lossesOf(seen, memory.now(seen.seq)).some((loss) => loss === 'rows' || loss === 'changed');
  }

  function settle(seen = memory.read(), losses: readonly Loss[] = []): void {
    // A log that nobody has begun is not begun by looking at it.
    if (seen === null && tailOf.get() === undefined && readAuditKey(keyPath) === null) return;
    const { key, tail, noted } = soundTail(seen);
    const others = { key: losses.includes('key'), anchor: losses.includes('anchors') };
    if (noted === 'renewed' || !(others.key || others.anchor)) return;
    add(key, tail, tail.seq + 1, { kind: 'renewed', ...others });
  }

  function anchorTail(): Anchor | null {
    const tail = tailOf.get();
    const key = readAuditKey(keyPath);
    if (tail === undefined || key === null) return null;
    const last = furthestAnchor(path, key, registerId);
    const anchor = { seq: tail.seq, hash: tail.hash.toString('hex'), atMs: clock.wallMs() };
    if (last?.seq === anchor.seq && last.hash === anchor.hash) return last;
    appendAnchor(path, key, registerId, anchor);
    return anchor;
  }

  return {
    settle: (seen, losses) => asOwnerOf(dataDir, () => settle(seen, losses)),
    end: () => tailOf.get()?.seq ?? 0,
    hasKey: () => asOwnerOf(dataDir, () => readAuditKey(keyPath) !== null),
    append(entry) {
      const { key, tail } = asOwnerOf(dataDir, () => soundTail());
      return add(key, tail, tail.seq + 1, entry);
    },
    anchor: () => asOwnerOf(dataDir, anchorTail),
    pruneAnchors() {
      const first = firstOf.get();
      if (first !== undefined) asOwnerOf(dataDir, () => pruneAnchors(path, first));
    },
  };
}

function beyond(anchor: Anchor | null, { seq }: Tail): Anchor | null {
  return anchor !== null && anchor.seq > seq ? anchor : null;
}

function furthestOf<T extends { readonly seq: number }>(one: T | null, other: T | null): T | null {
  if (one === null || other === null) return one ?? other;
  return one.seq > other.seq ? one : other;
}

/** The register's own id, which its first migration to an audit log drew. */
export function registerIdOf(db: Connection): Buffer {
  return db.prepare("SELECT value FROM meta WHERE name = 'register'").pluck().get() as Buffer;
}

type Columns = [seq: number, at: number, text: string, prev: Buffer, hash: Buffer, mac: Buffer];

/** The log's rows behind row `after` in order, read as they are asked for. */
export function* auditRows(db: Connection, after = 0): Generator<AuditRow> {
  for (const columns of rowsBehind(db).iterate(after, -1)) yield rowOf(columns);
}

/** At most so many of them at once. */
export function auditPage(db: Connection, after: number, most: number): AuditRow[] {
  return rowsBehind(db).all(after, most).map(rowOf);
}

function rowsBehind(db: Connection) {
  return db
    .prepare<[number, number], Columns>(
      'SELECT seq, at, entry, prev, hash, mac FROM audit WHERE seq > ? ORDER BY seq LIMIT ?',
    )
    .raw();
}

function rowOf([seq, atMs, text, prev, hash, mac]: Columns): AuditRow {
  return { seq, atMs, text, prev, hash, mac };
}
