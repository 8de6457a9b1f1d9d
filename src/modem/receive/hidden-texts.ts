import type { Plan, Session } from '../session.ts';
import { readRooms } from '../setup/storage.ts';
import type { Reconciler } from './reconcile.ts';

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
