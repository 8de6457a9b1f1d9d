import type { LineStatus } from '../line-report.ts';

/** Raises the alarm `texts.unreadable` of one line: memories count texts and refuse to show them. It outlives sessions. */
export class UnreadableTexts {
  readonly #status: LineStatus;
  readonly #counts = new Map<string, number>();

  constructor(status: LineStatus) {
    this.#status = status;
  }

  /** A reading of the whole memory has shown so many. */
  record(memory: string, count: number): void {
    this.#counts.set(memory, count);
    const isOn = [...this.#counts.values()].some((each) => each > 0);
    this.#status.setAlarm('texts.unreadable', isOn, { memory, count });
  }
}

/**
 * A memory that counts more texts than its listing shows hides some (fault C10): its slots are read one by one. What
 * is counted after that is not there, and the count lies (fault C5): it is not believed again until it changes.
 */
export class HiddenTexts {
  /** How many texts each memory counts that are not there. */
  readonly #disproved = new Map<string, number>();

  /** Whether the memory hides texts. `excess`: how many more it counts than were seen. */
  areIn(memory: string, excess: number): boolean {
    const disproved = this.#disproved.get(memory) ?? 0;
    if (excess < disproved) this.disprove(memory, excess);
    return excess > disproved;
  }

  /** All slots were read one by one, and so many more texts are still counted. */
  disprove(memory: string, excess: number): void {
    this.#disproved.set(memory, Math.max(0, excess));
  }
}
