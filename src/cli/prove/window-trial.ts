import { createCipheriv } from 'node:crypto';
import { dayMs } from '../../base/amounts.ts';
import { collect } from '../../base/batches.ts';
import { fault } from '../../base/errors.ts';
import { deriveSubkeys } from '../../store/keyring/hour-keys.ts';
import { Keyring } from '../../store/keyring/keyring.ts';
import { openRegister } from '../../store/register.ts';
import type { Algorithm, RegisterOptions } from '../../store/register-types.ts';
import { encodeVisitor } from '../../store/sealing/bound-data.ts';
import { unseal } from '../../store/sealing/seal.ts';
import { venueTag, venueTagBytes } from '../../store/sealing/tags.ts';
import type { CopiedRow } from './scratch-register.ts';

const keyBytes = 32;
const nonceBytes = 12;
const blockBytes = 16;
/** One random key in 10^12 has more zero octets than this; most windows of a database do. */
const mostZeros = 7;
/** Windows tried before the event loop runs again. */
const atOnce = 4_096;

interface WindowTrial {
  /** Windows tried and passed over, over all files so far. */
  readonly tried: number;
  readonly passedOver: number;
  /** The hours whose key was found. */
  readonly opened: ReadonlySet<number>;
  try(bytes: Buffer, signal: AbortSignal): Promise<void>;
}

/**
 * Tries every 32 octets that lie in a row as a key: as an hour's key, and as the keys for sealing and for tags
 * that are derived from one. `rows` are visits of one visitor to one venue, one in each hour. Their content is known, so the
 * first block that a key makes identifies it: in GCM (NIST SP 800-38D §7.1) the block cipher of nonce and counter 2,
 * added to the plaintext. A wrong key matches once in 2^64.
 */
export function windowTrial(
  rows: readonly CopiedRow[],
  { visitor, venue }: { readonly visitor: string; readonly venue: string },
  algorithm: Algorithm,
): WindowTrial {
  const plain = encodeVisitor(visitor);
  const blocks = Buffer.concat(rows.map(({ sealed }) => firstBlockInput(sealed)));
  const wanted = rows.map(({ sealed, hour }) => ({
    hour,
    target: addedTo(plain, sealed.subarray(nonceBytes, nonceBytes + plain.length)),
  }));
  const cipher = algorithm.replace('-gcm', '-ecb');
  const tags = new Map(rows.map(({ head, hour }) => [tagOf(head), hour]));
  const opened = new Set<number>();
  let tried = 0;
  let passedOver = 0;

  function trySeal(key: Buffer): void {
    const made = createCipheriv(cipher, key, null).update(blocks);
    for (const [index, { hour, target }] of wanted.entries()) {
      const start = index * blockBytes;
      if (target.compare(made, start, start + target.length) === 0) opened.add(hour);
    }
  }

  function tryWindow(window: Buffer): void {
    trySeal(window);
    trySeal(deriveSubkeys(window, algorithm).subkeys.seal);
    tryTags(window);
    tried += 1;
  }

  function tryTags(window: Buffer): void {
    const hour = tags.get(venueTag({ algorithm, tags: window }, venue).toString('hex'));
    if (hour !== undefined) opened.add(hour);
  }

  return {
    get tried() {
      return tried;
    },
    get passedOver() {
      return passedOver;
    },
    opened,
    async try(bytes, signal) {
      let zeros = 0;
      for (let end = 1; end <= bytes.length; end += 1) {
        const start = end - keyBytes;
        if (bytes[end - 1] === 0) zeros += 1;
        if (start > 0 && bytes[start - 1] === 0) zeros -= 1;
        if (start < 0) continue;
        if (zeros > mostZeros) passedOver += 1;
        else tryWindow(bytes.subarray(start, end));
        if (end % atOnce === 0) await yieldToLoop(signal);
      }
    },
  };
}

function tagOf(head: Buffer | null): string | undefined {
  return head?.toString('hex', 0, venueTagBytes);
}

/** The block that the cipher turns into what is added to the first octets of the plaintext. */
function firstBlockInput(sealed: Buffer): Buffer {
  const block = Buffer.alloc(blockBytes);
  sealed.copy(block, 0, 0, nonceBytes);
  block.writeUInt32BE(2, nonceBytes);
  return block;
}

function addedTo(plain: Buffer, cipherText: Buffer): Buffer {
  return Buffer.from(plain.map((octet, index) => octet ^ (cipherText[index] ?? 0)));
}

async function yieldToLoop(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw fault('prove.stopped');
}

interface KeyTrial {
  readonly keys: number;
  /** A try is one key on one row. */
  readonly tries: number;
  readonly opened: number;
  /** The contents of the opened rows, one after the other. */
  readonly plain: Buffer;
}

/** Tries every key of a keyring on every row, of whatever hour. */
export function tryKeys(keyFile: string, rows: readonly CopiedRow[]): KeyTrial {
  const ring = Keyring.open(keyFile, false);
  const plain: Buffer[] = [];
  const opened = new Set<CopiedRow>();
  let keys = 0;
  try {
    for (const hour of ring.hours()) {
      const held = ring.read(hour)?.held;
      if (held === undefined) continue;
      const { subkeys } = deriveSubkeys(held.key, held.algorithm);
      keys += 1;
      for (const row of rows) {
        const content = unseal(subkeys, row.sealed, row.bound);
        if (content === null) continue;
        plain.push(content);
        opened.add(row);
      }
    }
  } finally {
    ring.close();
  }
  return { keys, tries: keys * rows.length, opened: opened.size, plain: Buffer.concat(plain) };
}

export function rowsOf(rows: readonly CopiedRow[], hours: ReadonlySet<number>): CopiedRow[] {
  return rows.filter(({ hour }) => hours.has(hour));
}

/** Longer than any retention, so that no row is too old to be read. */
const everMs = 10_000 * dayMs;

/** The senders that the register reads from a folder's database with a keyring, whatever their age. */
export async function readSenders(options: RegisterOptions, folder: string): Promise<Set<string>> {
  const register = openRegister({ ...options, dataDir: folder, retentionMs: everMs, role: 'reader' });
  try {
    const ever = { fromMs: 0, toMs: options.clock.wallMs() + everMs };
    const senders = new Set<string>();
    for (const { visitor } of await collect(register.visits(ever))) senders.add(visitor);
    for (const { sender } of await collect(register.texts(ever))) if (sender !== null) senders.add(sender);
    return senders;
  } finally {
    await register.close();
  }
}
