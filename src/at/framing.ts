const cr = 0x0d;
const lf = 0x0a;
const sub = 0x1a;
const esc = 0x1b;

/** Longer than any answer that a modem gives; a line beyond it is noise from another protocol. */
export const maxLineOctets = 8_192;

/** Turns what a modem sends into clean lines, byte by byte or in chunks of any size with the same result. */
export interface ByteGuard {
  /** The lines that these octets complete, each ended by one line feed; the rest waits for its end. */
  push(octets: Uint8Array): string;
  /** Octets left out: NUL and whatever no modem prints (fault A5). */
  readonly dropped: number;
  /** Lines that were cut at `maxLineOctets`. */
  readonly cut: number;
}

/**
 * Splits on any run of CR and LF (fault B6), so that empty lines never appear; gives the prompt `> ` a line of
 * its own, because no line end follows it; bounds a line's length.
 */
export function createByteGuard(maxOctets = maxLineOctets): ByteGuard {
  let line = '';
  let tooLong = false;
  let dropped = 0;
  let cut = 0;

  function keep(octet: number): void {
    if (line.length < maxOctets) line += String.fromCharCode(octet);
    else if (!tooLong) {
      tooLong = true;
      cut += 1;
    }
  }

  function finish(): string {
    const finished = line === '' ? '' : `${line}\n`;
    line = '';
    tooLong = false;
    return finished;
  }

  return {
    push(octets) {
      let lines = '';
      for (const octet of octets) {
        if (octet === cr || octet === lf) lines += finish();
        else if (isKept(octet)) {
          keep(octet);
          if (line === '> ') lines += finish();
        } else dropped += 1;
      }
      return lines;
    },
    get dropped() {
      return dropped;
    },
    get cut() {
      return cut;
    },
  };
}

function isKept(octet: number): boolean {
  return (octet >= 0x20 && octet <= 0x7e) || octet === esc || octet === sub;
}
