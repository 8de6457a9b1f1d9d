import { type Allowance, allowanceAt, fullAllowance, type Limit, take } from '../../base/allowance.ts';
import { minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import { type AppError, fault } from '../../base/errors.ts';
import type { LineStatus } from '../line-report.ts';
import type { Transport } from './transport.ts';

export type Flood = 'lines' | 'octets' | 'rubbish';

/** What a budget counts on the wire. */
type Measure = 'lines' | 'octets';

interface LineLimit extends Limit {
  /** What a port has at least when it opens, however much it flooded before. */
  readonly atOpen: number;
  /** What each text adds that the register has taken from a memory. */
  readonly perText: number;
}

/**
 * Well above any modem. A listing of the largest memory, 10,000 texts, is 20,000 lines and 4 MB, and may come three
 * times in a row; when a port opens it may come once. The fastest serial USB ports (12 Mbit/s) bring a MiB a second. A
 * text is a notification, two lines of a listing and the answer to its deletion: however fast texts come, those that are
 * taken pay for themselves, and are never cut off.
 */
export const lineLimits: Readonly<Record<Measure, LineLimit>> = {
  lines: { burst: 64_000, perSecond: 2_000, atOpen: 24_000, perText: 8 },
  octets: { burst: 16 << 20, perSecond: 1 << 20, atOpen: 6 << 20, perText: 2_048 },
};

/** What a line may still say. */
export type Budget = Readonly<Record<Measure, Allowance>>;

export function fullBudget(nowMs: number): Budget {
  return {
    lines: fullAllowance(lineLimits.lines, nowMs),
    octets: fullAllowance(lineLimits.octets, nowMs),
  };
}

/** A closed port saves nothing up: else a peer that floods would get its whole burst again after each pause. */
export function budgetAtOpen({ lines, octets }: Budget, nowMs: number): Budget {
  return {
    lines: { left: Math.max(lines.left, lineLimits.lines.atOpen), atMs: nowMs },
    octets: { left: Math.max(octets.left, lineLimits.octets.atOpen), atMs: nowMs },
  };
}

/** What texts that were taken add, up to the burst. */
export function earn({ lines, octets }: Budget, texts: number): Budget {
  const added = (measure: Measure, { left, atMs }: Allowance): Allowance => {
    const { burst, perText } = lineLimits[measure];
    return { left: Math.min(burst, left + texts * perText), atMs };
  };
  return { lines: added('lines', lines), octets: added('octets', octets) };
}

/** What is left after these octets; `flood`: what they are too many of, and `within`, how many of them are not. */
export function spend(
  before: Budget,
  octets: Uint8Array,
  nowMs: number,
): { readonly after: Budget; readonly within: number; readonly flood: Measure | null } {
  const now = {
    lines: allowanceAt(before.lines, lineLimits.lines, nowMs),
    octets: allowanceAt(before.octets, lineLimits.octets, nowMs),
  };
  const cut = lineEnds(octets, now.lines.left);
  const within = Math.min(cut.within, Math.floor(Math.max(0, now.octets.left)));
  const after = { lines: take(now.lines, cut.ends), octets: take(now.octets, octets.length) };
  if (within === octets.length) return { after, within, flood: null };
  return { after, within, flood: within < cut.within ? 'octets' : 'lines' };
}

/** Runs of CR and LF, and how many octets come before there are more than `most`. */
function lineEnds(octets: Uint8Array, most: number): { readonly ends: number; readonly within: number } {
  let ends = 0;
  let isInEnd = false;
  for (let at = 0; at < octets.length; at += 1) {
    const octet = octets[at];
    const isEnd = octet === 0x0d || octet === 0x0a;
    if (isEnd && !isInEnd) {
      ends += 1;
      if (ends > most) return { ends, within: at };
    }
    isInEnd = isEnd;
  }
  return { ends, within: octets.length };
}

/** An alarm ends when a line has not flooded for so long. */
const calmMs = 10 * minuteMs;

/** Ends the use of a port. */
type EndPort = (why: AppError) => void;

/**
 * Bounds what one line may cost the others: beyond the limits its port is closed, and opened again after a pause as any
 * port that fails. It outlives sessions and ports.
 */
export class LineBudget {
  readonly #clock: Clock;
  readonly #status: Pick<LineStatus, 'setAlarm'>;
  #left: Budget;
  #floodedMs = -Infinity;
  #endPort: EndPort = () => {};

  constructor(clock: Clock, status: Pick<LineStatus, 'setAlarm'>) {
    this.#clock = clock;
    this.#status = status;
    this.#left = fullBudget(clock.monotonicMs());
  }

  /** The same transport, which ends with `line.flooded` when the peer says too much. */
  on(transport: Transport): Transport {
    this.#left = budgetAtOpen(this.#left, this.#clock.monotonicMs());
    let isOver = false;
    let ended: (why: Error | null) => void = () => {};
    const endPort: EndPort = (why) => {
      if (isOver) return;
      isOver = true;
      void transport.close();
      ended(why);
    };
    this.#endPort = endPort;
    return {
      ...transport,
      onBytes: (receive) =>
        transport.onBytes((octets) => {
          if (isOver) return;
          const { after, within, flood } = spend(this.#left, octets, this.#clock.monotonicMs());
          this.#left = after;
          // A text in what is still within the budget is taken.
          if (within > 0) receive(octets.subarray(0, within));
          if (flood !== null) this.closePort(flood);
        }),
      onClose: (to) => {
        ended = to;
        transport.onClose(to);
      },
      close: () => {
        isOver = true;
        return transport.close();
      },
    };
  }

  /** The register has taken so many texts out of a memory of the modem. */
  recordTexts(texts: number): void {
    this.#left = earn(this.#left, texts);
  }

  /** Closes the port, raises the alarm, and gives the error of the session that ends by it. */
  closePort(what: Flood): AppError {
    const why = fault('line.flooded', { what });
    this.#floodedMs = this.#clock.monotonicMs();
    this.#status.setAlarm('line.flooded', true, { what });
    this.#endPort(why);
    return why;
  }

  /** Ends the alarm of a line that has been calm. */
  check(): void {
    if (this.#clock.monotonicMs() - this.#floodedMs >= calmMs) this.#status.setAlarm('line.flooded', false);
  }
}
