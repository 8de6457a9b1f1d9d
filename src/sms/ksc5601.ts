import { textOfCodes } from './ucs2.ts';

/**
 * KS C 5601 as Korean carriers send it under TP-DCS 84: ASCII, and pairs of EUC-KR with the UHC extension (CP949).
 * The table comes from the platform's own decoder, once, at the first Korean text.
 */
const firstLead = 0x81;
const firstTrail = 0x41;
const trails = 0xff - firstTrail;
const replacement = 0xfffd;

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

function build(): Tables {
  const rows = 0xff - firstLead;
  const octets = new Uint8Array(rows * trails * 3);
  // A line feed behind each pair: a pair without a character cannot take hold of the next one's lead.
  for (let i = 0; i < rows * trails; i += 1)
    octets.set([firstLead + Math.floor(i / trails), firstTrail + (i % trails), 0x0a], i * 3);
  const lines = new TextDecoder('euc-kr').decode(octets).split('\n');
  const unicode = Uint16Array.from(lines.slice(0, rows * trails), (line) =>
    line.length === 1 && line.charCodeAt(0) !== replacement ? line.charCodeAt(0) : 0,
  );
  const pairs = new Map<number, number>();
  unicode.forEach((code, i) => {
    const pair = (firstLead + Math.floor(i / trails)) * 256 + firstTrail + (i % trails);
    if (code !== 0 && !pairs.has(code)) pairs.set(code, pair);
  });
  return { unicode, pairs };
}

/**
 * The text of KS C 5601 octets. What is no character, half a one at the end included, becomes U+FFFD; an ASCII octet
 * behind a lone first half stays.
 */
export function decodeKsc5601(octets: Uint8Array): string {
  const { unicode } = tables();
  const codes = new Uint16Array(octets.length);
  let length = 0;
  for (let i = 0; i < octets.length; i += 1) {
    const lead = octets[i] as number;
    if (lead < 0x80) {
      codes[length++] = lead;
      continue;
    }
    const trail = octets[i + 1] ?? 0;
    const paired = lead >= firstLead && lead < 0xff && trail >= firstTrail && trail < 0xff;
    const code = paired ? (unicode[(lead - firstLead) * trails + trail - firstTrail] as number) : 0;
    codes[length++] = code || replacement;
    if (code !== 0 || trail >= 0x80) i += 1;
  }
  return textOfCodes(codes.subarray(0, length));
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
