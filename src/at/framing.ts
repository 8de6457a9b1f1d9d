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
 * `> ` gets one too, because no line end follows it, NUL and other control octets are dropped (fault A5), and a
 * line loses what exceeds `maxOctets`. Octets beyond ASCII stay: only the reader knows whether a line may have any
 * (`withoutHigh`).
 */
export function createByteGuard(maxOctets = maxLineOctets): ByteGuard {
  /** Octets of the line that is not yet ended. */
  let length = 0;
  /** The same without those beyond ASCII, which do not hide a prompt. */
  let printed = 0;
  let beginsWithSign = false;

  function clean(octet: number): string {
    if (octet === cr || octet === lf) return length === 0 ? '' : end();
    const isHigh = octet >= 0x80 && octet < 0xff;
    if (!isHigh && !isPrinted(octet)) return '';
    if (!isHigh && printed === 0) beginsWithSign = octet === promptSign;
    length += 1;
    if (!isHigh) printed += 1;
    if (length > maxOctets) return '';
    const letter = String.fromCharCode(octet);
    return printed === 2 && beginsWithSign && octet === space ? letter + end() : letter;
  }

  function end(): string {
    length = 0;
    printed = 0;
    return '\n';
  }

  return { push: (octets) => Array.from(octets, clean).join('') };
}

/** A line as modems print it: in ASCII. Only the words of a text in text mode have more. */
export function withoutHigh(line: string): string {
  return line.replace(/[\u0080-\u00ff]/g, '');
}

/** ESC and SUB appear in echoes. */
function isPrinted(octet: number): boolean {
  return (octet >= space && octet <= 0x7e) || octet === esc || octet === sub;
}
