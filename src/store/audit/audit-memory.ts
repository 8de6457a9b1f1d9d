import { createHash } from 'node:crypto';
import { closeSync, constants, existsSync, fstatSync, readSync, statSync } from 'node:fs';
import { type Connection, databasePath } from '../database/database.ts';
import { openOwn } from '../files/own-file.ts';
import { anchorPath } from './audit-anchor.ts';
import { auditKeyPath, readAuditKey } from './audit-key.ts';

/*
 * The chain, its key and its anchors lie where the account that owns the register can cut and remake them together. So the
 * gateway remembers, apart from them, what it has seen of the log, and compares: in its own memory while it runs, and in
 * the register's table `meta` from one run to the next.
 */

/** What was seen of an audit log that has at least one row. */
export interface SeenLog {
  /** Number of its first row: nobody but a gateway prunes, and it says here what it pruned. */
  readonly first: number;
  /** Number and hash (hexadecimal) of its last row. */
  readonly seq: number;
  readonly hash: string;
  /** SHA-256 of the audit key, hexadecimal, cut to 16 octets; null if there was none. */
  readonly key: string | null;
  readonly anchors: SeenAnchors;
}

/** The anchor file up to the size that it had. */
interface SeenAnchors {
  readonly bytes: number;
  /** SHA-256 of the last octets of those, hexadecimal, cut to 16 octets. */
  readonly tail: string;
}

/**
 * What the log no longer has. `rows`: the first or the last row that was seen is missing. `changed`: another row has its number. `key`:
 * the audit key is missing or another. `anchors`: the anchor file is shorter, or is not the one that was seen. `database`:
 * another file has the register's name.
 */
export type Loss = 'rows' | 'changed' | 'key' | 'anchors' | 'database';

/** The log now, as far as it has to do with what was seen. */
interface LogNow {
  /** Number of the first row; null while the log is empty. */
  readonly first: number | null;
  /** Hash of the row that was last; null if it is missing. */
  readonly hash: string | null;
  readonly key: string | null;
  anchorsUpTo(bytes: number): string | null;
}

export function lossesOf(seen: SeenLog, now: LogNow): Loss[] {
  const losses: Loss[] = [];
  if (now.hash === null || now.first !== seen.first) losses.push('rows');
  else if (now.hash !== seen.hash) losses.push('changed');
  if (now.key !== seen.key) losses.push('key');
  if (now.anchorsUpTo(seen.anchors.bytes) !== seen.anchors.tail) losses.push('anchors');
  return losses;
}

export function isSameLog(a: SeenLog, b: SeenLog | null): boolean {
  return b !== null && JSON.stringify(a) === JSON.stringify(b);
}

/** The same, of an anchor file of which nothing was seen. */
export function withoutAnchors(seen: SeenLog): SeenLog {
  return { ...seen, anchors: { bytes: 0, tail: cut('') } };
}

/** What is remembered of a log in its register, and what there is to remember. Errors: SQLite's and the system's. */
export interface LogMemory {
  read(): SeenLog | null;
  /** In the caller's transaction. */
  write(seen: SeenLog): void;
  /** What there is to be seen now; null while the log is empty. */
  describe(): SeenLog | null;
  now(seq: number): LogNow;
  /** Changes whenever the register or one of the files of the log does. */
  signature(): string;
}

const name = 'audit_seen';

export function seenLog(
  db: Connection,
  { dataDir, keyFile }: { readonly dataDir: string; readonly keyFile: string },
): LogMemory {
  const stored = db.prepare<[string], unknown>('SELECT value FROM meta WHERE name = ?').pluck();
  const hashOf = db.prepare<[number], string>('SELECT lower(hex(hash)) FROM audit WHERE seq = ?').pluck();
  const firstOf = db.prepare<[], number>('SELECT seq FROM audit ORDER BY seq LIMIT 1').pluck();
  const tailOf = db.prepare<[], { seq: number; hash: string }>(
    'SELECT seq, lower(hex(hash)) AS hash FROM audit ORDER BY seq DESC LIMIT 1',
  );
  const anchors = anchorPath(dataDir);
  const key = auditKeyPath(keyFile);
  return {
    read: () => parseSeen(stored.get(name)),
    write(seen) {
      db.prepare<[string, string]>('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(
        name,
        JSON.stringify(seen),
      );
    },
    describe() {
      const tail = tailOf.get();
      const first = firstOf.get();
      if (tail === undefined || first === undefined) return null;
      const bytes = sizeOf(anchors);
      return {
        first,
        ...tail,
        key: fingerprint(key),
        anchors: { bytes, tail: tailAt(anchors, bytes) ?? '' },
      };
    },
    now: (seq) => ({
      first: firstOf.get() ?? null,
      hash: hashOf.get(seq) ?? null,
      key: fingerprint(key),
      anchorsUpTo: (bytes) => tailAt(anchors, bytes),
    }),
    signature() {
      const version = db.pragma('data_version', { simple: true });
      return [version, ...[key, anchors, databasePath(dataDir)].map(identity)].join(' ');
    },
  };
}

function parseSeen(value: unknown): SeenLog | null {
  if (typeof value !== 'string') return null;
  try {
    const { first, seq, hash, key, anchors } = JSON.parse(value) as SeenLog;
    const { bytes, tail } = anchors;
    if (typeof first !== 'number' || typeof seq !== 'number') return null;
    if (typeof hash !== 'string' || typeof bytes !== 'number') return null;
    return { first, seq, hash, key: key ?? null, anchors: { bytes, tail } };
  } catch {
    return null;
  }
}

function fingerprint(path: string): string | null {
  const key = readAuditKey(path);
  return key && cut(key);
}

/** Some twenty lines. */
const tailBytes = 4_096;

/** Of the octets before `end`; null if the file is shorter. */
function tailAt(path: string, end: number): string | null {
  if (!existsSync(path)) return end === 0 ? cut('') : null;
  const fd = openOwn(path, constants.O_RDONLY);
  try {
    if (fstatSync(fd).size < end) return null;
    const tail = Buffer.alloc(Math.min(end, tailBytes));
    readSync(fd, tail, 0, tail.length, end - tail.length);
    return cut(tail);
  } finally {
    closeSync(fd);
  }
}

function cut(octets: string | Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex').slice(0, 32);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The database changes by way of its write-ahead log: only which file it is counts here. */
function identity(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '-';
  const { dev, ino, size, mtimeMs, ctimeMs } = stats;
  return path.endsWith('.sqlite') ? `${dev}:${ino}` : `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
}
