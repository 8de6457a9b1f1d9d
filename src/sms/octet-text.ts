import { decodeKsc5601 } from './ksc5601.ts';
import { decodeUcs2 } from './ucs2.ts';

/** The characters of a text: no controls but tab and line ends, no code that is not a character. */
const printed = /^(?:[^\p{Cc}\p{Cs}\p{Co}\p{Cn}\ufffd]|[\t\n\r])*$/u;

/** ASCII and what Korean phones type. Any two octets are some character of UCS-2, so few are believed. */
const korean = /^[\t\n\r\x20-\x7e\u3000-\u303f\u3131-\u318e\uac00-\ud7a3\uff01-\uff5e]*$/;

/**
 * The text in octets that TP-DCS calls 8-bit data, if all of them are one: UTF-8, ASCII among it, then CP949, then UCS-2.
 * Null if they are not a text. Zeros at the end, as in a string of C, are left out.
 */
export function textOfOctets(octets: Uint8Array): string | null {
  const string = withoutEndZeros(octets);
  const utf8 = decodeUtf8(string);
  if (utf8 !== null && printed.test(utf8)) return utf8;
  const cp949 = decodeKsc5601(string);
  if (printed.test(cp949)) return cp949;
  const ucs2 = octets.length % 2 === 0 ? decodeUcs2(octets) : null;
  return ucs2 !== null && korean.test(ucs2) ? ucs2 : null;
}

function withoutEndZeros(octets: Uint8Array): Uint8Array {
  let end = octets.length;
  while (end > 0 && octets[end - 1] === 0) end -= 1;
  return octets.subarray(0, end);
}

function decodeUtf8(octets: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return null;
  }
}
