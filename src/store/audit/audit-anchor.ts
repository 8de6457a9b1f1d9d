import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../../base/errors.ts';
import { openOwn } from '../files/own-file.ts';
import { syncDirectory } from '../files/whole-file.ts';
import type { Anchor } from './audit-types.ts';

/*
 * The chain alone cannot tell that its end is missing. So each act and each sweep adds a line to a file outside the
 * database: number and hash of the last row, with a MAC under the audit key. The file is only ever added to, so that
 * an administrator may set `chattr +a` on it; 160 octets for each act and for each sweep that destroyed something. Lines
 * about rows whose time is over go with the rows, unless that flag is set.
 */

export interface AnchorLine extends Anchor {
  readonly genuine: boolean;
}

/** The anchors as the file had them when it was opened. */
export interface Anchors {
  /** In order, read as they are asked for. Null: no anchor, but a line torn by a power cut, or damage. */
  lines(): Generator<AnchorLine | null>;
  close(): void;
}

export function anchorPath(dataDir: string): string {
  return join(dataDir, 'audit.anchor');
}

/** Adds a line; it is on disk when this returns. */
export function appendAnchor(path: string, key: Uint8Array, registerId: Uint8Array, anchor: Anchor): void {
  const isNew = !existsSync(path);
  const fd = openOwn(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND);
  try {
    const line = `${formatAnchor(anchor)} ${macOf(key, registerId, anchor).toString('hex')}\n`;
    writeWhole(fd, endsInLine(fd) ? line : `\n${line}`);
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
  if (isNew) syncDirectory(dirname(path));
}

/** A limit of the process (`ulimit -f`) or a full disk takes a part of a line, and refuses the next octet. */
function writeWhole(fd: number, line: string): void {
  const octets = Buffer.from(line);
  for (let done = 0; done < octets.length; ) done += writeSync(fd, octets, done);
}

/**
 * Takes away the lines about rows before `firstRow`, which are no longer in the log. The last line stays in any case: a
 * file without one looks like a new one. A line that another process adds meanwhile may be lost, so that the caller adds
 * one about the end of the log afterwards. A file with `chattr +a` stays as it is.
 */
export function pruneAnchors(path: string, firstRow: number): void {
  if (!existsSync(path)) return;
  const beside = `${path}.new`;
  rmSync(beside, { force: true });
  const from = openOwn(path, constants.O_RDONLY);
  try {
    const { size } = fstatSync(from);
    const to = openOwn(beside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
    try {
      copyKept(from, size, firstRow, to);
      fsyncSync(to);
    } finally {
      closeSync(to);
    }
  } finally {
    closeSync(from);
  }
  try {
    renameSync(beside, path);
  } catch (error) {
    if (systemCodeOf(error) !== 'EPERM') throw error;
    rmSync(beside, { force: true });
  }
  syncDirectory(dirname(path));
}

/** Lines that are not an anchor's, because a power cut tore them, go as well. */
function copyKept(from: number, size: number, firstRow: number, to: number): void {
  let last: string | null = null;
  let waiting = '';
  for (const text of linesOf(from, size)) {
    last = text;
    if ((parseLine(text)?.anchor.seq ?? 0) < firstRow) continue;
    last = null;
    waiting += `${text}\n`;
    if (waiting.length < blockBytes) continue;
    writeWhole(to, waiting);
    waiting = '';
  }
  writeWhole(to, last === null ? waiting : `${waiting}${last}\n`);
}

/** Null if there is no such file. Without a key no line is called genuine. */
export function openAnchors(path: string, key: Uint8Array | null, registerId: Uint8Array): Anchors | null {
  if (!existsSync(path)) return null;
  const fd = openOwn(path, constants.O_RDONLY);
  const { size } = fstatSync(fd);
  return {
    *lines() {
      for (const text of linesOf(fd, size)) {
        const read = parseLine(text);
        yield read && { ...read.anchor, genuine: key !== null && isGenuine(key, registerId, read) };
      }
    },
    close: () => closeSync(fd),
  };
}

const blockBytes = 65_536;

/** The lines of the first `size` octets, blank ones left out. One that is not an anchor's may be given in pieces. */
function* linesOf(fd: number, size: number): Generator<string> {
  const block = Buffer.allocUnsafe(blockBytes);
  let rest = '';
  for (let at = 0; at < size; ) {
    const bytes = readSync(fd, block, 0, Math.min(blockBytes, size - at), at);
    if (bytes === 0) break;
    at += bytes;
    const lines = (rest + block.toString('latin1', 0, bytes)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
    if (rest.length <= blockBytes) continue;
    yield rest;
    rest = '';
  }
  if (rest !== '') yield rest;
}

/**
 * The furthest row that a genuine line vouches for; null when there is none. It stands among the last lines, if not
 * in the last: two commands may end in one order and add their lines in the other.
 */
export function furthestAnchor(path: string, key: Uint8Array, registerId: Uint8Array): Anchor | null {
  if (!existsSync(path)) return null;
  const fd = openOwn(path, constants.O_RDONLY);
  try {
    const { size } = fstatSync(fd);
    const bytes = Math.min(size, tailBytes);
    const tail = Buffer.alloc(bytes);
    readSync(fd, tail, 0, bytes, size - bytes);
    const isGenuineLine = (read: ReadLine | null) => read !== null && isGenuine(key, registerId, read);
    return (
      furthestOf(tail.toString('latin1').split('\n'), isGenuineLine) ??
      furthestOf(linesOf(fd, size), isGenuineLine)
    );
  } finally {
    closeSync(fd);
  }
}

/** Some fifty lines. */
const tailBytes = 8_192;

function furthestOf(
  lines: Iterable<string>,
  isGenuineLine: (read: ReadLine | null) => boolean,
): Anchor | null {
  let furthest: Anchor | null = null;
  for (const text of lines) {
    const read = parseLine(text);
    if (read === null || read.anchor.seq <= (furthest?.seq ?? -1) || !isGenuineLine(read)) continue;
    furthest = read.anchor;
  }
  return furthest;
}

const letters = 'zyxwvutsrqponmlk';

/**
 * `57:zyxw…`: an anchor as the log shows it, the hash in letters alone, because whatever could be a telephone number is
 * masked there. `audit verify --anchor` takes it, so that the journal's copy can be held against the database.
 */
export function formatAnchorForLog({ seq, hash }: Pick<Anchor, 'seq' | 'hash'>): string {
  return `${seq}:${hash.replace(/[0-9a-f]/g, (digit) => letters.charAt(Number.parseInt(digit, 16)))}`;
}

/** Reads that, or the same with a hexadecimal hash; null for anything else. */
export function parseAnchorOfLog(text: string): Pick<Anchor, 'seq' | 'hash'> | null {
  const [, seq, written] = /^(\d{1,15}):([0-9a-f]{64}|[k-z]{64})$/.exec(text.trim()) ?? [];
  if (seq === undefined || written === undefined) return null;
  const hash = written.replace(/[k-z]/g, (letter) => letters.indexOf(letter).toString(16));
  return { seq: Number(seq), hash };
}

function endsInLine(fd: number): boolean {
  const { size } = fstatSync(fd);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last.toString('latin1') === '\n');
}

function formatAnchor({ seq, hash, atMs }: Anchor): string {
  return `${seq} ${hash} ${new Date(atMs).toISOString()}`;
}

function macOf(key: Uint8Array, registerId: Uint8Array, anchor: Anchor): Buffer {
  return createHmac('sha256', key)
    .update('visitlog audit 1 anchor\0')
    .update(registerId)
    .update(formatAnchor(anchor))
    .digest();
}

const linePattern = /^(\d{1,15}) ([0-9a-f]{64}) (\S+) ([0-9a-f]{64})$/;

interface ReadLine {
  readonly anchor: Anchor;
  readonly mac: Buffer;
}

function parseLine(text: string): ReadLine | null {
  const [, seq, hash = '', at = '', mac = ''] = linePattern.exec(text) ?? [];
  const atMs = Date.parse(at);
  if (seq === undefined || Number.isNaN(atMs)) return null;
  return { anchor: { seq: Number(seq), hash, atMs }, mac: Buffer.from(mac, 'hex') };
}

function isGenuine(key: Uint8Array, registerId: Uint8Array, { anchor, mac }: ReadLine): boolean {
  return timingSafeEqual(macOf(key, registerId, anchor), mac);
}
