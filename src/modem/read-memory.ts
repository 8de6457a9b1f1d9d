import { listAll, query, readSlot, setting } from '../at/command.ts';
import { type FinalError, meaningOf } from '../at/final-result.ts';
import {
  hasHeader,
  type ListedMessage,
  type Listing,
  parseListing,
  parseSlot,
  parseSlotPdus,
} from '../at/listing.ts';
import { parseSlotsInUse } from '../at/storage.ts';
import { AppError } from '../base/errors.ts';
import { afterRefusal, afterSilence, mayList, soundListing } from './listing-health.ts';
import { ask, type Plan, run, type Session } from './session.ts';
import { readMode } from './setup.ts';
import { readRooms } from './setup-storage.ts';

export type MemoryReading =
  /** `whole`: everything that the memory holds; otherwise the slots that were asked for. */
  | { readonly kind: 'read'; readonly messages: readonly ListedMessage[]; readonly whole: boolean }
  /** The dialogue fell out of step: nothing of it counts. */
  | { readonly kind: 'void' }
  /** The SIM is busy or gone. */
  | { readonly kind: 'later' };

const textModeTries = 3;

/**
 * Reads the memory in use: by listing, or slot by slot where listing is refused or hangs (fault C9).
 * `slots` are the ones that notifications named, or null for all.
 * @throws AppError `line.settings-lost` where the modem stays in text mode (fault B15)
 */
export async function readMemory(
  session: Session,
  plan: Plan,
  slots: readonly number[] | null,
): Promise<MemoryReading> {
  const { memory, clock } = session;
  if (memory.readSlotsOnce) {
    memory.readSlotsOnce = false;
    return readSlots(session, null);
  }
  if (!mayList(memory.listing, clock.monotonicMs())) return readSlots(session, slots);
  for (let attempt = 1; attempt <= textModeTries; attempt += 1) {
    const reply = await run(session, listAll(plan.family.listSilenceMs));
    if (!reply.ok) return readUnlisted(session, slots, reply.error);
    const listing = parseListing(reply.lines);
    if (!listing.textMode) return listed(session, listing);
    // It may have been set all the time as far as the modem knows, and still wants to be told again.
    session.tell('warn', 'line.text-mode', { attempt });
    await run(session, setting('AT+CMGF=0'));
  }
  throw settingsLost('CMGF');
}

function listed(session: Session, listing: Listing): MemoryReading {
  if (listing.orphans > 0) session.tell('warn', 'line.listing-torn', { lines: listing.orphans });
  session.memory.listing = soundListing;
  return { kind: 'read', messages: listing.messages, whole: listing.orphans === 0 };
}

/** The listing was refused, or there was no answer. */
async function readUnlisted(
  session: Session,
  slots: readonly number[] | null,
  error: FinalError | null,
): Promise<MemoryReading> {
  const { memory, clock } = session;
  session.tell('warn', 'line.listing-failed', { answer: error?.text ?? null });
  if (error === null) {
    memory.listing = afterSilence(memory.listing, clock.monotonicMs());
    return { kind: 'void' };
  }
  if (isPassing(error)) return { kind: 'later' };
  if ((await readMode(session)) === '1') throw settingsLost('CMGF');
  memory.listing = afterRefusal(memory.listing, clock.monotonicMs());
  return readSlots(session, slots);
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

/** However the slots in use are told, all of them are read this often. */
const fullScanMs = 600_000;

/**
 * From 0 to the total, both included: some count from 0, some from 1 (fault C7). Where the modem lists the slots in
 * use, and as many as it counts, those are enough for a while (fault C12).
 */
async function everySlot(session: Session): Promise<readonly number[]> {
  const { clock, memory } = session;
  const room = (await readRooms(session))[0];
  const nowMs = clock.monotonicMs();
  const key = room?.memory ?? '';
  if (nowMs - (memory.fullScanMs.get(key) ?? -Infinity) < fullScanMs) {
    const line = (await ask(session, query('AT+CMGD=?', '+CMGD')))?.at(-1);
    const inUse = line === undefined ? null : parseSlotsInUse(line);
    if (inUse !== null && inUse.length === room?.used) return inUse;
  }
  memory.fullScanMs.set(key, nowMs);
  const total = room?.total ?? 0;
  return Array.from({ length: Math.min(total, 4_096) + 1 }, (_, slot) => slot);
}

/**
 * Whether a slot holds what the listing showed, looked at just before it is emptied: where the parts of a long text
 * share a slot, another part may have come into it since (fault C14).
 */
export async function isUnchanged(
  session: Session,
  plan: Plan,
  slot: number,
  shown: readonly ListedMessage[],
): Promise<boolean> {
  const shares = session.memory.sharesSlots || (plan.family.sharesSlots?.test(plan.model) ?? false);
  if (!shares || !shown.some(({ pdu }) => hasHeader(pdu))) return true;
  const reply = await run(session, readSlot(slot));
  if (!reply.ok) return reply.error !== null;
  return parseSlotPdus(reply.lines).every((pdu) => shown.some((message) => message.pdu === pdu));
}

/** Readings of a message that differs from one to the next: somebody takes octets away (fault E5). */
const readings = 3;

/**
 * A message that came broken in a listing, read alone (fault B14): the first reading that agrees with the length
 * that was announced. One that reads the same twice is broken in the modem, and stays as it came.
 */
export async function readAgain(session: Session, message: ListedMessage): Promise<ListedMessage> {
  const { slot } = message;
  if (slot === null) return message;
  let known = message;
  for (let reading = 1; reading <= readings; reading += 1) {
    const reply = await run(session, readSlot(slot));
    if (!reply.ok) return message;
    const read = parseSlot(reply.lines, slot);
    if (read.kind !== 'message') return message;
    if (read.message.intact) return read.message;
    if (read.message.pdu === known.pdu) return message;
    known = read.message;
  }
  return message;
}
