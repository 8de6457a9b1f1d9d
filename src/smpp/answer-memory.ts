/*
 * SMPP has no time of the network, so two honest texts can be equal to the last octet. What decides whether an equal text
 * is a text that comes again: whether the carrier may lack the answer to the first.
 *
 * A text is `open` until it is answered: an equal one is the same, also if it came by then and is looked at later. It is
 * `answered` while nothing has proven yet that the carrier has read the answer: an equal text that comes on this link from
 * then on is another one, unless it has the same sequence number. If the link ends meanwhile, or this program does, or the answer went out late, the text is `doubtful`: an equal one is the same
 * for as long as carriers try again. A proof forgets it.
 */

interface Entry {
  readonly slot: number;
  readonly key: string | null;
  state: 'open' | 'answered' | 'doubtful';
  sequence: number;
  /** How many PDUs of the link had come when it was answered. */
  came: number;
  /** When it was answered, in order and in monotonic milliseconds; when a doubtful one is forgotten. */
  mark: number;
  atMs: number;
  untilMs: number;
}

/**
 * How many texts are remembered at most, in doubt and behind answers that nothing proves. No window of a carrier is as
 * large: who has sent so many more has read the answer to the first.
 */
const mostDoubtful = 50_000;
const mostUnproven = 10_000;

export interface AnswerMemoryOptions {
  /** How long a carrier may send a text again. */
  readonly resendMs: number;
  /** Slots that an earlier run has left, whose texts only the register can tell. */
  readonly earlier: readonly number[];
  readonly nowMs: number;
  /** A new number below 2^31. */
  readonly newSlot: () => number;
  readonly most?: { readonly doubtful: number; readonly unproven: number };
}

export interface CameText {
  /** The same for texts that are equal. */
  readonly key: string;
  readonly sequence: number;
  /** Among the PDUs of its link, in the order in which they came, from 1. */
  readonly place: number;
}

/** The texts of a line whose answers the carrier may lack, each with the slot that the register knows it by. */
export class AnswerMemory {
  readonly #resendMs: number;
  readonly #newSlot: () => number;
  readonly #entries = new Map<number, Entry>();
  readonly #byKey = new Map<string, Set<Entry>>();
  readonly #most: { readonly doubtful: number; readonly unproven: number };
  #marks = 0;
  #unproven = 0;
  #earlier: number;

  constructor({ resendMs, earlier, nowMs, newSlot, most }: AnswerMemoryOptions) {
    this.#most = most ?? { doubtful: mostDoubtful, unproven: mostUnproven };
    this.#resendMs = resendMs;
    this.#newSlot = newSlot;
    this.#earlier = earlier.length;
    for (const slot of earlier) {
      const times = { sequence: 0, came: 0, mark: 0, atMs: nowMs, untilMs: nowMs + resendMs };
      this.#entries.set(slot, { slot, key: null, state: 'doubtful', ...times });
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether there are slots that only the register can compare, because an earlier run has left them. */
  get hasEarlier(): boolean {
    return this.#earlier > 0;
  }

  /** The last answer that went out. */
  get mark(): number {
    return this.#marks;
  }

  /** Whether an answer went out that nothing has proven yet. */
  get isUnproven(): boolean {
    return this.#unproven > 0;
  }

  /**
   * The slot of a text that has come, before it is offered to the register. `earlier`: the slots of an earlier run that
   * hold it.
   */
  slotOf(text: CameText, earlier: readonly number[]): number {
    const { key, sequence } = text;
    const left = earlier.flatMap((slot) => this.#entries.get(slot) ?? []);
    const known = [...left, ...(this.#byKey.get(key) ?? [])].find((entry) => isSame(entry, text));
    if (known) {
      known.sequence = sequence;
      return known.slot;
    }
    const entry: Entry = {
      slot: this.#freeSlot(),
      key,
      state: 'open',
      sequence,
      came: 0,
      mark: 0,
      atMs: 0,
      untilMs: 0,
    };
    this.#entries.set(entry.slot, entry);
    const alike = this.#byKey.get(key);
    if (alike) alike.add(entry);
    else this.#byKey.set(key, new Set([entry]));
    return entry.slot;
  }

  /** The register did not take it: if it is new, it is as if it had never come. */
  refused(slot: number): void {
    const entry = this.#entries.get(slot);
    if (entry?.state === 'open') this.#remove(entry);
  }

  /**
   * The answer was handed to the link, on which so many PDUs had come until then. `isLate`: the carrier may have given up
   * waiting for it.
   */
  answered(slot: number, came: number, nowMs: number, isLate: boolean): void {
    const entry = this.#entries.get(slot);
    if (!entry) return;
    this.#marks += 1;
    entry.mark = this.#marks;
    entry.came = came;
    entry.atMs = nowMs;
    if (isLate) this.#doubt(entry, nowMs);
    else this.#become(entry, 'answered');
  }

  /** The link has ended: which of its answers were read is not known. */
  linkLost(nowMs: number): void {
    for (const entry of this.#entries.values()) if (entry.state !== 'doubtful') this.#doubt(entry, nowMs);
  }

  /** The carrier has read every answer up to `mark`. The slots that are free now. */
  proven(mark: number): number[] {
    return this.#removeWhere((entry) => entry.state === 'answered' && entry.mark <= mark);
  }

  /**
   * Forgets what no carrier sends again, answers that are so old on a link that lives, and the oldest of too many. The
   * slots that are free now.
   */
  expire(nowMs: number, answeredBeforeMs: number): number[] {
    const readUpTo = this.#marks - this.#most.unproven;
    const gone = this.#removeWhere((entry) =>
      entry.state === 'doubtful'
        ? entry.untilMs <= nowMs
        : entry.state === 'answered' && (entry.atMs <= answeredBeforeMs || entry.mark <= readUpTo),
    );
    // In the order in which they came.
    let tooMany = this.#entries.size - this.#unproven - this.#most.doubtful;
    return tooMany <= 0
      ? gone
      : [...gone, ...this.#removeWhere(({ state }) => state === 'doubtful' && tooMany-- > 0)];
  }

  #doubt(entry: Entry, nowMs: number): void {
    this.#become(entry, 'doubtful');
    entry.untilMs = nowMs + this.#resendMs;
  }

  #become(entry: Entry, state: Entry['state']): void {
    if (entry.state === 'answered') this.#unproven -= 1;
    if (state === 'answered') this.#unproven += 1;
    entry.state = state;
  }

  #removeWhere(isGone: (entry: Entry) => boolean): number[] {
    const gone = [...this.#entries.values()].filter(isGone);
    for (const entry of gone) this.#remove(entry);
    return gone.map(({ slot }) => slot);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.slot);
    if (entry.state === 'answered') this.#unproven -= 1;
    if (entry.key === null) {
      this.#earlier -= 1;
      return;
    }
    const alike = this.#byKey.get(entry.key);
    alike?.delete(entry);
    if (alike?.size === 0) this.#byKey.delete(entry.key);
  }

  #freeSlot(): number {
    let slot = this.#newSlot();
    while (this.#entries.has(slot)) slot = (slot + 1) % 2 ** 31;
    return slot;
  }
}

function isSame({ state, sequence, came }: Entry, text: CameText): boolean {
  return state !== 'answered' || sequence === text.sequence || text.place <= came;
}
