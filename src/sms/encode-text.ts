import { fault } from '../base/errors.ts';
import { type Alphabet, encodeDcs } from './dcs.ts';
import { concatElement } from './elements.ts';
import { encodeGsm7, fitsGsm7, type Languages, noLanguages } from './gsm7.ts';
import { encodeKsc5601 } from './ksc5601.ts';
import { languageElements } from './languages.ts';
import { encodeUcs2 } from './ucs2.ts';
import type { UdhElement } from './udh.ts';
import { capacityOf, type Payload } from './user-data.ts';

/** One part of a text: spread it into the fields of `encodeDeliver` or `encodeSubmit`. */
export interface Segment {
  /** TP-DCS octet. */
  readonly dcs: number;
  readonly elements: readonly UdhElement[] | null;
  readonly payload: Payload;
}

export interface EncodeTextOptions {
  /** Default: gsm7 if it has every character, else ucs2. */
  readonly alphabet?: Exclude<Alphabet, '8bit'>;
  /** Reference of a text in parts, 0–255 or 0–65535; 0 by default. */
  readonly reference?: number;
  readonly referenceBits?: 8 | 16;
  readonly class?: 0 | 1 | 2 | 3;
  /** National tables to write gsm7 with. */
  readonly languages?: Languages;
  /** More elements for the header of every part, before the one of the concatenation. */
  readonly elements?: readonly UdhElement[];
  /** Cut parts at any unit, as some phones do: through escapes, surrogate pairs and Korean characters. */
  readonly cutAnywhere?: boolean;
}

/**
 * The parts of a text, one if it fits. Characters that the alphabet lacks become `?`.
 * Throws `sms.too-long` above 255 parts.
 */
export function encodeText(text: string, options: EncodeTextOptions = {}): Segment[] {
  const languages = options.languages ?? noLanguages;
  const alphabet = options.alphabet ?? (fitsGsm7(text, languages) ? 'gsm7' : 'ucs2');
  const dcs = encodeDcs(alphabet, options.class ?? null);
  const common = [...(alphabet === 'gsm7' ? languageElements(languages) : []), ...(options.elements ?? [])];
  const inSeptets = alphabet === 'gsm7';
  const encode = encoderOf(alphabet, languages);
  const whole = encode(text);
  if (whole.length <= capacityOf(common, inSeptets))
    return [{ dcs, elements: common.length === 0 ? null : common, payload: payload(inSeptets, whole) }];
  const unit = options.cutAnywhere ? (alphabet === 'ucs2' ? 2 : 1) : null;
  const pieces = unit === null ? Array.from(text, encode) : slices(whole, unit);
  const bits = options.referenceBits ?? 8;
  const place = (seq: number, total: number): UdhElement =>
    concatElement({ ref: options.reference ?? 0, bits, total, seq });
  const parts = packed(pieces, capacityOf([...common, place(1, 1)], inSeptets));
  if (parts.length > 255) throw fault('sms.too-long');
  return parts.map((part, index) => ({
    dcs,
    elements: [...common, place(index + 1, parts.length)],
    payload: payload(inSeptets, part),
  }));
}

function encoderOf(alphabet: Alphabet, languages: Languages): (text: string) => Uint8Array {
  if (alphabet === 'gsm7') return (text) => encodeGsm7(text, languages);
  return alphabet === 'ksc5601' ? encodeKsc5601 : encodeUcs2;
}

function payload(inSeptets: boolean, units: Uint8Array): Payload {
  return inSeptets ? { septets: units } : { octets: units };
}

function slices(units: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(units.length / size) }, (_, i) =>
    units.subarray(i * size, (i + 1) * size),
  );
}

/** Pieces in as few parts of at most `capacity` units as their order allows; no piece is cut. */
function packed(pieces: readonly Uint8Array[], capacity: number): Uint8Array[] {
  const parts: number[][] = [[]];
  for (const piece of pieces) {
    const last = parts.at(-1)!;
    if (last.length + piece.length > capacity) parts.push([...piece]);
    else last.push(...piece);
  }
  return parts.map((part) => Uint8Array.from(part));
}
