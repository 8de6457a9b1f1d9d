import { nationalLockingTables, nationalSingleTables } from './national-tables.ts';
import { textOfCodes } from './ucs2.ts';

/**
 * The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038 §6.2.1, §6.2.1.1),
 * sixteen codes a row. Code 1B, the escape, stands here as a space, as a lone escape is displayed.
 */
const defaultAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ' +
  ' !"#¤%&\'()*+,-./' +
  '0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmno' +
  'pqrstuvwxyzäöñüà';

const escapeCode = 0x1b;

/** Characters after an escape, by code; any other code is read from the main table. */
const defaultExtensions: Readonly<Record<number, string>> = {
  10: '\f',
  20: '^',
  40: '{',
  41: '}',
  47: '\\',
  60: '[',
  61: '~',
  62: ']',
  64: '|',
  101: '€',
};

/** National language identifiers, 0–13, of the locking and the single shift table in use (TS 23.038 §6.2.1.2.4). */
export interface Languages {
  readonly locking: number;
  readonly single: number;
}

export const noLanguages: Languages = { locking: 0, single: 0 };

const space = 0x20;
const mainTables: Uint16Array[] = [];
const extensionTables: Uint16Array[] = [];

/** Unicode by septet; a code without a character shows as a space. */
function mainTable(language: number): Uint16Array {
  mainTables[language] ??= (tableOf(nationalLockingTables[language]) ?? defaultMain()).map((c) => c || space);
  return mainTables[language];
}

/** Unicode by septet behind an escape, 0 if there is none. */
function extensionTable(language: number): Uint16Array {
  extensionTables[language] ??= tableOf(nationalSingleTables[language]) ?? defaultExtension();
  return extensionTables[language];
}

function defaultMain(): Uint16Array {
  return Uint16Array.from(defaultAlphabet, (letter) => letter.charCodeAt(0));
}

function defaultExtension(): Uint16Array {
  const table = new Uint16Array(128);
  for (const [code, letter] of Object.entries(defaultExtensions)) table[Number(code)] = letter.charCodeAt(0);
  return table;
}

function tableOf(rows: string | undefined): Uint16Array | undefined {
  const cells = rows?.trim().split(/\s+/);
  return cells && Uint16Array.from(cells, (cell) => (cell === '----' ? 0 : Number.parseInt(cell, 16)));
}

/**
 * The text of septets, one an octet. An escape before a code that the extension table lacks gives
 * the main table's character; a second escape, or one at the end, a space (3GPP TS 23.038 §6.2.1.1).
 */
export function decodeGsm7(septets: Uint8Array, languages: Languages = noLanguages): string {
  const main = mainTable(languages.locking);
  const extension = extensionTable(languages.single);
  const codes: number[] = [];
  for (let i = 0; i < septets.length; i += 1) {
    const septet = septets[i]!;
    if (septet !== escapeCode) codes.push(main[septet]!);
    else {
      i += 1;
      const shifted = septets[i] ?? escapeCode;
      codes.push(shifted === escapeCode ? space : extension[shifted]! || main[shifted]!);
    }
  }
  return textOfCodes(codes);
}

const encoders = new Map<number, Map<number, number>>();

/** Character code → septet, plus 0x80 if an escape precedes it. */
function encoder(languages: Languages): Map<number, number> {
  const key = languages.locking * 16 + languages.single;
  const known = encoders.get(key);
  if (known) return known;
  const made = new Map<number, number>();
  mainTable(languages.locking).forEach((code, septet) => {
    // Codes without a character decode to spaces too; a space is encoded as 20 only.
    const usable = septet !== escapeCode && (code !== space || septet === space);
    if (usable && !made.has(code)) made.set(code, septet);
  });
  extensionTable(languages.single).forEach((code, septet) => {
    if (code !== 0 && !made.has(code)) made.set(code, septet | 0x80);
  });
  encoders.set(key, made);
  return made;
}

/** True if every character of `text` has a code in these tables. */
export function fitsGsm7(text: string, languages: Languages = noLanguages): boolean {
  const codes = encoder(languages);
  for (let i = 0; i < text.length; i += 1) if (!codes.has(text.charCodeAt(i))) return false;
  return true;
}

/** The septets of a text, one an octet; a character without a code becomes `?`. */
export function encodeGsm7(text: string, languages: Languages = noLanguages): Uint8Array {
  const codes = encoder(languages);
  const septets: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const code = codes.get(text.charCodeAt(i)) ?? 0x3f;
    if (code & 0x80) septets.push(escapeCode, code & 0x7f);
    else septets.push(code);
  }
  return Uint8Array.from(septets);
}

/**
 * `count` septets, one an octet, out of `octets` from bit `startBit` on (3GPP TS 23.038 §6.1.2.1). Bits beyond the end
 * read as zero.
 */
export function unpackSeptets(octets: Uint8Array, startBit: number, count: number): Uint8Array {
  const septets = new Uint8Array(count);
  for (let i = 0, bit = startBit; i < count; i += 1, bit += 7) {
    const index = bit >> 3;
    const pair = (octets[index] ?? 0) | ((octets[index + 1] ?? 0) << 8);
    septets[i] = (pair >> (bit & 7)) & 0x7f;
  }
  return septets;
}

/** Septets, one an octet, packed after `fillBits` zero bits (0–6). The inverse of `unpackSeptets`. */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const octets = new Uint8Array(Math.ceil((fillBits + septets.length * 7) / 8));
  let bit = fillBits;
  for (const septet of septets) {
    const index = bit >> 3;
    const shifted = septet << (bit & 7);
    octets[index] = octets[index]! | (shifted & 0xff);
    if (shifted > 0xff) octets[index + 1] = shifted >> 8;
    bit += 7;
  }
  return octets;
}
