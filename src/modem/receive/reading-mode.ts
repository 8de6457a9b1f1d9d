import { dayMs, minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';

/**
 * Whether AT+CMGL can be used. Some models hang in it or refuse it though AT+CMGR works (fault C9): the slots are
 * then read one by one, for a time that doubles with every failure.
 */
interface ListingHealth {
  readonly failures: number;
  /** Listings without an answer since the last one that had one. */
  readonly silences: number;
  /** Slots are read one by one until then; monotonic milliseconds. */
  readonly slotsUntilMs: number;
}

export const soundListing: ListingHealth = { failures: 0, silences: 0, slotsUntilMs: 0 };

const firstMs = 10 * minuteMs;
const longestMs = dayMs;
const maxFailures = 10;

export function afterRefusal(health: ListingHealth, nowMs: number): ListingHealth {
  const forMs = Math.min(longestMs, firstMs * 2 ** health.failures);
  return {
    failures: Math.min(health.failures + 1, maxFailures),
    silences: 0,
    slotsUntilMs: nowMs + forMs,
  };
}

/** One silence can have any cause; two in a row are the fault of the listing. */
export function afterSilence(health: ListingHealth, nowMs: number): ListingHealth {
  return health.silences === 0 ? { ...health, silences: 1 } : afterRefusal(health, nowMs);
}

export function mayList(health: ListingHealth, nowMs: number): boolean {
  return nowMs >= health.slotsUntilMs;
}

/** However the modem tells which slots are in use, all of them are read this often. */
const fullScanMs = 10 * minuteMs;

/** How the memories of one line are best read. It outlives sessions. */
export class ReadingMode {
  readonly #clock: Clock;
  #health = soundListing;
  #nextBySlots = false;
  /** When all slots of each memory were read one by one; monotonic milliseconds. */
  readonly #scannedMs = new Map<string, number>();
  /** The slot of each memory that the next pass begins with. */
  readonly #nextSlot = new Map<string, number>();
  /** The modem was seen to keep several messages under one slot (fault C14). */
  sharesSlots = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next reading goes through all slots, because a listing leaves texts out (fault C10). */
  readNextBySlots(): void {
    this.#nextBySlots = true;
  }

  /** True once after `readNextBySlots`. */
  takeNextBySlots(): boolean {
    const bySlots = this.#nextBySlots;
    this.#nextBySlots = false;
    return bySlots;
  }

  get mayList(): boolean {
    return mayList(this.#health, this.#clock.monotonicMs());
  }

  recordListing(): void {
    this.#health = soundListing;
  }

  recordRefusal(): void {
    this.#health = afterRefusal(this.#health, this.#clock.monotonicMs());
  }

  recordSilence(): void {
    this.#health = afterSilence(this.#health, this.#clock.monotonicMs());
  }

  /** A pass has ended before this slot: the next one goes on there, also in another session. */
  recordStop(memory: string, nextSlot: number): void {
    this.#nextSlot.set(memory, nextSlot);
  }

  /** The slots in the order in which the next pass reads them. */
  inOrder(memory: string, slots: readonly number[]): readonly number[] {
    const from = this.#nextSlot.get(memory) ?? 0;
    return [...slots.filter((slot) => slot >= from), ...slots.filter((slot) => slot < from)];
  }

  /** Every slot was read. */
  recordPass(memory: string): void {
    this.#nextSlot.delete(memory);
  }

  recordFullScan(memory: string): void {
    this.#scannedMs.set(memory, this.#clock.monotonicMs());
  }

  isFullScanDue(memory: string): boolean {
    return this.#clock.monotonicMs() - (this.#scannedMs.get(memory) ?? -Infinity) >= fullScanMs;
  }
}
