import { textOfCodes } from './utf16.ts';

/**
 * KS C 5601 as Korean carriers send it under TP-DCS 84: ASCII, and pairs of EUC-KR with the UHC extension (CP949).
 *
 * The table is made once, at the first Korean text. The platform's own decoder gives EUC-KR (Node's stops there,
 * whatever label it is asked by). UHC is a rule rather than a table: the 8,822 syllables that EUC-KR lacks, in the
 * order of Unicode, fill the pairs that EUC-KR leaves free, in the order of their octets.
 */
const firstLead = 0x81;
const firstTrail = 0x41;
const lastOctet = 0xfe;
const firstEuc = 0xa1;
const trails = lastOctet - firstTrail + 1;
const replacement = 0xfffd;
const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;

interface Tables {
  /** Unicode by (lead − 81) × trails + (trail − 41); 0 where the pair has no character. */
  readonly unicode: Uint16Array;
  /** Pair by Unicode. */
  readonly pairs: ReadonlyMap<number, number>;
}

let built: Tables | undefined;

function tables(): Tables {
  built ??= build();
  return built;
}

const indexOf = (lead: number, trail: number): number => (lead - firstLead) * trails + trail - firstTrail;

function build(): Tables {
  const unicode = new Uint16Array((lastOctet - firstLead + 1) * trails);
  const pairs = new Map<number, number>();
  const add = (lead: number, trail: number, code: number): void => {
    unicode[indexOf(lead, trail)] = code;
    pairs.set(code, lead * 256 + trail);
  };
  const decoder = new TextDecoder('euc-kr');
  for (let lead = firstEuc; lead <= lastOctet; lead += 1)
    for (let trail = firstEuc; trail <= lastOctet; trail += 1) {
      const code = decoder.decode(Uint8Array.of(lead, trail)).charCodeAt(0);
      if (isAssigned(code)) add(lead, trail, code);
    }
  // Added to KS X 1001 in 1998; not every decoder knows them.
  add(0xa2, 0xe6, 0x20ac);
  add(0xa2, 0xe7, 0x00ae);
  addExtension(pairs, add);
  return { unicode, pairs };
}

/** Neither unknown nor of the rows for private use. */
function isAssigned(code: number): boolean {
  return code !== replacement && !(code >= 0xe000 && code <= 0xf8ff);
}

function addExtension(
  known: ReadonlyMap<number, number>,
  add: (lead: number, trail: number, code: number) => void,
): void {
  const missing: number[] = [];
  for (let code = firstSyllable; code <= lastSyllable; code += 1) if (!known.has(code)) missing.push(code);
  let next = 0;
  for (let lead = firstLead; next < missing.length; lead += 1)
    for (let trail = firstTrail; trail <= lastTrailOfExtension(lead); trail += 1)
      if (isExtensionTrail(trail) && next < missing.length) add(lead, trail, missing[next++] as number);
}

const lastTrailOfExtension = (lead: number): number => (lead < firstEuc ? lastOctet : firstEuc - 1);

/** Letters and what is above 80, so that no half of a character looks like punctuation. */
function isExtensionTrail(trail: number): boolean {
  return trail >= 0x81 || (trail >= 0x61 && trail <= 0x7a) || (trail >= 0x41 && trail <= 0x5a);
}

/**
 * The text of KS C 5601 octets. What is no character, half a one at the end included, becomes U+FFFD; an ASCII octet
 * behind a lone first half stays.
 */
export function decodeKsc5601(octets: Uint8Array): string {
  const { unicode } = tables();
  const codes: number[] = [];
  for (let i = 0; i < octets.length; i += 1) {
    const lead = octets[i] as number;
    if (lead < 0x80) {
      codes.push(lead);
      continue;
    }
    const trail = octets[i + 1] ?? 0;
    const paired = lead >= firstLead && lead <= lastOctet && trail >= firstTrail && trail <= lastOctet;
    const code = paired ? (unicode[indexOf(lead, trail)] as number) : 0;
    codes.push(code || replacement);
    if (code !== 0 || trail >= 0x80) i += 1;
  }
  return textOfCodes(codes);
}

/** True where every character of `text` has a code. */
export function fitsKsc5601(text: string): boolean {
  const { pairs } = tables();
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x80 && !pairs.has(code)) return false;
  }
  return true;
}

/** The octets of a text; a character that the code lacks becomes `?`. */
export function encodeKsc5601(text: string): Uint8Array {
  const { pairs } = tables();
  const octets: number[] = [];
  for (const character of text) {
    const code = character.length === 1 ? character.charCodeAt(0) : replacement;
    const pair = pairs.get(code);
    if (code < 0x80) octets.push(code);
    else if (pair === undefined) octets.push(0x3f);
    else octets.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(octets);
}
