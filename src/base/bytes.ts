import { WordedError } from './errors.ts';

/** Where reading failed: the field's path (`deliver.sender.length`) and the octet's offset from the start. */
export class ByteError extends WordedError {
  readonly path: string;
  readonly octet: number;

  constructor(code: string, message: string, path: string, octet: number) {
    super(code, message, { context: { path, octet } });
    this.name = 'ByteError';
    this.path = path;
    this.octet = octet;
  }
}

/** Reads octets in order; every read past the end is one `ByteError` that names the field. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #end: number;
  #offset: number;

  /** Reads `bytes` from `start` (inclusive) to `end` (exclusive); offsets in errors count from 0 of `bytes`. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.#offset = start;
    this.#end = Math.min(end, bytes.length);
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  octet(path: string): number {
    const value = this.remaining > 0 ? this.bytes[this.#offset] : undefined;
    if (value === undefined) throw this.truncated(path, 1);
    this.#offset += 1;
    return value;
  }

  /** The next `length` octets, as a view: no copy. */
  take(length: number, path: string): Uint8Array {
    const start = this.skip(length, path);
    return this.bytes.subarray(start, start + length);
  }

  /** Passes over the next `length` octets; the offset of the first of them. */
  skip(length: number, path: string): number {
    if (length > this.remaining) throw this.truncated(path, length);
    const start = this.#offset;
    this.#offset += length;
    return start;
  }

  /** Everything that is left, as a view. */
  rest(): Uint8Array {
    return this.take(this.remaining, 'rest');
  }

  private truncated(path: string, wanted: number): ByteError {
    const message = `${path}: ${wanted} octet${wanted === 1 ? '' : 's'} wanted, ${this.remaining} left`;
    return new ByteError('pdu.truncated', message, path, this.#offset);
  }
}

/** By UTF-16 unit, any of them; -1 where it is no digit, so that one sign says it of many. */
const nibbles = new Int8Array(0x1_0000).fill(-1);
for (let value = 0; value < 16; value += 1) {
  nibbles[value.toString(16).charCodeAt(0)] = value;
  nibbles[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

const slabOctets = 16_384;
let slab = new ArrayBuffer(slabOctets);
let slabUsed = 0;

/**
 * A view of a shared buffer, never handed out twice. Small arrays of their own would be moved out of the heap, one
 * allocation each, at the first view of a part of them: parsing and decoding took half as long again.
 */
function allocate(length: number): Uint8Array {
  if (length > slabOctets >> 4) return new Uint8Array(length);
  if (slabUsed + length > slabOctets) {
    slab = new ArrayBuffer(slabOctets);
    slabUsed = 0;
  }
  slabUsed += length;
  return new Uint8Array(slab, slabUsed - length, length);
}

/** The octets that a hexadecimal string writes, or null where it is none (odd length, foreign character). */
export function parseHex(text: string): Uint8Array | null {
  if (text.length & 1) return null;
  const bytes = allocate(text.length >> 1);
  // Faults are gathered and looked at once: this loop runs over every PDU that arrives.
  let gathered = 0;
  for (let i = 0, at = 0; i < bytes.length; i += 1, at += 2) {
    const high = nibbles[text.charCodeAt(at)] as number;
    const octet = (high << 4) | (nibbles[text.charCodeAt(at + 1)] as number);
    gathered |= octet;
    bytes[i] = octet;
  }
  return gathered < 0 ? null : bytes;
}

const hexOctets = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).toUpperCase().padStart(2, '0'),
);

/** Hexadecimal in capitals, two digits an octet, as modems print it. */
export function formatHex(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += hexOctets[octet];
  return text;
}
