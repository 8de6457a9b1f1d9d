import { parseSlotsInUse } from '../../at/answers.ts';
import { query, readSlot } from '../../at/command.ts';
import { hasHeader, type ListedMessage, parseSlot, parseSlotPdus } from '../../at/listing.ts';
import { ask, type Plan, run, type Session, settingsLost } from '../session.ts';
import { readRooms } from '../setup/storage.ts';
import type { Reply } from '../talk/channel.ts';
import { isPassing, type MemoryReading, type Sighting } from './reading.ts';

/** Readings of one slot where no answer comes, or each is another. */
const readings = 3;

/** Slots without any answer after which a pass hands over what it has read. */
const maxUnread = 3;

/**
 * Reads the memory in use slot by slot: those of `slots`, or all. Where an answer has no end, or there is none, it
 * goes on where it was once the dialogue is in step again.
 * @throws AppError `line.settings-lost` where the modem answers in text mode (fault B15)
 */
export async function readSlots(session: Session, slots: readonly number[] | null): Promise<MemoryReading> {
  const pass = slots === null ? await everySlot(session) : { slots, scanned: null, whole: false };
  const messages: Sighting[] = [];
  const part = (rest: MemoryReading['rest']) => ({ messages, whole: false, rest, oneByOne: true });
  let unread = 0;
  for (const slot of pass.slots) {
    const { reply, epoch } = await readPatiently(session, slot);
    if (!reply.ok && reply.error === null) unread += 1;
    if (unread === maxUnread) return part('void');
    if (!reply.ok && reply.error !== null && isPassing(reply.error)) return part('later');
    // Every other error is how some model says that the slot is empty (fault C8).
    if (!reply.ok) continue;
    const reading = parseSlot(reply.lines, slot);
    if (reading.kind === 'text-mode') throw settingsLost('CMGF');
    if (reading.kind === 'message') messages.push({ ...reading.message, epoch });
  }
  if (unread > 0) return part('void');
  if (pass.scanned !== null) session.memory.fullScanMs.set(pass.scanned, session.clock.monotonicMs());
  return { messages, whole: pass.whole, rest: null, oneByOne: true };
}

/** One slot, asked for once more where no answer came; and the epoch in which that was. */
async function readPatiently(session: Session, slot: number): Promise<{ reply: Reply; epoch: number }> {
  for (let reading = 1; ; reading += 1) {
    const { epoch } = session.channel;
    const reply = await run(session, readSlot(slot));
    if (reply.ok || reply.error !== null || reading === 2) return { reply, epoch };
  }
}

/** However the slots in use are told, all of them are read this often. */
const fullScanMs = 600_000;

/** `scanned`: the memory that has been read in full when all these slots are. */
interface Pass {
  readonly slots: readonly number[];
  readonly scanned: string | null;
  /** Every slot in use is among them. */
  readonly whole: boolean;
}

/**
 * From 0 to the total, both included: some count from 0, some from 1 (fault C7). Where the modem lists the slots in
 * use, and as many as it counts, those are enough for a while (fault C12).
 */
async function everySlot(session: Session): Promise<Pass> {
  const { clock, memory } = session;
  const room = (await readRooms(session))[0];
  const scanned = room?.memory ?? '';
  if (clock.monotonicMs() - (memory.fullScanMs.get(scanned) ?? -Infinity) < fullScanMs) {
    const line = (await ask(session, query('AT+CMGD=?', '+CMGD')))?.at(-1);
    const inUse = line === undefined ? null : parseSlotsInUse(line);
    if (inUse !== null && inUse.length === room?.used) return { slots: inUse, scanned: null, whole: true };
  }
  // A modem that does not say how many there are has not shown that a memory is empty.
  const isKnown = room !== undefined && room.total > 0;
  const total = Math.min((isKnown ? room : session.status.report.storage)?.total ?? 0, 4_096);
  const slots = Array.from({ length: total + 1 }, (_, slot) => slot);
  return { slots, scanned: isKnown ? scanned : null, whole: isKnown };
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

/**
 * True once a slot has shown, in the dialogue as it is now, the same as before it fell out of step. What was seen
 * then may be deleted by what is seen now.
 */
export async function showsAgain(
  session: Session,
  slot: number,
  shown: readonly ListedMessage[],
): Promise<boolean> {
  const { channel } = session;
  for (let reading = 1; reading <= readings; reading += 1) {
    const { epoch } = channel;
    const reply = await run(session, readSlot(slot));
    if (channel.epoch !== epoch) continue;
    const pdus = reply.ok ? parseSlotPdus(reply.lines) : [];
    return pdus.length > 0 && pdus.every((pdu) => shown.some((message) => message.pdu === pdu));
  }
  return false;
}

/**
 * A message that came broken in a listing, read alone (fault B14): the first reading that agrees with the length
 * that was announced. One that reads the same twice is broken in the modem, and stays as it came; where somebody
 * takes octets away, each reading may differ (fault E5). Null where no answer came.
 */
export async function readAgain(session: Session, message: Sighting): Promise<Sighting | null> {
  const { slot } = message;
  if (slot === null) return message;
  let known: ListedMessage = message;
  for (let reading = 1; reading <= readings; reading += 1) {
    const { epoch } = session.channel;
    const reply = await run(session, readSlot(slot));
    if (!reply.ok) return reply.error === null ? null : message;
    const read = parseSlot(reply.lines, slot);
    if (read.kind !== 'message') return message;
    if (read.message.intact) return { ...read.message, epoch };
    if (read.message.pdu === known.pdu) return message;
    known = read.message;
  }
  return message;
}
