import { listAll, readSlot } from '../at/command.ts';
import { type FinalError, meaningOf } from '../at/final-result.ts';
import { type ListedMessage, parseListing, parseSlot } from '../at/listing.ts';
import { AppError } from '../base/errors.ts';
import { afterFailure, mayList, soundListing } from './listing-health.ts';
import { type Plan, run, type Session } from './session.ts';
import { readMode } from './setup.ts';
import { readRooms } from './setup-storage.ts';

export type MemoryReading =
  /** `whole`: everything that the memory holds; otherwise the slots that were asked for. */
  | { readonly kind: 'read'; readonly messages: readonly ListedMessage[]; readonly whole: boolean }
  /** The dialogue fell out of step: nothing of it counts. */
  | { readonly kind: 'void' }
  /** The SIM is busy or gone. */
  | { readonly kind: 'later' };

/**
 * Reads the memory in use: by listing, or slot by slot where listing is refused or hangs (fault C9).
 * `slots` are the ones that notifications named, or null for all.
 * @throws AppError `line.settings-lost` where the modem has fallen back to text mode (fault B15)
 */
export async function readMemory(
  session: Session,
  plan: Plan,
  slots: readonly number[] | null,
): Promise<MemoryReading> {
  const nowMs = session.clock.monotonicMs();
  if (!mayList(session.memory.listing, nowMs)) return readSlots(session, slots);
  const reply = await run(session, listAll(plan.family.listSilenceMs));
  if (reply.ok) {
    const listing = parseListing(reply.lines);
    if (listing.textMode) throw settingsLost('CMGF');
    if (listing.orphans > 0) session.tell('warn', 'line.listing-torn', { lines: listing.orphans });
    session.memory.listing = soundListing;
    return { kind: 'read', messages: listing.messages, whole: true };
  }
  if (reply.error !== null && isPassing(reply.error)) return { kind: 'later' };
  if (reply.error !== null && (await readMode(session)) === '1') throw settingsLost('CMGF');
  session.memory.listing = afterFailure(session.memory.listing, session.clock.monotonicMs());
  session.tell('warn', 'line.listing-failed', { answer: reply.error?.text ?? null });
  return reply.error === null ? { kind: 'void' } : readSlots(session, slots);
}

export function settingsLost(setting: string): AppError {
  return new AppError('line.settings-lost', 'the modem has lost its settings', { context: { setting } });
}

function isPassing(error: FinalError): boolean {
  return ['sim-busy', 'sim-absent', 'sim-failure', 'pin-wanted'].includes(meaningOf(error));
}

async function readSlots(session: Session, slots: readonly number[] | null): Promise<MemoryReading> {
  const asked = slots ?? (await everySlot(session));
  const messages: ListedMessage[] = [];
  for (const slot of asked) {
    const reply = await run(session, readSlot(slot));
    if (!reply.ok && reply.error === null) return { kind: 'void' };
    if (!reply.ok && reply.error !== null && isPassing(reply.error)) return { kind: 'later' };
    // Every other error is how some model says that the slot is empty (fault C8).
    if (!reply.ok) continue;
    const reading = parseSlot(reply.lines, slot);
    if (reading.kind === 'text-mode') throw settingsLost('CMGF');
    if (reading.kind === 'message') messages.push(reading.message);
  }
  return { kind: 'read', messages, whole: slots === null };
}

/** From 0 to the total, both included: some count from 0, some from 1 (fault C7). */
async function everySlot(session: Session): Promise<number[]> {
  const total = (await readRooms(session))[0]?.total ?? 0;
  return Array.from({ length: Math.min(total, 4_096) + 1 }, (_, slot) => slot);
}

/** One more reading, alone, of a message that came broken in a listing; null where that changes nothing. */
export async function readAgain(session: Session, message: ListedMessage): Promise<ListedMessage | null> {
  if (message.slot === null) return null;
  const reply = await run(session, readSlot(message.slot));
  if (!reply.ok) return null;
  const reading = parseSlot(reply.lines, message.slot);
  return reading.kind === 'message' && reading.message.intact ? reading.message : null;
}
