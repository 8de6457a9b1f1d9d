import { hourMs, minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { LineStatus } from '../line-report.ts';
import type { ServiceProofs } from '../recover/service-proofs.ts';

/** A poll may take a text so long before the modem announces it: many print nothing while they answer. */
const lateMs = 2 * minuteMs;
/** A text that was taken may be announced once more, or under a wrong place, within this time. */
const repeatMs = 15_000;
/** A slot may show its text so long after the announcement. */
const settleMs = 10_000;
/** A text that is announced without a slot may wait in the network for room (fault C2). */
const slotlessMs = 10 * minuteMs;
/** So many missing texts within an hour are an alarm. */
const maxMissing = 2;
/** A flood of announcements is not remembered whole (fault B3). */
const maxPending = 500;

/** What the modem has announced, and no reading has shown yet. */
interface Announced {
  readonly memory: string | null;
  readonly slot: number | null;
  /** Monotonic milliseconds, as all times here. */
  readonly atMs: number;
  /** It may be the text that was taken from the same slot just before. */
  readonly isRepeat: boolean;
  /** Its slot was read alone. */
  isSought: boolean;
  /** It was in no memory that was read after it was announced; every memory is read next. */
  isSpread: boolean;
}

/** A text that the line has received. */
interface Taking {
  /** Null: it came directly. */
  readonly place: string | null;
  readonly atMs: number;
  isAnnounced: boolean;
}

/**
 * Finds out which announced texts cannot be found: those that no reading shows in the slot that was named, and that no
 * other text explains which came unannounced, because some modems name the wrong memory or slot (faults C1, C7). A text
 * that is announced twice, or after a poll has taken it, is not missing. It outlives sessions.
 */
export class AnnouncedTexts {
  readonly #clock: Clock;
  readonly #status: LineStatus;
  readonly #proofs: ServiceProofs;
  readonly #pending = new Map<string, Announced>();
  /** Announced texts that a reading has shown and that are not deleted yet. */
  readonly #shown = new Set<string>();
  #takings: Taking[] = [];
  /** When a text was found missing, within the last hour. */
  #missingMs: readonly number[] = [];
  #missingInRow = 0;
  #changedAt: number | null = null;

  constructor(clock: Clock, status: LineStatus, proofs: ServiceProofs) {
    this.#clock = clock;
    this.#status = status;
    this.#proofs = proofs;
  }

  /** One text after the other could not be found: an empty memory proves nothing. */
  get contradictsEmpty(): boolean {
    return this.#missingInRow >= maxMissing;
  }

  /** A session begins: what another SIM or modem has announced is not sought in this one. */
  begin(): void {
    const { changedAt } = this.#status.report;
    if (changedAt !== this.#changedAt) this.#pending.clear();
    this.#changedAt = changedAt;
    // An earlier session may have ended before it had looked.
    for (const each of this.#pending.values()) each.isSought = false;
  }

  announce(memory: string | null, slot: number | null): void {
    if (this.#pending.size >= maxPending) return;
    const nowMs = this.#clock.monotonicMs();
    const place = placeOf(memory, slot);
    const earlier = this.#pending.get(place);
    if (earlier?.isRepeat === false) {
      // It does not wait longer for that.
      earlier.isSought = false;
      return;
    }
    const taking = this.#takings.findLast((each) => each.place === place);
    const isRepeat = taking !== undefined && nowMs - taking.atMs <= (taking.isAnnounced ? repeatMs : lateMs);
    if (isRepeat) taking.isAnnounced = true;
    this.#pending.set(place, { memory, slot, atMs: nowMs, isRepeat, isSought: false, isSpread: false });
  }

  /** A reading shows a text; `slot` is null if it does not say where. */
  recordShown(memory: string, slot: number | null): void {
    this.#missingInRow = 0;
    if (slot === null) {
      for (const [place, each] of this.#pending) if (each.memory === memory) this.#pending.delete(place);
      return;
    }
    const place = placeOf(memory, slot);
    if (this.#pending.delete(place)) this.#shown.add(place);
  }

  /** The text is in the register, and the slot is empty again. */
  recordTaken(memory: string, slot: number): void {
    const place = placeOf(memory, slot);
    // One may be announced between the reading and the deletion.
    const isAnnounced = this.#pending.delete(place) || this.#shown.has(place);
    this.#shown.delete(place);
    this.#take({ place, atMs: this.#clock.monotonicMs(), isAnnounced });
  }

  /** A text came directly; some modems announce it as well (fault C15). */
  recordDirect(): void {
    this.#take({ place: null, atMs: this.#clock.monotonicMs(), isAnnounced: false });
  }

  /** The slots of a memory that were announced before a reading of it began and that it did not show, each once. */
  takeUnseen(memory: string, beganMs: number): number[] {
    const unseen = [...this.#pending.values()].filter(
      (each) => each.memory === memory && !each.isSought && !each.isRepeat && each.atMs <= beganMs,
    );
    for (const each of unseen) each.isSought = true;
    return unseen.flatMap(({ slot }) => slot ?? []);
  }

  /** The slots could not be read, or what they hold could not be recorded: they are to be sought again. */
  putBack(memory: string, slots: readonly number[]): void {
    const atMs = this.#clock.monotonicMs();
    const anew = { memory, atMs, isRepeat: false, isSought: false, isSpread: false };
    for (const slot of slots) this.#pending.set(placeOf(memory, slot), { ...anew, slot });
  }

  /** The memories that were announced were read, from `beganMs` on. True if a text is still to be found. */
  spread(beganMs: number): boolean {
    const missing = [...this.#pending.values()].filter(
      (each) => !each.isSpread && !each.isRepeat && each.atMs <= beganMs,
    );
    for (const each of missing) each.isSpread = true;
    return missing.length > 0;
  }

  /** Every memory was read, from `beganMs` on: counts what is still missing. */
  conclude(beganMs: number): void {
    for (const [place, each] of this.#pending) {
      const patienceMs = each.slot === null ? slotlessMs : settleMs;
      if (!(each.isSpread || each.isRepeat) || each.atMs + patienceMs > beganMs) continue;
      this.#pending.delete(place);
      if (!each.isRepeat && !this.#isExplained(each)) this.#recordMissing(each);
    }
    this.#forgetOld();
    this.#showAlarm();
  }

  /** Another text explains at most one announcement; any explains one without a slot, which may have come later. */
  #isExplained({ atMs, slot }: Announced): boolean {
    const taking = this.#takings.find(
      (each) => each.atMs >= atMs - repeatMs && (slot === null || !each.isAnnounced),
    );
    if (taking) taking.isAnnounced = true;
    return taking !== undefined;
  }

  #recordMissing({ memory, slot }: Announced): void {
    this.#missingMs = [...this.#missingMs, this.#clock.monotonicMs()];
    this.#missingInRow += 1;
    this.#status.count('missing');
    this.#status.log('warn', 'line.text-missing', { memory, slot });
    if (this.contradictsEmpty) this.#proofs.disprove('memory');
  }

  #take(taking: Taking): void {
    this.#takings.push(taking);
    if (this.#takings.length > maxPending) this.#forgetOld();
  }

  #forgetOld(): void {
    const nowMs = this.#clock.monotonicMs();
    const oldestMs = Math.min(nowMs, ...[...this.#pending.values()].map(({ atMs }) => atMs));
    this.#takings = this.#takings.filter(({ atMs }) => atMs >= oldestMs - lateMs).slice(-maxPending);
    this.#missingMs = this.#missingMs.filter((atMs) => nowMs - atMs < hourMs);
  }

  #showAlarm(): void {
    const count = this.#missingMs.length;
    if (count < maxMissing) this.#missingInRow = Math.min(this.#missingInRow, count);
    this.#status.setAlarm('texts.missing', count >= maxMissing, { count });
  }
}

function placeOf(memory: string | null, slot: number | null): string {
  return `${memory ?? '?'} ${slot ?? '?'}`;
}
