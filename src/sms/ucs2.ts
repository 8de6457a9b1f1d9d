const chunk = 4096;

/** The string of UTF-16 units, in pieces that fit on the stack. */
export function textOfCodes(codes: number[]): string {
  if (codes.length <= chunk) return String.fromCharCode.apply(null, codes);
  let text = '';
  for (let i = 0; i < codes.length; i += chunk)
    text += String.fromCharCode.apply(null, codes.slice(i, i + chunk));
  return text;
}

const replacement = 0xfffd;

/**
 * UCS-2 octets, big-endian, read as UTF-16 (3GPP TS 23.038 §6.2.3). Half a surrogate pair, and an odd octet at the
 * end, become U+FFFD: the rest of the text stays.
 */
export function decodeUcs2(octets: Uint8Array): string {
  const end = octets.length & ~1;
  const codes: number[] = new Array(end >> 1);
  let surrogates = false;
  for (let i = 0; i < end; i += 2) {
    const code = (octets[i]! << 8) | octets[i + 1]!;
    if ((code & 0xf800) === 0xd800) surrogates = true;
    codes[i >> 1] = code;
  }
  if (octets.length & 1) codes.push(replacement);
  if (surrogates) replaceLoneSurrogates(codes);
  return textOfCodes(codes);
}

function replaceLoneSurrogates(codes: number[]): void {
  for (let i = 0; i < codes.length; i += 1) {
    const kind = codes[i]! & 0xfc00;
    if (kind === 0xd800 && ((codes[i + 1] ?? 0) & 0xfc00) === 0xdc00) i += 1;
    else if (kind === 0xd800 || kind === 0xdc00) codes[i] = replacement;
  }
}

/** The UTF-16 units of a text, big-endian. */
export function encodeUcs2(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    octets[2 * i] = code >> 8;
    octets[2 * i + 1] = code & 0xff;
  }
  return octets;
}
