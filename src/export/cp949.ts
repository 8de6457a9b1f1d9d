import { pairOfUnit } from '../base/cp949.ts';

/** Stands for a character that CP949 lacks: the "geta" mark, which no name or address has. */
const substitute = 0xa1eb;

/**
 * A text in CP949 (Unified Hangul Code), for tools that do not read UTF-8. Decomposed Hangul, as files from a Mac
 * have it, is composed first. What CP949 lacks becomes `〓` and is counted.
 */
export function encodeCp949(text: string): { bytes: Uint8Array; substituted: number } {
  const composed = text.normalize('NFC');
  const bytes = Buffer.allocUnsafe(composed.length * 2);
  let length = 0;
  let substituted = 0;
  for (let i = 0; i < composed.length; i += 1) {
    const unit = composed.charCodeAt(i);
    if (unit < 0x80) {
      bytes[length++] = unit;
      continue;
    }
    const code = pairOfUnit(unit);
    if (code === 0) substituted += 1;
    length = bytes.writeUInt16BE(code === 0 ? substitute : code, length);
    // The two halves of a character beyond U+FFFF are one loss, not two.
    if (code === 0 && isPair(unit, composed.charCodeAt(i + 1))) i += 1;
  }
  return { bytes: bytes.subarray(0, length), substituted };
}

const isPair = (high: number, low: number) => (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;
