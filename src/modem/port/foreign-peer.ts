import { parseFinal } from '../../at/final-result.ts';
import { isNotification } from '../../at/notification.ts';
import type { Clock } from '../../base/clock.ts';
import type { Transport } from './transport.ts';

/** Why a port is the wrong one. Each has a page of `explain`. */
export type WrongPortReason =
  /** Somebody else talks there: a login, a shell, a web server, a serial server that says why it closes. */
  | 'port.not-modem'
  /** What is written comes back, and nothing else. */
  | 'port.echo'
  /** It closes within a second of every opening. */
  | 'port.closes';

export interface WrongPort {
  readonly reason: WrongPortReason;
  /** The first line that was heard, its digits masked; null if there was none. */
  readonly heard: string | null;
}

/** A port that closes so soon was not closed by a modem. */
const atOnceMs = 1_000;
/** Openings in a row after which that is no coincidence: a serial server may be starting. */
const maxClosings = 3;
/** Octets of each opening that are looked at, and characters that are shown of a line. */
const maxOctets = 4_096;
const maxShown = 60;

/** One opening of a port, when it has ended. */
export interface Hearing {
  /** What came, one octet a character. */
  readonly octets: string;
  /** A clean OK or ERROR came. */
  readonly isAnswered: boolean;
  readonly isClosedAtOnce: boolean;
}

/** What earlier openings have shown. */
export interface EarlierHearings {
  /** A modem has answered at this port since the program started. */
  readonly hasBeenModem: boolean;
  /** How many openings in a row, this one included, closed at once without an answer. */
  readonly closings: number;
  /** The line that was heard at the opening before. */
  readonly heard: string | null;
}

/**
 * Whether something else than a modem is at a port. What no answer came from may still be a modem that is slow or hangs;
 * one that has answered before must say the same twice, or close at once.
 */
export function judgeHearing(hearing: Hearing, earlier: EarlierHearings): WrongPort | null {
  if (hearing.isAnswered) return null;
  const lines = linesOf(hearing.octets);
  const heard = lines.find(isForeign) ?? null;
  const isSure = !earlier.hasBeenModem || hearing.isClosedAtOnce || heard === earlier.heard;
  if (heard !== null && isSure) return { reason: 'port.not-modem', heard };
  if (lines.length > 0 && lines.every(isEcho) && !earlier.hasBeenModem)
    return { reason: 'port.echo', heard: null };
  const isClosing = hearing.isClosedAtOnce && lines.length === 0 && earlier.closings >= maxClosings;
  return isClosing ? { reason: 'port.closes', heard: null } : null;
}

/** The lines that are readable as a whole: at a wrong rate none is. Their digits are masked. */
function linesOf(octets: string): string[] {
  return withoutControls(octets)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => /^[ -~]+$/.test(line))
    .map((line) => line.slice(0, maxShown));
}

/** Without telnet's negotiation (RFC 854), colours and other sequences of terminals, and single control characters. */
function withoutControls(octets: string): string {
  return (
    octets
      .replace(/\u00ff[\u00fb-\u00fe].|\u00ff\u00fa.*?\u00ff\u00f0|\u00ff[\u00f0-\u00f9]/gs, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences of a terminal begin with ESC
      .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: such characters are no part of a line
      .replace(/[\u0007\u0008\u0009\u001a\u001b]/g, '')
  );
}

/** What we have written ourselves. */
function isEcho(line: string): boolean {
  return /^AT(?:[Q+]|$)/i.test(line);
}

/** Neither what a modem says unasked or as an answer, nor digits, a PDU or an echo. */
function isForeign(line: string): boolean {
  if (/^\$G[A-Z]{3,4},/.test(line)) return true;
  const isModems = isNotification(line) || parseFinal(line) !== null || /^[0-9A-Fa-f"]+$/.test(line);
  return !isModems && !isEcho(line) && /[A-Za-z]{2}/.test(line);
}

function masked(line: string): string {
  return line.replace(/\d/g, '*');
}

/** Listens to what is at one line's port until it has answered like a modem. It outlives sessions. */
export class PeerWatch {
  readonly #clock: Clock;
  #octets = '';
  #openedMs = 0;
  #closedMs: number | null = null;
  #isAnswered = false;
  #hasBeenModem = false;
  #closings = 0;
  #heard: string | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The port was opened: the same transport, listened to. */
  on(transport: Transport): Transport {
    this.#octets = '';
    this.#openedMs = this.#clock.monotonicMs();
    this.#closedMs = null;
    this.#isAnswered = false;
    return {
      ...transport,
      onBytes: (receive) =>
        transport.onBytes((bytes) => {
          this.#listen(bytes);
          receive(bytes);
        }),
      onClose: (ended) =>
        transport.onClose((why) => {
          this.#closedMs = this.#clock.monotonicMs();
          ended(why);
        }),
    };
  }

  /** A clean OK or ERROR has come. */
  recordAnswer(): void {
    this.#isAnswered = true;
    this.#octets = '';
  }

  /** The modem is in step. */
  recordModem(): void {
    this.#hasBeenModem = true;
    this.#closings = 0;
    this.#heard = null;
  }

  /** A session has ended, which needs not mean that the port is closed. */
  judge(): WrongPort | null {
    const isClosedAtOnce = this.#isClosedAtOnce;
    this.#closings = this.hasClosedUnanswered ? this.#closings + 1 : 0;
    const hearing = { octets: this.#octets, isAnswered: this.#isAnswered, isClosedAtOnce };
    const earlier = { hasBeenModem: this.#hasBeenModem, closings: this.#closings, heard: this.#heard };
    this.#heard = this.#isAnswered ? null : (linesOf(this.#octets).find(isForeign) ?? null);
    const wrong = judgeHearing(hearing, earlier);
    return wrong && { ...wrong, heard: wrong.heard && masked(wrong.heard) };
  }

  /** The same of a port that is opened once and for which nobody can wait: one closing at once is enough. */
  judgeOnce(): WrongPort | null {
    const closes = this.hasClosedUnanswered;
    return this.judge() ?? (closes ? { reason: 'port.closes', heard: null } : null);
  }

  /** The port has closed before a modem could have answered: that is no sign of a weak supply. */
  get hasClosedUnanswered(): boolean {
    return this.#isClosedAtOnce && !this.#isAnswered;
  }

  get #isClosedAtOnce(): boolean {
    return this.#closedMs !== null && this.#closedMs - this.#openedMs < atOnceMs;
  }

  #listen(bytes: Uint8Array): void {
    if (this.#isAnswered || this.#octets.length >= maxOctets) return;
    this.#octets += Buffer.from(bytes).toString('latin1').slice(0, maxOctets);
  }
}
