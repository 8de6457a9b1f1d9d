import { pairOfUnit, unitOfPair } from '../base/cp949.ts';
import { textOfCodes } from './ucs2.ts';

/** KS C 5601 as Korean carriers send it under TP-DCS 84 is CP949: EUC-KR with the UHC extension. */
const replacement = 0xfffd;
const unknown = 0x3f;

/**
 * The text of KS C 5601 octets. An octet that is not part of a character becomes U+FFFD, half a pair at the end included;
 * an ASCII octet after a lone first half stays.
 */
export function decodeKsc5601(octets: Uint8Array): string {
  const codes: number[] = [];
  for (let i = 0; i < octets.length; i += 1) {
    const lead = octets[i]!;
    if (lead < 0x80) {
      codes.push(lead);
      continue;
    }
    const trail = octets[i + 1] ?? 0;
    const code = unitOfPair(lead, trail);
    codes.push(code || replacement);
    if (code !== 0 || trail >= 0x80) i += 1;
  }
  return textOfCodes(codes);
}

/** The octets of a text; a character without a code becomes `?`. */
export function encodeKsc5601(text: string): Uint8Array {
  const octets: number[] = [];
  for (const character of text) {
    const code = character.length === 1 ? character.charCodeAt(0) : replacement;
    const pair = pairOfUnit(code);
    if (code < 0x80) octets.push(code);
    else if (pair === 0) octets.push(unknown);
    else octets.push(pair >> 8, pair & 0xff);
  }
  return Uint8Array.from(octets);
}
