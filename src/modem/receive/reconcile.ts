import { AppError, systemCodeOf } from '../../base/errors.ts';
import { noteTexts } from '../recover/watches.ts';
import type { Plan, Session } from '../session.ts';
import { useMemory } from '../setup/storage.ts';
import type { Accept, Arrival, ListingScope, Released } from './arrival.ts';
import { readMemory } from './read-memory.ts';
import { readAgain } from './read-slots.ts';
import type { MemoryReading, Sighting } from './reading.ts';
import { createRemoval, createSlotLedger, type Removed } from './removal.ts';

/** A listing this long may have freed room that the network fills at once, without a notification (fault C4). */
const longListing = 10;

/** In less than this no modem reboots. One that does so in silence is back in its first memory (fault A11). */
const rebootMs = 3_000;

/** A memory that refuses to be used so often is left alone until the next set-up. */
const maxRefusals = 3;

export type Outcome =
  | { readonly kind: 'done'; readonly again: boolean }
  | { readonly kind: 'void' }
  | { readonly kind: 'later' }
  /** The register refused; `reason` is its error's code. */
  | { readonly kind: 'held'; readonly reason: string };

export interface Reconciler {
  /** Brings one memory's texts into the register and out of the modem. `slots`: those that were named, or null. */
  reconcile(memory: string, slots: readonly number[] | null): Promise<Outcome>;
  /** The memory in use: the cheapest to look into. */
  readonly current: string;
  /** Makes the memory for new texts the one in use again. */
  settle(): Promise<void>;
}

export function createReconciler(
  session: Session,
  plan: Plan,
  accept: Accept,
  released: Released,
): Reconciler {
  const ledger = createSlotLedger();
  const remove = createRemoval(session, plan, ledger);
  const refusals = new Map<string, number>();
  /** Memories of which the register has not heard what they hold since an end of this program, or a doubtful deletion. */
  const untold = new Set<string>([...plan.memories, ...plan.named]);
  let current = plan.main;
  /** Texts that the memory in use was said to hold when it was switched to; null: not known any more. */
  let counted: number | null = null;
  /** Texts that are counted beside the main memory and are not there: the count lies (fault C5). */
  const phantoms = new Map<string, number>();

  async function enter(memory: string): Promise<boolean> {
    if (memory === current) return true;
    const refused = refusals.get(memory) ?? 0;
    if (refused >= maxRefusals) return false;
    const used = await useMemory(session, memory);
    if (used === false) {
      session.tell('warn', 'line.memory-refused', { memory });
      refusals.set(memory, refused + 1);
      return false;
    }
    refusals.delete(memory);
    current = memory;
    counted = memory === plan.main ? null : used;
    return true;
  }

  /** A whole listing that shows fewer texts than were counted is made good slot by slot (fault C10). */
  async function complete(memory: string, reading: MemoryReading): Promise<MemoryReading> {
    const used = counted;
    counted = null;
    if (used === null || !reading.whole) return reading;
    const known = phantoms.get(memory) ?? 0;
    const hidden = used - reading.messages.length;
    if (hidden < known) phantoms.set(memory, Math.max(0, hidden));
    if (hidden <= known) return reading;
    session.tell('warn', 'line.listing-partial', { memory });
    session.memory.readSlotsOnce = true;
    const all = await readMemory(session, plan, null);
    if (all.whole) phantoms.set(memory, Math.max(0, used - all.messages.length));
    return all;
  }

  async function reconcile(memory: string, slots: readonly number[] | null): Promise<Outcome> {
    if (!(await enter(memory))) return { kind: 'done', again: false };
    const reading = await complete(memory, await readMemory(session, plan, slots));
    const review = ledger.review(memory, reading.messages, reading.whole);
    for (const slot of review.givenUp) session.tell('error', 'line.slot-undeletable', { memory, slot });
    session.status.learn({ undeletable: ledger.undeletable });
    const outcome = await take(memory, reading, review.fresh);
    return reading.rest === null || outcome.kind === 'held' ? outcome : { kind: reading.rest };
  }

  /** Into the register, and only then out of the modem. */
  async function take(memory: string, reading: MemoryReading, fresh: readonly Sighting[]): Promise<Outcome> {
    const scope = scopeOf(memory, reading);
    if (fresh.length === 0 && (scope === null || !untold.has(memory))) return { kind: 'done', again: false };
    const messages = await mend(fresh);
    const arrivals = new Map(messages.map((message) => [message, arrivalOf(message, memory)]));
    const offeredMs = session.clock.monotonicMs();
    const refusal = await offer([...arrivals.values()], scope);
    if (refusal !== null) return { kind: 'held', reason: refusal };
    if (scope !== null) untold.delete(memory);
    const isOld = session.clock.monotonicMs() - offeredMs >= rebootMs;
    if (isOld) session.channel.outdate();
    return clear(memory, arrivals, reading.oneByOne || isOld, fresh.length);
  }

  /** What the register has, out of the modem. `shown`: how many the reading showed. */
  async function clear(
    memory: string,
    arrivals: ReadonlyMap<Sighting, Arrival>,
    oneByOne: boolean,
    shown: number,
  ): Promise<Outcome> {
    const messages = [...arrivals.keys()];
    const gone = new Set<Sighting>();
    let removed: Removed = 'void';
    let unproven = false;
    try {
      removed = await remove(memory, messages, oneByOne, gone);
    } finally {
      unproven = gone.size > 0 && released([...gone].map((message) => arrivals.get(message) as Arrival));
      if (unproven || gone.size < shown) untold.add(memory);
    }
    if (removed === 'void' || messages.length < shown) return { kind: 'void' };
    const again = removed === 'in-part' || messages.length >= longListing;
    return { kind: 'done', again: again || (unproven && isFirstTry(memory, gone)) };
  }

  /** One that stays though it was deleted is deleted again at the next poll, and not at once. */
  function isFirstTry(memory: string, gone: ReadonlySet<Sighting>): boolean {
    return [...gone].some(({ slot }) => slot !== null && ledger.tries(memory, slot) === 1);
  }

  /** Without those that no answer came for: they are read anew. */
  async function mend(messages: readonly Sighting[]): Promise<Sighting[]> {
    const mended: Sighting[] = [];
    for (const message of messages) {
      const read = message.intact ? message : await readAgain(session, message);
      if (read !== null) mended.push(read);
    }
    return mended;
  }

  function arrivalOf(message: Sighting, memory: string): Arrival {
    const { pdu, announcedLength, slot } = message;
    const receivedAtMs = session.clock.wallMs();
    return { pdu, announcedLength, memory, slot, receivedAtMs, report: memory === 'SR' };
  }

  /** Null once the register has them on disk. */
  async function offer(arrivals: readonly Arrival[], scope: ListingScope | null): Promise<string | null> {
    try {
      await accept(arrivals, scope);
    } catch (refusal) {
      session.status.learn({ waiting: arrivals.length });
      return refusal instanceof AppError ? refusal.code : (systemCodeOf(refusal) ?? 'register.failed');
    }
    session.status.learn({ waiting: 0 });
    if (arrivals.length === 0) return null;
    session.status.count('texts', arrivals.length);
    session.status.learn({ lastTextAt: session.clock.wallMs() });
    noteTexts(session, arrivals.length);
    return null;
  }

  return {
    reconcile,
    get current() {
      return current;
    },
    async settle() {
      await enter(plan.main);
    },
  };
}

/** Null for a listing that leaves something open: some slots only, or a header without its slot. */
function scopeOf(memory: string, { messages, whole }: MemoryReading): ListingScope | null {
  const slots = messages.map(({ slot }) => slot).filter((slot) => slot !== null);
  return whole && slots.length === messages.length ? { memory, slots } : null;
}
