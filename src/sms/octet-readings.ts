import { parseHex } from '../base/bytes.ts';

/**
 * What octets that could not be decoded, or are no text, may say: every line of a print, in each alphabet that has
 * digits, at each place where it may begin. To look for a number in them; most of it is noise.
 */
export function readingsOf(print: string): string[] {
  return print.split('\n').flatMap((line) => {
    const octets = parseHex(/^(?:[0-9A-Fa-f]{2})*/.exec(line)?.[0] ?? '') ?? new Uint8Array();
    const septets = [0, 1, 2, 3, 4, 5, 6].map((bit) => septetText(octets, bit));
    return [Buffer.from(octets).toString('latin1'), unitText(octets, 0), unitText(octets, 1), ...septets];
  });
}

/** As UCS-2, from this octet on. */
function unitText(octets: Uint8Array, from: number): string {
  let text = '';
  for (let at = from; at + 1 < octets.length; at += 2)
    text += String.fromCharCode(((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0));
  return text;
}

/** As septets that begin at this bit. The digits and signs of numbers are where ASCII has them (3GPP TS 23.038 §6.2.1). */
function septetText(octets: Uint8Array, firstBit: number): string {
  let text = '';
  for (let bit = firstBit; bit + 7 <= octets.length * 8; bit += 7) {
    const at = bit >> 3;
    const two = (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8);
    text += String.fromCharCode((two >> (bit & 7)) & 0x7f);
  }
  return text;
}
