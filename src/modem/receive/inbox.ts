import type { Clock } from '../../base/clock.ts';

/** More slots of a memory than this are read with one listing. */
const maxSlots = 50;
/** More names of memories than this are not remembered: no modem has as many. */
const maxMemories = 10;

/** What the modem has announced and nobody has dealt with yet. It outlives sessions. */
export class Inbox {
  readonly #hints = new Map<string, Set<number> | null>();
  #directs = 0;
  #owed = 0;
  #everywhere = false;
  #doubt = false;
  #bootWord = false;
  #ringing = false;
  #wake: (() => void) | null = null;

  /** Texts that came directly and that the register has taken, so far. */
  get directs(): number {
    return this.#directs;
  }

  /** How many of them may still have to be acknowledged to the network. */
  get owed(): number {
    return this.#owed;
  }

  /** Memories and slots that notifications named; null: all of the memory. */
  get hints(): ReadonlyMap<string, ReadonlySet<number> | null> {
    return this.#hints;
  }

  /** A notification may mean a text in any memory. */
  get everywhere(): boolean {
    return this.#everywhere;
  }

  /** Settings or SIM may have changed. */
  get doubt(): boolean {
    return this.#doubt;
  }

  /** The modem has said a word of its start: it may have rebooted. */
  get bootWord(): boolean {
    return this.#bootWord;
  }

  /** A call rings. */
  get ringing(): boolean {
    return this.#ringing;
  }

  /**
   * The register has taken a text that came directly. If it may not be acknowledged, the network sends it again; some
   * modems hand over no other after that.
   */
  recordDirect(mayAcknowledge: boolean): void {
    this.#directs += 1;
    if (mayAcknowledge) this.#owed += 1;
    else this.#doubt = true;
    this.#wake?.();
  }

  recordAcknowledged(count: number): void {
    this.#owed -= count;
  }

  /** Notes that this slot has a text; null for the whole memory, or for any memory. */
  hint(memory: string | null, slot: number | null): void {
    if (memory === null || (!this.#hints.has(memory) && this.#hints.size === maxMemories))
      this.#everywhere = true;
    else this.#hintIn(memory, slot);
    this.#wake?.();
  }

  #hintIn(memory: string, slot: number | null): void {
    const known = this.#hints.get(memory);
    if (known === null) return;
    const slots = known ?? new Set();
    if (slot !== null) slots.add(slot);
    this.#hints.set(memory, slot === null || slots.size > maxSlots ? null : slots);
  }

  /** Takes every hint out of the inbox. */
  takeHints(): ReadonlyMap<string, readonly number[] | null> {
    const hints = new Map([...this.#hints].map(([memory, slots]) => [memory, slots && [...slots]]));
    this.#hints.clear();
    this.#everywhere = false;
    return hints;
  }

  recordRing(): void {
    this.#ringing = true;
    this.#wake?.();
  }

  recordHangUp(): void {
    this.#ringing = false;
  }

  raiseDoubt(): void {
    this.#doubt = true;
    this.#wake?.();
  }

  recordBootWord(): void {
    this.#bootWord = true;
    this.#wake?.();
  }

  clearDoubt(): void {
    this.#doubt = false;
    this.#bootWord = false;
  }

  /** Ends a `wait`. */
  wake(): void {
    this.#wake?.();
  }

  /** Resolves after `delayMs`, when something comes in, or when `signal` aborts. */
  wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        timer.cancel();
        signal.removeEventListener('abort', end);
        this.#wake = null;
        resolve();
      };
      const timer = clock.after(delayMs, end);
      signal.addEventListener('abort', end, { once: true });
      this.#wake = end;
    });
  }
}
