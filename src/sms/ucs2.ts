const chunk = 4096;

/**
 * UCS-2 octets, big-endian, read as UTF-16 (3GPP TS 23.038 §6.2.3). Half a surrogate pair, and an odd octet at the
 * end, become U+FFFD: the rest of the text stays.
 */
export function decodeUcs2(octets: Uint8Array): string {
  const length = octets.length >> 1;
  const codes = new Uint16Array(length + (octets.length & 1));
  let surrogates = false;
  for (let i = 0; i < length; i += 1) {
    const code = ((octets[2 * i] as number) << 8) | (octets[2 * i + 1] as number);
    if ((code & 0xf800) === 0xd800) surrogates = true;
    codes[i] = code;
  }
  if (octets.length & 1) codes[length] = replacement;
  if (surrogates) replaceLoneSurrogates(codes);
  return textOfCodes(codes);
}

const replacement = 0xfffd;

function replaceLoneSurrogates(codes: Uint16Array): void {
  for (let i = 0; i < codes.length; i += 1) {
    const kind = (codes[i] as number) & 0xfc00;
    if (kind === 0xd800 && ((codes[i + 1] ?? 0) & 0xfc00) === 0xdc00) i += 1;
    else if (kind === 0xd800 || kind === 0xdc00) codes[i] = replacement;
  }
}

/** The string of UTF-16 units, in pieces that fit on the stack. */
export function textOfCodes(codes: Uint16Array): string {
  if (codes.length <= chunk) return String.fromCharCode.apply(null, codes as unknown as number[]);
  let text = '';
  for (let i = 0; i < codes.length; i += chunk) text += textOfCodes(codes.subarray(i, i + chunk));
  return text;
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
