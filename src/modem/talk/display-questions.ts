import { displayQuery } from '../../at/command.ts';
import { dayMs, minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { Session } from './session.ts';

const firstPauseMs = 10 * minuteMs;

/**
 * Questions whose answers are only shown (operator, signal). One that is not answered holds up texts for some seconds, so
 * it is asked again after ten minutes, and each time it fails again after twice as long. It outlives sessions.
 */
export class DisplayQuestions {
  readonly #clock: Clock;
  readonly #silent = new Map<string, { readonly untilMs: number; readonly pauseMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What `parse` reads in the last line of the answer; null if there is none, or the question is left out. */
  async read<T>(
    session: Session,
    text: string,
    prefix: string,
    parse: (line: string) => T | null,
  ): Promise<T | null> {
    const before = this.#silent.get(text);
    if (before !== undefined && this.#clock.monotonicMs() < before.untilMs) return null;
    const pauseMs = before === undefined ? firstPauseMs : Math.min(dayMs, before.pauseMs * 2);
    // Also if the session ends in it.
    this.#silent.set(text, { untilMs: this.#clock.monotonicMs() + pauseMs, pauseMs });
    const reply = await session.run(displayQuery(text, prefix));
    if (reply.ok || reply.error !== null) this.#silent.delete(text);
    const line = reply.ok ? reply.lines.at(-1) : undefined;
    return line === undefined ? null : parse(line);
  }
}
