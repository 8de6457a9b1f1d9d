import { AppError } from './errors.ts';

/** Where reading failed: the field's path (`deliver.sender.length`) and the octet's offset from the start. */
export class ByteError extends AppError {
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
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #offset: number;

  /** Reads `bytes` from `start` (inclusive) to `end` (exclusive); offsets in errors count from 0 of `bytes`. */
  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
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
    const value = this.remaining > 0 ? this.#bytes[this.#offset] : undefined;
    if (value === undefined) throw this.truncated(path, 1);
    this.#offset += 1;
    return value;
  }

  /** The next `length` octets, as a view: no copy. */
  take(length: number, path: string): Uint8Array {
    if (length > this.remaining) throw this.truncated(path, length);
    const view = this.#bytes.subarray(this.#offset, this.#offset + length);
    this.#offset += length;
    return view;
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

const noNibble = 0xff;
const nibbles = new Uint8Array(128).fill(noNibble);
for (let value = 0; value < 16; value += 1) {
  nibbles[value.toString(16).charCodeAt(0)] = value;
  nibbles[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** The octets that a hexadecimal string writes, or null where it is none (odd length, foreign character). */
export function parseHex(text: string): Uint8Array | null {
  if (text.length & 1) return null;
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i += 1) {
    const high = nibbles[text.charCodeAt(2 * i)] ?? noNibble;
    const low = nibbles[text.charCodeAt(2 * i + 1)] ?? noNibble;
    if ((high | low) > 15) return null;
    bytes[i] = (high << 4) | low;
  }
  return bytes;
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
