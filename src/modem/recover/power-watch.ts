import { hourMs, minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { LineStatus } from '../line-report.ts';

/**
 * Signs of a weak supply or cable (fault E8): the modem was gone, has restarted by itself, or reports its voltage. So
 * many in this time are not a coincidence.
 */
const suspectSigns = 3;
const windowMs = hourMs;

/** What comes closer together is one sign: a modem that goes down and boots says so in several lines. */
const apartMs = 20_000;

/** A modem that the gateway itself has restarted boots within this time. */
const restartMs = 2 * minuteMs;

/** Times are monotonic milliseconds. */
export interface PowerSigns {
  /** The latest last. */
  readonly atMs: readonly number[];
  /** What looks like a sign until then was caused by the gateway. */
  readonly excusedUntilMs: number;
}

export const noPowerSigns: PowerSigns = { atMs: [], excusedUntilMs: -Infinity };

export function withSign(signs: PowerSigns, nowMs: number): PowerSigns {
  const recent = signs.atMs.filter((atMs) => nowMs - atMs < windowMs);
  const isNew = nowMs >= signs.excusedUntilMs && nowMs - (recent.at(-1) ?? -Infinity) >= apartMs;
  return { ...signs, atMs: isNew ? [...recent, nowMs] : recent };
}

export function withRestart(signs: PowerSigns, nowMs: number): PowerSigns {
  return { ...signs, excusedUntilMs: nowMs + restartMs };
}

/** How many signs there were within the window that ends now. */
export function countSigns(signs: PowerSigns, nowMs: number): number {
  return signs.atMs.filter((atMs) => nowMs - atMs < windowMs).length;
}

/** Raises the alarm `line.unstable-power` of one line. It outlives sessions. */
export class PowerWatch {
  readonly #clock: Clock;
  readonly #status: LineStatus;
  #signs = noPowerSigns;

  constructor(clock: Clock, status: LineStatus) {
    this.#clock = clock;
    this.#status = status;
  }

  recordSign(): void {
    this.#signs = withSign(this.#signs, this.#clock.monotonicMs());
    this.check();
  }

  /** The gateway itself has restarted the modem. */
  recordRestart(): void {
    this.#signs = withRestart(this.#signs, this.#clock.monotonicMs());
  }

  /** Begins the alarm or ends it. */
  check(): void {
    const count = countSigns(this.#signs, this.#clock.monotonicMs());
    this.#status.setAlarm('line.unstable-power', count >= suspectSigns, {
      count,
      windowMinutes: windowMs / minuteMs,
    });
  }
}
