const cr = 0x0d;
const lf = 0x0a;
const sub = 0x1a;
const esc = 0x1b;
const space = 0x20;
const promptSign = 0x3e;

/** Longer than any answer of a modem; a longer line is noise from another protocol. */
export const maxLineOctets = 8_192;

/** Cleans what a modem sends, octet by octet or in chunks of any size with the same result. */
interface ByteGuard {
  /** The octets of a chunk that may reach the parser of lines, as Latin-1 text. */
  push(octets: Uint8Array): string;
}

/**
 * What a parser that splits at `\n` needs of a modem: each run of CR and LF becomes one `\n` (fault B6), the prompt
 * `> ` gets one too, because no line end follows it, NUL and other unprintable octets are dropped (fault A5), and a
 * line loses what exceeds `maxOctets`.
 */
export function createByteGuard(maxOctets = maxLineOctets): ByteGuard {
  /** Octets of the line that is not yet ended. */
  let length = 0;
  let beginsWithSign = false;

  function clean(octet: number): string {
    if (octet === cr || octet === lf) return length === 0 ? '' : end();
    if (!isPrinted(octet)) return '';
    if (length === 0) beginsWithSign = octet === promptSign;
    length += 1;
    if (length > maxOctets) return '';
    const letter = String.fromCharCode(octet);
    return length === 2 && beginsWithSign && octet === space ? letter + end() : letter;
  }

  function end(): string {
    length = 0;
    return '\n';
  }

  return { push: (octets) => Array.from(octets, clean).join('') };
}

/** ESC and SUB appear in echoes. */
function isPrinted(octet: number): boolean {
  return (octet >= space && octet <= 0x7e) || octet === esc || octet === sub;
}
