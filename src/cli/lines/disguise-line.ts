/** What stands in for a number, for words and for a PDU; each gives as many characters as it gets. */
export interface Disguise {
  digits(digits: string): string;
  words(text: string): string;
  /** `tpduLength`: as the header announced it; null without one. */
  pdu(hex: string, tpduLength: number | null): string;
}

/** Also as Android's modem says it: `ERROR: UNSUPPORTED`. */
export const finalResult = /^(?:OK|ERROR(?:: [A-Z ]+)?|\+CM[ES] ERROR:.*|NO CARRIER|COMMAND NOT SUPPORT)$/;
/** What modems say of themselves without a prefix. */
const ownWords: ReadonlySet<string> = new Set([
  ...['RDY', 'SMS Ready', 'SMS READY', 'Call Ready', 'PB DONE', 'RING', 'BUSY', 'NO ANSWER', 'NO DIALTONE'],
  ...['NORMAL POWER DOWN', 'POWERED DOWN', '>', '> '],
]);
/** Questions that are answered by a line of the modem's own, without a prefix. */
const bareQuestions = /^AT\+?(?:C?GM[IMR]|C?GSN|CIMI|I\d?)\??$/;
const prefixed = /^([+^*$%#][A-Z]{2,})(?::|$)/;
/** The lines that hold what people sent, or who they are. */
const personal = /^\+(?:CMGL|CMGR|CMT|CDS|CBM|CUSD|CLIP|CNUM|CPBR|CCWA|COLP|CSCA)$/;
/** Content follows each of these. */
const headers = /^\+(?:CMGL|CMGR|CMT|CDS|CBM)$/;
const shownQuotes =
  /^"(?:REC (?:UN)?READ|STO (?:UN)?SENT|ALL|SM|ME|MT|SR|BM|TA|\d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d[+-]\d\d|)"$/;
/** A PDU is longer than any number. */
const numbersAndPdus = /[0-9A-Fa-f]{24,}|\d{6,}/g;
const everythingPersonal = /"[^"]*"?|[0-9A-Fa-f]{24,}|\d{6,}|[A-Za-z]{2,}|[^\x20-\x7e]+/g;

/** What follows a header: one PDU, or lines of text. */
interface Content {
  readonly header: string;
  readonly isText: boolean;
  readonly tpduLength: number | null;
}

/**
 * Replaces, line by line, what could be a person's or the SIM's: numbers, PDUs and words. What is known to be the
 * modem's own stays; every other line is words. Lines of both directions come in the order of the wire.
 */
export class LineDisguiser {
  readonly #with: Disguise;
  #command = '';
  #content: Content | null = null;

  constructor(disguise: Disguise) {
    this.#with = disguise;
  }

  /** A command, without its line end. */
  host(line: string): string {
    this.#command = withoutEscape(line);
    this.#content = null;
    return this.#ownLine(line);
  }

  /** A line of the modem, without its line end; it may be a part of one. */
  modem(line: string): string {
    const content = this.#content;
    const prefix = prefixed.exec(line)?.[1];
    if (content !== null && this.#isContent(line, prefix, content)) {
      if (!content.isText) this.#content = null;
      return this.#contentLine(line, content.tpduLength);
    }
    if (prefix !== undefined) return this.#prefixedLine(line, prefix);
    if (/^AT/i.test(withoutEscape(line)) && !this.#content) return this.#ownLine(line);
    if (finalResult.test(line)) {
      this.#content = null;
      return line;
    }
    if (ownWords.has(line)) return line;
    return bareQuestions.test(this.#command) ? this.#ownLine(line) : this.#contentLine(line, null);
  }

  /** In PDU mode notifications come between a header and its PDU (fault B1). In text mode every line may be words. */
  #isContent(line: string, prefix: string | undefined, { header, isText }: Content): boolean {
    if (!isText) return prefix === undefined && !finalResult.test(line) && !ownWords.has(line);
    const ends = header !== '+CMT' && finalResult.test(line);
    return prefix !== header && !ends;
  }

  /** A PDU, perhaps with the next line glued to it (fault B7); else words. */
  #contentLine(line: string, tpduLength: number | null): string {
    const [, hex, rest = ''] = /^([0-9A-Fa-f]{16,}?)(OK|ERROR|\+C[A-Z]+:.*|)$/.exec(line) ?? [];
    if (hex === undefined) return this.#with.words(line);
    return this.#with.pdu(hex, tpduLength) + (rest === '' ? '' : this.modem(rest));
  }

  #prefixedLine(line: string, prefix: string): string {
    if (headers.test(prefix)) this.#content = contentAfter(line, prefix);
    if (!personal.test(prefix)) return this.#ownLine(line);
    const rest = line.slice(prefix.length);
    return prefix + rest.replace(everythingPersonal, (found) => this.#personal(found));
  }

  #personal(found: string): string {
    if (!found.startsWith('"'))
      return this.#isNumberOrPdu(found) ? this.#coded(found) : this.#with.words(found);
    if (shownQuotes.test(found)) return found;
    return found.replace(/[^"]+/, (quoted) =>
      /^\+?\d+$/.test(quoted)
        ? quoted.replace(/\d+/, (digits) => this.#with.digits(digits))
        : this.#with.words(quoted),
    );
  }

  #isNumberOrPdu(text: string): boolean {
    return /^(?:[0-9A-Fa-f]{24,}|\d+)$/.test(text);
  }

  #coded(found: string): string {
    return found.length >= 24 ? this.#with.pdu(found, null) : this.#with.digits(found);
  }

  #ownLine(line: string): string {
    const isPin = /^AT\+CPIN=/i.test(withoutEscape(line));
    return line.replace(isPin ? /\d+/g : numbersAndPdus, (found) => this.#coded(found));
  }
}

/** A header in PDU mode ends with the length of the TPDU; one in text mode has quoted fields. */
function contentAfter(line: string, header: string): Content {
  const isText = /"(?:REC|STO) |"[^"]*",(?:"[^"]*")?,"\d\d\//.test(line);
  const length = isText ? undefined : /[:,]\s*(\d+)\s*$/.exec(line)?.[1];
  return { header, isText, tpduLength: length === undefined ? null : Number(length) };
}

/** The gateway begins each session with an ESC (fault B13). */
function withoutEscape(line: string): string {
  return line.replaceAll('\u001b', '');
}
