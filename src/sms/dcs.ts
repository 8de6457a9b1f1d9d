import type { ByteReader } from '../base/bytes.ts';
import { fault } from '../base/errors.ts';

export type Alphabet = 'gsm7' | 'ucs2' | 'ksc5601' | '8bit';

/** The content of a message-waiting coding group (3GPP TS 23.038 §4, groups 1100, 1101 and 1110). */
interface WaitingIndication {
  readonly kind: 'voicemail' | 'fax' | 'email' | 'other';
  readonly active: boolean;
  /** The text may be discarded once the indicator is shown (group 1100). */
  readonly discard: boolean;
}

/** A TP-DCS octet, taken apart (3GPP TS 23.040 §9.2.3.10, TS 23.038 §4). */
export interface Dcs {
  readonly octet: number;
  readonly alphabet: Alphabet;
  /** Class 0 (flash) … 3, or null if the octet carries none. */
  readonly class: Class | null;
  readonly compressed: boolean;
  readonly automaticDeletion: boolean;
  readonly waiting: WaitingIndication | null;
}

const kinds = ['voicemail', 'fax', 'email', 'other'] as const;
/** By bits 3 and 2; the reserved 11 is read as the default alphabet. */
const alphabets = ['gsm7', '8bit', 'ucs2', 'gsm7'] as const;

const classes = [0, 1, 2, 3] as const;
type Class = (typeof classes)[number];
type Parts = Partial<Omit<Dcs, 'octet'>>;

/** Groups 00xx and 01xx (the latter: marked for automatic deletion). */
function general(octet: number): Parts {
  return {
    alphabet: alphabets[(octet >> 2) & 3]!,
    class: octet & 0x10 ? classes[octet & 3]! : null,
    compressed: (octet & 0x20) !== 0,
    automaticDeletion: (octet & 0x40) !== 0,
  };
}

/**
 * Groups 10xx are reserved, to be read as the default alphabet. Korean carriers put KS C 5601 into the place of the
 * general group's 8 bit data, 84; with a class, 95 has been seen on Korean SIM cards.
 */
function reserved(octet: number): Parts {
  if ((octet & 0xec) !== 0x84) return {};
  return { alphabet: 'ksc5601', class: octet & 0x10 ? classes[octet & 3]! : null };
}

function messageWaiting(octet: number): Parts {
  const group = octet >> 4;
  return {
    alphabet: group === 0xe ? 'ucs2' : 'gsm7',
    waiting: {
      kind: kinds[octet & 3]!,
      active: (octet & 8) !== 0,
      discard: group === 0xc,
    },
  };
}

/** Group 1111; its bit 3 is reserved and ignored. */
function dataAndClass(octet: number): Parts {
  return { alphabet: octet & 4 ? '8bit' : 'gsm7', class: classes[octet & 3]! };
}

function partsOf(octet: number): Parts {
  if (octet < 0x80) return general(octet);
  if (octet < 0xc0) return reserved(octet);
  return octet < 0xf0 ? messageWaiting(octet) : dataAndClass(octet);
}

const table: readonly Dcs[] = Array.from({ length: 256 }, (_, octet) => ({
  octet,
  alphabet: 'gsm7',
  class: null,
  compressed: false,
  automaticDeletion: false,
  waiting: null,
  ...partsOf(octet),
}));

/** The meaning of a TP-DCS octet, 0–255. */
export function decodeDcs(octet: number): Dcs {
  return table[octet & 0xff]!;
}

/** The TP-DCS of an alphabet, with a class if one is given. */
export function encodeDcs(alphabet: Alphabet, messageClass: Class | null = null): number {
  const base = { gsm7: 0x00, '8bit': 0x04, ucs2: 0x08, ksc5601: 0x84 }[alphabet];
  return messageClass === null ? base : base | 0x10 | messageClass;
}

/**
 * Reads TP-DCS. Compressed text (TS 23.042) is the fault `dcs.compressed`: no network in service sends it, and such an
 * octet has in practice been noise.
 */
export function readDcs(reader: ByteReader, path: string): Dcs {
  const offset = reader.offset;
  const dcs = decodeDcs(reader.octet(path));
  if (dcs.compressed) throw fault('dcs.compressed', { path, octet: offset });
  return dcs;
}
