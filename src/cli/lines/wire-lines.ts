import type { WireMessage } from '../../daemon/wire/wire-message.ts';
import { type Disguise, LineDisguiser } from './disguise-line.ts';

type WirePiece = Extract<WireMessage, { source: string }>;

/** A line of the wire with the line end that it had, and the time of its first octet. */
export interface WireLine {
  readonly atMs: number;
  readonly by: 'host' | 'modem';
  readonly text: string;
  /** Empty if the other side began to speak before the line ended. */
  readonly end: string;
}

/** Puts the pieces that were written and read together to lines. */
export class WireLines {
  #open: Omit<WireLine, 'end'> | null = null;

  /** The lines that end with this piece. */
  add({ atMs, source, octets }: WirePiece): WireLine[] {
    if (source === 'opened' || source === 'closed') return this.end();
    const cut = this.#open?.by === source ? [] : this.end();
    const ended: WireLine[] = [...cut];
    for (const [, text = '', end = ''] of octets.matchAll(/([^\r\n]*)([\r\n]*)/g)) {
      if (text === '' && end === '') continue;
      const line = { atMs, by: source, ...this.#open, text: (this.#open?.text ?? '') + text };
      if (end === '') this.#open = line;
      else {
        ended.push({ ...line, end });
        this.#open = null;
      }
    }
    return ended;
  }

  /** What was begun and not ended. */
  end(): WireLine[] {
    const open = this.#open;
    this.#open = null;
    return open === null ? [] : [{ ...open, end: '' }];
  }
}

/** A line of a trace as it is shown. */
export type ShownLine = Pick<WireLine, 'atMs' | 'by' | 'text'>;

/** What passes on a line's wire, put into lines that show of persons what the trace may show. */
export interface Wire {
  /** The lines that end with this piece. */
  add(piece: WirePiece): ShownLine[];
  /** What was begun and not ended. */
  end(): ShownLine[];
}

/** The wire of a modem. */
export class ModemWire implements Wire {
  readonly #lines = new WireLines();
  readonly #disguiser: LineDisguiser;

  constructor(disguise: Disguise) {
    this.#disguiser = new LineDisguiser(disguise);
  }

  add(piece: WirePiece): ShownLine[] {
    return this.#shown(this.#lines.add(piece));
  }

  end(): ShownLine[] {
    return this.#shown(this.#lines.end());
  }

  #shown(lines: readonly WireLine[]): ShownLine[] {
    return lines
      .filter(({ text }) => text !== '')
      .map(({ atMs, by, text }) => ({
        ...{ atMs, by },
        text: this.#disguiser[by](text).replaceAll('\u001b', '␛'),
      }));
  }
}
