import type { Clock, Timer } from '../../base/clock.ts';
import type { Transport } from './transport.ts';

/** How much of one line is handled before the others have their turn: a fraction of a millisecond's work. */
export const turnLimits = { lines: 32, octets: 4_096 } as const;

const cr = 0x0d;
const lf = 0x0a;

/** How many of these octets one turn handles; at least one of any. */
export function turnOf(octets: Uint8Array): number {
  const most = Math.min(octets.length, turnLimits.octets);
  let lines = 0;
  for (let at = 0; at < most; at += 1) {
    // Each line end counts when the next line begins, so that CR and LF stay together.
    if (!isLineEnd(octets[at]) || isLineEnd(octets[at + 1])) continue;
    lines += 1;
    if (lines === turnLimits.lines) return at + 1;
  }
  return most;
}

function isLineEnd(octet: number | undefined): boolean {
  return octet === cr || octet === lf;
}

/**
 * The same transport, which hands on what the modem sends turn by turn: between two turns the event loop serves the
 * other lines. While something waits for its turn the port is not read, so that the system's buffers hold the peer back.
 * Nothing is left out, and the pipe's end comes after everything that was read.
 */
export function inTurns(transport: Transport, clock: Clock): Transport {
  let receive: (octets: Uint8Array) => void = () => {};
  let ended: (why: Error | null) => void = () => {};
  let waiting: Uint8Array[] = [];
  let isHeld = false;
  let next: Timer | null = null;
  let end: { readonly why: Error | null } | null = null;
  let isClosed = false;
  let isHandling = false;

  function take(octets: Uint8Array): void {
    if (isClosed) return;
    waiting.push(octets);
    if (next === null) turn();
  }

  function turn(): void {
    next = null;
    const [octets] = waiting;
    if (octets !== undefined) {
      const length = turnOf(octets);
      if (length === octets.length) waiting.shift();
      else waiting[0] = octets.subarray(length);
      handOn(octets.subarray(0, length));
    }
    if (isClosed) return;
    if (waiting.length > 0) next = clock.after(0, turn);
    else if (end !== null) ended(end.why);
    hold(waiting.length > 0);
  }

  function handOn(octets: Uint8Array): void {
    isHandling = true;
    try {
      receive(octets);
    } finally {
      isHandling = false;
    }
  }

  function hold(wanted: boolean): void {
    if (wanted === isHeld || end !== null) return;
    isHeld = wanted;
    transport.hold?.(isHeld);
  }

  return {
    ...transport,
    onBytes(to) {
      receive = to;
      transport.onBytes(take);
    },
    onClose(to) {
      ended = to;
      transport.onClose((why) => {
        // What the port has read and holds comes before its end.
        if (isHeld) transport.hold?.(false);
        end = { why };
        if (next === null) ended(why);
      });
    },
    flush() {
      // Whoever is in the middle of a turn goes on with it.
      if (isHandling || isClosed) return;
      for (let octets = waiting.shift(); octets !== undefined && !isClosed; octets = waiting.shift())
        handOn(octets);
    },
    close() {
      isClosed = true;
      next?.cancel();
      waiting = [];
      return transport.close();
    },
  };
}
