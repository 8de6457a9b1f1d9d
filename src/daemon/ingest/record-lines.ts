/** Octets of a line at most. A text of the longest kind, every character escaped, fits. */
export const longestLine = 262_144;

/** One line of the input without its end; null: it was longer than allowed. */
export interface InputLine {
  readonly octets: Buffer | null;
  /** The input ended before the line did. */
  readonly isCut: boolean;
}

/** Cuts an input into lines, and keeps at most one line of the longest length. */
export class RecordLines {
  #pieces: Buffer[] = [];
  #held = 0;

  /** The lines that end in this piece of the input. */
  *push(chunk: Buffer): Generator<InputLine> {
    let rest = chunk;
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      this.#hold(rest.subarray(0, end));
      yield { octets: this.#take(), isCut: false };
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) this.#hold(rest);
  }

  /** What stands behind the last line end. */
  *end(): Generator<InputLine> {
    if (this.#held > 0) yield { octets: this.#take(), isCut: true };
  }

  #hold(piece: Buffer): void {
    this.#held += piece.length;
    if (this.#held <= longestLine) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #take(): Buffer | null {
    const octets = this.#held > longestLine ? null : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    return octets;
  }
}
