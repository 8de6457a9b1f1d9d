/** Stands for a character that CP949 lacks: the "geta" mark, which no name or address has. */
const substitute = 0xa1eb;

/** Characters that Microsoft added to KS X 1001 and that the runtime's EUC-KR may not know. */
const additions = [
  ['€', 0xa2e6],
  ['®', 0xa2e7],
] as const;

let table: Uint16Array | null = null;

/**
 * A text in CP949 (Unified Hangul Code), for tools that do not read UTF-8. Decomposed Hangul, as files from a Mac
 * have it, is composed first. What CP949 lacks becomes `〓` and is counted.
 */
export function encodeCp949(text: string): { bytes: Uint8Array; substituted: number } {
  table ??= buildTable();
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
    const code = table[unit] ?? 0;
    if (code === 0) substituted += 1;
    length = bytes.writeUInt16BE(code === 0 ? substitute : code, length);
    // The two halves of a character beyond U+FFFF are one loss, not two.
    if (code === 0 && isPair(unit, composed.charCodeAt(i + 1))) i += 1;
  }
  return { bytes: bytes.subarray(0, length), substituted };
}

const isPair = (high: number, low: number) => (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;

/** Code by UTF-16 unit; 0 where there is none. */
function buildTable(): Uint16Array {
  const codes = new Uint16Array(0x10000);
  addKsX1001(codes);
  addExtension(codes);
  for (const [character, code] of additions) codes[character.charCodeAt(0)] = code;
  return codes;
}

/** KS X 1001 from the runtime's own EUC-KR, without the private use area that some of them put behind it. */
function addKsX1001(codes: Uint16Array): void {
  const decoder = new TextDecoder('euc-kr');
  for (let lead = 0xa1; lead <= 0xfe; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      const unit = text.charCodeAt(0);
      const isPrivate = unit >= 0xe000 && unit <= 0xf8ff;
      if (text.length === 1 && unit !== 0xfffd && !isPrivate) codes[unit] = (lead << 8) | trail;
    }
  }
}

/**
 * The 8,822 syllables that KS X 1001 lacks, in the order of Unicode: that is how the extension was laid out, and
 * not every runtime's EUC-KR has them (ICU's has not).
 */
function addExtension(codes: Uint16Array): void {
  const free = extensionCodes();
  for (let syllable = 0xac00; syllable <= 0xd7a3; syllable += 1) {
    if (codes[syllable] === 0) codes[syllable] = free.next().value ?? 0;
  }
}

function* extensionCodes(): Generator<number, undefined> {
  for (let lead = 0x81; lead <= 0xc6; lead += 1) {
    for (let trail = 0x41; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail += 1) {
      const isGap = (trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81);
      if (!isGap) yield (lead << 8) | trail;
    }
  }
}
