import { lastElement, type Udh, type UdhElement } from './udh.ts';

/** A part's place in its message (3GPP TS 23.040 §9.2.3.24.1 and §9.2.3.24.8). */
export interface Concat {
  /** The message's reference, 0–255 or 0–65535. */
  readonly ref: number;
  readonly bits: 8 | 16;
  /** Parts of the message, 1–255. */
  readonly total: number;
  /** This part, 1–`total`. */
  readonly seq: number;
}

const shortId = 0x00;
const longId = 0x08;

/** A part's place, or null: no such element, or one with a total of 0, or a part that is not among its parts. */
export function concatOf(udh: Udh | null): Concat | null {
  return lastElement(udh, readConcat);
}

function readConcat({ id, octets }: UdhElement): Concat | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = octets;
  if (id === shortId && octets.length === 3) return valid(first, 8, second, third);
  if (id === longId && octets.length === 4) return valid(first * 256 + second, 16, third, fourth);
  return null;
}

function valid(ref: number, bits: 8 | 16, total: number, seq: number): Concat | null {
  return seq >= 1 && seq <= total ? { ref, bits, total, seq } : null;
}

/** The element that says a part's place. */
export function concatElement({ ref, bits, total, seq }: Concat): UdhElement {
  return bits === 8
    ? { id: shortId, octets: Uint8Array.of(ref, total, seq) }
    : { id: longId, octets: Uint8Array.of(ref >> 8, ref, total, seq) };
}
