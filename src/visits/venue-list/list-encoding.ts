import { unitOfPair } from '../../base/cp949.ts';

export type ListEncoding = 'utf-8' | 'utf-16' | 'cp949';

interface DecodedList {
  readonly text: string;
  readonly encoding: ListEncoding;
}

/** The character that replaces octets which the encoding lacks. */
export const damaged = '\uFFFD';

/**
 * The text of a file that a spreadsheet saved: UTF-8 with or without its mark, UTF-16 with it ("Unicode text"), and
 * everything else CP949, the default of a Korean Excel.
 */
export function decodeList(bytes: Uint8Array): DecodedList {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: decodeCp949(bytes), encoding: 'cp949' };
  }
}

function decodeCp949(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const octet = bytes[at] ?? 0;
    if (octet < 0x80) {
      units[length++] = octet;
      continue;
    }
    const unit = unitOfPair(octet, bytes[at + 1] ?? 0);
    units[length++] = unit === 0 ? 0xfffd : unit;
    // Half a pair before a line's end must not swallow it.
    if (unit !== 0 || (bytes[at + 1] ?? 0) >= 0x80) at += 1;
  }
  return new TextDecoder('utf-16le').decode(units.subarray(0, length));
}
