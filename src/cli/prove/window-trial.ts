import { createCipheriv, createHmac } from 'node:crypto';
import { WordedError } from '../../base/errors.ts';
import { deriveSubkeys } from '../../store/keyring/hour-keys.ts';
import type { Algorithm } from '../../store/register-types.ts';
import { encodeVisitor } from '../../store/sealing/visitor-code.ts';
import type { SealedRow } from './sealed-rows.ts';

const keyBytes = 32;
/** Of a look-up tag, 8 octets. */
const tagDigits = 16;
const nonceBytes = 12;
const blockBytes = 16;
/** One random key in 10^12 has more zero octets than this; of the windows of a database, most do. */
const mostZeros = 7;
/** How many windows are tried between two looks at the rest of the world. */
const atOnce = 4_096;

export interface WindowTrial {
  /** Windows tried and passed over, over all files so far. */
  readonly tried: number;
  readonly passedOver: number;
  /** The hours that something opened. */
  readonly opened: ReadonlySet<number>;
  try(bytes: Buffer, signal: AbortSignal): Promise<void>;
}

/**
 * Tries every 32 octets that lie in a row as a key: as an hour's key, and as the keys for sealing and for looking up
 * that are derived from one. `rows` are visits of one visitor, one in each hour; what they hold is known, so a key
 * is told by the first block that it makes: in GCM (NIST SP 800-38D §7.1) the block cipher of nonce and counter 2, added
 * to the plaintext. A key that is right there opens the row; a wrong one is right there once in 2^64.
 */
export function windowTrial(rows: readonly SealedRow[], visitor: string, algorithm: Algorithm): WindowTrial {
  const plain = encodeVisitor(visitor);
  const blocks = Buffer.concat(rows.map(({ sealed }) => firstBlockInput(sealed)));
  const wanted = rows.map(({ sealed }) =>
    addedTo(plain, sealed.subarray(nonceBytes, nonceBytes + plain.length)),
  );
  const cipher = algorithm.replace('-gcm', '-ecb');
  const tags = new Map(rows.map(({ tag, hour }) => [tag?.toString('hex'), hour]));
  const opened = new Set<number>();
  let tried = 0;
  let passedOver = 0;

  function trySeal(key: Buffer): void {
    const made = createCipheriv(cipher, key, null).update(blocks);
    for (let index = 0; index < rows.length; index += 1) {
      const target = wanted[index] as Buffer;
      const start = index * blockBytes;
      if (target.compare(made, start, start + target.length) === 0)
        opened.add((rows[index] as SealedRow).hour);
    }
  }

  function tryWindow(window: Buffer): void {
    trySeal(window);
    trySeal(deriveSubkeys(window, algorithm).subkeys.seal);
    tryLookup(window);
    tried += 1;
  }

  function tryLookup(window: Buffer): void {
    const hour = tags.get(
      createHmac('sha256', window).update(visitor, 'utf8').digest('hex').slice(0, tagDigits),
    );
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
        if (end % atOnce === 0) await breathe(signal);
      }
    },
  };
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

async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new WordedError('prove.stopped', 'the proof was stopped before its end');
}
