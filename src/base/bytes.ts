import { type AppError, fault } from './errors.ts';

/** Reads octets in order; every read past the end is the fault `pdu.truncated`, which names the field. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #end: number;
  #offset: number;

  /** Reads `bytes` from `start` (inclusive) to `end` (exclusive); offsets in faults count from 0 of `bytes`. */
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
    if (value === undefined) throw this.#truncated(path, 1);
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
    if (length > this.remaining) throw this.#truncated(path, length);
    const start = this.#offset;
    this.#offset += length;
    return start;
  }

  /** All remaining octets, as a view. */
  rest(): Uint8Array {
    return this.take(this.remaining, 'rest');
  }

  #truncated(path: string, wanted: number): AppError {
    return fault('pdu.truncated', { path, octet: this.#offset, wanted, left: this.remaining });
  }
}

const hexPairs = /^(?:[0-9A-Fa-f]{2})*$/;

/** The octets that a hexadecimal string writes; null for an odd length or a foreign character. */
export function parseHex(text: string): Uint8Array | null {
  if (!hexPairs.test(text)) return null;
  const { buffer, byteOffset, length } = Buffer.from(text, 'hex');
  return new Uint8Array(buffer, byteOffset, length);
}

/** Hexadecimal in capitals, two digits an octet, as modems print it. */
export function formatHex(bytes: Uint8Array): string {
  const { buffer, byteOffset, length } = bytes;
  return Buffer.from(buffer, byteOffset, length).toString('hex').toUpperCase();
}
