import type { Clock } from '../../base/clock.ts';
import { type AppError, codeOf } from '../../base/errors.ts';
import type { LineStatus } from '../line-report.ts';
import type { QuietWatch } from '../recover/quiet-line.ts';
import type { ServiceProofs } from '../recover/service-proofs.ts';
import type { SimFailure } from '../recover/sim-trouble.ts';
import type { ModemSetup } from '../setup/setup.ts';
import { useMemory } from '../setup/storage.ts';
import { readMemoryUses } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';
import type { AnnouncedTexts } from './announced-texts.ts';
import type { Accept, Arrival, ListingScope, Released } from './arrival.ts';
import type { HiddenTexts, UnreadableTexts } from './hidden-texts.ts';
import { MemoryReader } from './read-memory.ts';
import { readAgain } from './read-slots.ts';
import type { ListedText, MemoryReading } from './reading.ts';
import type { ReadingMode } from './reading-mode.ts';
import { Removal, type Removed } from './removal.ts';
import { bySlot, SlotLedger } from './slot-ledger.ts';

/** A listing this long may have freed room that the network fills at once, without a notification (fault C4). */
const longListing = 10;

/** In less time no modem reboots. One that does so silently is back in its first memory (fault A11). */
const rebootMs = 3_000;

/** What a SIM holds is offered at once. */
const usualTexts = 255;
/** A larger listing is offered in pieces; after each the other lines have as much time as it took. */
const smallOffer = 10;

/** A memory that refuses to be used so often is left alone until the next set-up. */
const maxRefusals = 3;

export type ReconcileEnd =
  /** `again`: the memory is to be read once more at once. */
  | { readonly kind: 'done'; readonly again: boolean }
  /**
   * Something was not read or not deleted, because the dialogue fell out of step. `isServed`: the modem has answered at
   * least a part of the reading.
   */
  | { readonly kind: 'void'; readonly isServed: boolean }
  | { readonly kind: 'sim'; readonly failure: SimFailure }
  /** The register refused; `reason` is its error's code. */
  | { readonly kind: 'held'; readonly reason: string };

/** The budget of a line, as far as it concerns texts. */
export interface TextBudget {
  recordTexts(texts: number): void;
  closePort(what: 'rubbish'): AppError;
  check(): void;
}

export interface ReconcilerParts {
  readonly clock: Clock;
  readonly status: LineStatus;
  readonly readingMode: ReadingMode;
  readonly hiddenTexts: HiddenTexts;
  readonly unreadableTexts: UnreadableTexts;
  readonly announced: AnnouncedTexts;
  readonly quiet: QuietWatch;
  readonly proofs: ServiceProofs;
  readonly budget: TextBudget;
  readonly accept: Accept;
  readonly released: Released;
}

/** Brings the texts of a modem's memories into the register, and only then out of the modem. */
export class Reconciler {
  readonly #session: Session;
  readonly #setup: ModemSetup;
  readonly #parts: ReconcilerParts;
  readonly #reader: MemoryReader;
  readonly #ledger = new SlotLedger();
  readonly #removal: Removal;
  readonly #refusals = new Map<string, number>();
  /** Memories whose slots in use the register does not know: since its start, or after a doubtful deletion. */
  readonly #unknownToRegister: Set<string>;
  #current: string;
  /** A scan slot by slot hands over in parts; not any more once a part has brought nothing that is new. */
  #handsOver = true;
  /** Texts that the memory in use counted when it was switched to; null if that is not known any more. */
  #countedAtSwitch: number | null = null;

  constructor(session: Session, setup: ModemSetup, parts: ReconcilerParts) {
    this.#session = session;
    this.#setup = setup;
    this.#parts = parts;
    this.#reader = new MemoryReader(session, setup, parts.status, parts.readingMode);
    this.#removal = new Removal(session, setup, parts, this.#ledger);
    this.#unknownToRegister = new Set([...setup.memories.all, ...setup.memories.onDemand]);
    this.#current = setup.memories.main;
  }

  /** The memory in use: the cheapest to read. */
  get current(): string {
    return this.#current;
  }

  /** Makes the memory for new texts the one in use again. */
  async useMain(): Promise<void> {
    await this.#use(this.#setup.memories.main);
  }

  /** One memory until it has nothing more to give. `slots`: those that were named, or null. */
  async reconcile(memory: string, slots: readonly number[] | null): Promise<ReconcileEnd> {
    this.#handsOver = true;
    const beganMs = this.#parts.clock.monotonicMs();
    for (;;) {
      const end = await this.#reconcileOnce(memory, slots);
      if (end.kind !== 'done') return end;
      if (!end.again) return this.#seekAnnounced(memory, beganMs);
    }
  }

  /** Reads the slots alone that notifications named, and that the reading from `beganMs` on has not shown. */
  async #seekAnnounced(memory: string, beganMs: number): Promise<ReconcileEnd> {
    const { announced } = this.#parts;
    const slots = memory === this.#current ? announced.takeUnseen(memory, beganMs) : [];
    if (slots.length === 0) return { kind: 'done', again: false };
    const end = await this.#take(memory, slots, await this.#reader.readSlots(slots, false));
    if (end.kind !== 'done') announced.putBack(memory, slots);
    return end;
  }

  /** Reads the slots of the main memory one by one if it counts more texts than its listing shows. */
  async findHidden(): Promise<void> {
    const { main } = this.#setup.memories;
    const { hiddenTexts } = this.#parts;
    if (!hiddenTexts.areIn(main, await this.#countExcess())) return;
    // One may have come just now.
    const listing = await this.#reconcileOnce(main, null);
    if (listing.kind !== 'done' || !hiddenTexts.areIn(main, await this.#countExcess())) return;
    this.#readNextBySlots(main);
    this.#handsOver = false;
    const scan = await this.#reconcileOnce(main, null);
    if (scan.kind === 'done') hiddenTexts.disprove(main, await this.#countExcess());
  }

  /** Texts that the memory in use counts after everything deletable was deleted. */
  async #countExcess(): Promise<number> {
    const used = (await readMemoryUses(this.#session))[0]?.used ?? 0;
    return used - this.#ledger.undeletable;
  }

  #readNextBySlots(memory: string): void {
    this.#parts.status.log('warn', 'line.listing-partial', { memory });
    this.#parts.readingMode.readNextBySlots();
  }

  async #reconcileOnce(memory: string, slots: readonly number[] | null): Promise<ReconcileEnd> {
    if (!(await this.#use(memory))) return { kind: 'done', again: false };
    const reading = await this.#complete(memory, await this.#reader.read(memory, slots, this.#handsOver));
    return this.#take(memory, slots, reading);
  }

  async #take(
    memory: string,
    slots: readonly number[] | null,
    reading: MemoryReading,
  ): Promise<ReconcileEnd> {
    const { status, unreadableTexts, announced, proofs } = this.#parts;
    for (const { slot } of reading.messages) announced.recordShown(memory, slot);
    const isContradicted = reading.messages.length === 0 && announced.contradictsEmpty;
    if (reading.isRead && !isContradicted) proofs.record('memory');
    const { deletable, undeletable } = this.#ledger.review(memory, reading.messages, reading.whole);
    for (const slot of undeletable) status.log('error', 'line.slot-undeletable', { memory, slot });
    status.learn({ undeletable: this.#ledger.undeletable });
    if (reading.unread === null && slots === null) unreadableTexts.record(memory, reading.unreadable);
    const end = await this.#recordAndRemove(memory, reading, deletable);
    if (reading.unread === null || end.kind === 'held') return end;
    if (reading.unread === 'more') {
      this.#handsOver = deletable.length > 0;
      return end.kind === 'done' ? { ...end, again: true } : end;
    }
    return reading.unread === 'unanswered'
      ? { kind: 'void', isServed: reading.isAnswered }
      : { kind: 'sim', failure: reading.unread };
  }

  /** Makes a memory the one in use; false if the modem refuses. */
  async #use(memory: string): Promise<boolean> {
    if (memory === this.#current) return true;
    const refused = this.#refusals.get(memory) ?? 0;
    if (refused >= maxRefusals) return false;
    const used = await useMemory(this.#session, memory, this.#setup.memories.main);
    if (used === false) {
      this.#parts.status.log('warn', 'line.memory-refused', { memory });
      this.#refusals.set(memory, refused + 1);
      return false;
    }
    this.#refusals.delete(memory);
    this.#current = memory;
    this.#countedAtSwitch = memory === this.#setup.memories.main ? null : used;
    return true;
  }

  /** Reads slot by slot if a whole listing shows fewer texts than were counted at the switch to the memory. */
  async #complete(memory: string, reading: MemoryReading): Promise<MemoryReading> {
    const counted = this.#countedAtSwitch;
    this.#countedAtSwitch = null;
    if (counted === null || !reading.whole) return reading;
    const { hiddenTexts } = this.#parts;
    if (!hiddenTexts.areIn(memory, counted - reading.messages.length)) return reading;
    this.#readNextBySlots(memory);
    const scan = await this.#reader.read(memory, null, false);
    if (scan.whole) hiddenTexts.disprove(memory, counted - scan.messages.length);
    return scan;
  }

  async #recordAndRemove(
    memory: string,
    reading: MemoryReading,
    deletable: readonly ListedText[],
  ): Promise<ReconcileEnd> {
    const scope = scopeOf(memory, reading);
    const isScopeNews = scope !== null && this.#unknownToRegister.has(memory);
    if (deletable.length === 0 && !isScopeNews) return { kind: 'done', again: false };
    const arrivals = arrivalsOf(
      await this.#readDamagedAgain(deletable),
      memory,
      this.#parts.status.recordTimeMs(),
    );
    const { clock } = this.#parts;
    const offeredMs = clock.monotonicMs();
    const offer = await this.#offer([...arrivals.values()], scope);
    if ('refusal' in offer) return { kind: 'held', reason: offer.refusal };
    if (scope !== null) this.#unknownToRegister.delete(memory);
    const isOld = clock.monotonicMs() - offeredMs >= rebootMs;
    if (isOld) this.#session.channel.outdate();
    const taken = new Map([...arrivals].filter(([, arrival]) => !offer.left.has(arrival)));
    const end = await this.#remove(memory, taken, reading.oneByOne || isOld, deletable.length);
    if (offer.left.size === 0) return end;
    throw this.#parts.budget.closePort('rubbish');
  }

  /** Leaves out those that no answer came for: they are read anew. */
  async #readDamagedAgain(messages: readonly ListedText[]): Promise<ListedText[]> {
    const texts: ListedText[] = [];
    for (const message of messages) {
      const read = message.intact ? message : await readAgain(this.#session, message);
      if (read !== null) texts.push(read);
    }
    return texts;
  }

  /** What the register left on the modem, once it has the others on disk; or its error's code. */
  async #offer(
    arrivals: readonly Arrival[],
    scope: ListingScope | null,
  ): Promise<{ readonly left: ReadonlySet<Arrival> } | { readonly refusal: string }> {
    const { accept, status, quiet, budget, clock } = this.#parts;
    const left = new Set<Arrival>();
    let known = 0;
    let tookMs = 0;
    const isLarge = arrivals.length > usualTexts;
    let from = 0;
    do {
      if (isLarge) await this.#session.pause(tookMs);
      const beganMs = clock.monotonicMs();
      const offered = arrivals.slice(from, from + (isLarge ? smallOffer : usualTexts));
      try {
        const taken = await accept(offered, from === 0 ? scope : null);
        for (const arrival of taken?.left ?? []) left.add(arrival);
        known += taken?.known ?? 0;
      } catch (refusal) {
        // What it took of them it knows when they are offered again.
        status.learn({ waiting: arrivals.length - from });
        return { refusal: codeOf(refusal) };
      }
      tookMs = clock.monotonicMs() - beganMs;
      from += offered.length;
    } while (from < arrivals.length);
    status.learn({ waiting: left.size });
    const taken = arrivals.length - left.size;
    const lastTextAt = arrivals.at(-1)?.receivedAtMs;
    if (lastTextAt === undefined || taken === 0) return { left };
    status.count('texts', taken);
    status.learn({ lastTextAt });
    quiet.recordTexts(taken);
    budget.recordTexts(taken - known);
    return { left };
  }

  /** Deletes what the register has. `shown`: how many texts the reading showed. */
  async #remove(
    memory: string,
    arrivals: ReadonlyMap<ListedText, Arrival>,
    oneByOne: boolean,
    shown: number,
  ): Promise<ReconcileEnd> {
    const messages = [...arrivals.keys()];
    const gone = new Set<ListedText>();
    let removed: Removed = 'void';
    let isUnproven = false;
    try {
      removed = await this.#removal.remove(memory, messages, oneByOne, gone);
    } finally {
      for (const slot of bySlot([...gone]).keys()) this.#parts.announced.recordTaken(memory, slot);
      const released = [...arrivals].filter(([message]) => gone.has(message)).map(([, arrival]) => arrival);
      isUnproven = released.length > 0 && this.#parts.released(released);
      if (isUnproven || gone.size < shown) this.#unknownToRegister.add(memory);
    }
    if (removed === 'void' || messages.length < shown) return { kind: 'void', isServed: true };
    const again = removed === 'in-part' || messages.length >= longListing;
    return { kind: 'done', again: again || (isUnproven && this.#isFirstTry(memory, gone)) };
  }

  /** A text that stays though it was deleted is deleted again at the next poll, not at once. */
  #isFirstTry(memory: string, gone: ReadonlySet<ListedText>): boolean {
    return [...gone].some(({ slot }) => slot !== null && this.#ledger.tries(memory, slot) === 1);
  }
}

function arrivalsOf(
  messages: readonly ListedText[],
  memory: string,
  receivedAtMs: number,
): Map<ListedText, Arrival> {
  return new Map(
    messages.map((message) => {
      const { pdu, announcedLength, slot } = message;
      return [message, { pdu, announcedLength, memory, slot, receivedAtMs, report: memory === 'SR' }];
    }),
  );
}

/** Null for a reading that leaves something open: some slots only, or a header without its slot. */
function scopeOf(memory: string, { messages, whole }: MemoryReading): ListingScope | null {
  const slots = messages.map(({ slot }) => slot).filter((slot) => slot !== null);
  return whole && slots.length === messages.length ? { memory, slots } : null;
}
