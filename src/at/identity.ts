import { unquote } from './parameters.ts';

/** An identity string, bare or under its prefix (`+CGMR: LE20…`, `Revision:1418…` of SIM800), or null. */
export function parseIdentity(lines: readonly string[]): string | null {
  const line = lines[0];
  if (line === undefined) return null;
  const text = unquote(line.replace(/^(?:\+?CGM[IMR]|Manufacturer|Model|Revision): ?/i, '').trim());
  return text === '' ? null : text.slice(0, 80);
}

/** The modem's own number of 14 to 17 digits, bare or under a prefix. */
export function parseImei(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /^(?:\+CGSN: ?|\+GSN: ?)?"?(\d{14,17})"?$/.exec(line)?.[1];
    if (digits) return digits;
  }
  return null;
}
