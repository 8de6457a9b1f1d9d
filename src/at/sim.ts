import { unquote } from './parameters.ts';

/** `other` are locks that no PIN file can open (PUK, network locks). */
export type SimLock = 'ready' | 'pin' | 'not-ready' | 'absent' | 'other';

/** Reads the dialects of the +CPIN? answer; no line at all under an OK is a SIM in use (fault A8). */
export function parseSimLock(lines: readonly string[]): SimLock {
  const line = lines.at(-1);
  if (line === undefined) return 'ready';
  const word = unquote(line.slice(line.indexOf(':') + 1).trim()).toUpperCase();
  // PIN2 and PUK2 guard fixed dialling, not the receiving of texts.
  if (word === 'READY' || word === 'SIM PIN2' || word === 'SIM PUK2') return 'ready';
  if (word === 'SIM PIN') return 'pin';
  if (word === 'NOT READY') return 'not-ready';
  if (word === 'NOT INSERTED') return 'absent';
  return 'other';
}

/**
 * The SIM's serial number out of any of its spellings: `+CCID: "8982…"`, `^ICCID: …F`, bare, or the card's own
 * file with swapped digits (`+CRSM: 144,0,"98285…"`). Null when there is none.
 */
export function parseIccid(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /(?:^|[^0-9A-F])((?:89|98)\d{16,18}[0-9F]{0,2})(?:$|[^0-9A-F])/i.exec(line)?.[1];
    if (!digits) continue;
    const inOrder = digits.startsWith('98') ? swapPairs(digits) : digits;
    return inOrder.replace(/F+$/i, '');
  }
  return null;
}

function swapPairs(digits: string): string {
  return digits.replace(/(.)(.)/g, '$2$1');
}

/** A subscriber number of 6 to 15 digits (3GPP TS 23.003 §2.2), bare or under a prefix. */
export function parseImsi(lines: readonly string[]): string | null {
  for (const line of lines) {
    const digits = /^(?:\+CIMI: ?)?"?(\d{6,15})"?$/.exec(line)?.[1];
    if (digits) return digits;
  }
  return null;
}
