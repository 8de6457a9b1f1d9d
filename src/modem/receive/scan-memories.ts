import type { Plan, Session } from '../session.ts';
import { readRooms } from '../setup/storage.ts';
import type { Outcome, Reconciler } from './reconcile.ts';

/**
 * Reconciles one memory after the other: those that hints name, or `everywhere`. `goesOn`: one that is not read to its
 * end keeps those after it from nothing, and is not read again at once.
 */
export async function scanMemories(
  session: Session,
  plan: Plan,
  reconciler: Reconciler,
  everywhere: boolean,
  goesOn: boolean,
): Promise<Outcome> {
  const all = everywhere ? plan.memories : null;
  const hints = new Map(session.inbox.hints);
  session.inbox.clear(null);
  const work: ReadonlyMap<string, readonly number[] | null> = all
    ? new Map([...all, ...plan.named.filter((memory) => hints.has(memory))].map((memory) => [memory, null]))
    : namedIn(plan, hints);
  // The memory in use first: the others cost a switch.
  const order = [...work].sort(
    ([a], [b]) => Number(b === reconciler.current) - Number(a === reconciler.current),
  );
  let end: Outcome = { kind: 'done', again: false };
  for (const [memory, slots] of order) {
    const outcome = await reconcileFully(reconciler, memory, slots);
    if (outcome.kind === 'done') continue;
    end = outcome;
    if (goesOn && outcome.kind === 'void') continue;
    session.inbox.hint(null, null);
    return outcome;
  }
  await reconciler.settle();
  return end;
}

/** What hints name, in memories that can be read; a hint for any other means everywhere. */
function namedIn(
  plan: Plan,
  hints: ReadonlyMap<string, readonly number[] | null>,
): ReadonlyMap<string, readonly number[] | null> {
  const work = new Map<string, readonly number[] | null>();
  for (const [memory, slots] of hints) {
    if (plan.main === 'MT') work.set('MT', null);
    else if (plan.memories.includes(memory) || plan.named.includes(memory)) work.set(memory, slots);
    else for (const each of plan.memories) work.set(each, null);
  }
  return work;
}

async function reconcileFully(
  reconciler: Reconciler,
  memory: string,
  slots: readonly number[] | null,
): Promise<Outcome> {
  for (;;) {
    const outcome = await reconciler.reconcile(memory, slots);
    if (outcome.kind !== 'done' || !outcome.again) return outcome;
  }
}

/**
 * Reads the slots one by one where the memory counts more texts than its listing shows (fault C10). A count that
 * turns out to lie (fault C5) is believed no more until it changes.
 */
export async function findHidden(session: Session, plan: Plan, reconciler: Reconciler): Promise<void> {
  const { memory } = session;
  if (!(await areHidden(session))) return;
  // One may have come just now.
  const listing = await reconciler.reconcile(plan.main, null);
  if (listing.kind !== 'done' || !(await areHidden(session))) return;
  memory.readSlotsOnce = true;
  session.tell('warn', 'line.listing-partial', { memory: plan.main });
  const reading = await reconciler.reconcile(plan.main, null);
  if (reading.kind === 'done') memory.phantoms = await countHidden(session);
}

async function areHidden(session: Session): Promise<boolean> {
  const hidden = await countHidden(session);
  if (hidden < session.memory.phantoms) session.memory.phantoms = Math.max(0, hidden);
  return hidden > session.memory.phantoms;
}

async function countHidden(session: Session): Promise<number> {
  const used = (await readRooms(session))[0]?.used ?? 0;
  return used - session.status.report.undeletable;
}
