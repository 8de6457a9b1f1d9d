import { parseSlotsInUse } from '../../at/answers.ts';
import { readSlot } from '../../at/command.ts';
import { hasHeader, type ListedMessage, parseSlot, parseSlotPdus } from '../../at/listing.ts';
import { simFailureOf } from '../recover/sim-trouble.ts';
import type { CommandReply } from '../talk/channel.ts';
import { readRooms } from '../talk/read-settings.ts';
import { type Session, settingsLost } from '../talk/session.ts';
import type { ListedText, MemoryReading, Unread } from './reading.ts';
import type { ReadingMode } from './reading-mode.ts';

/** Readings of one slot if no answer comes, or each is different. */
const readings = 3;

/** Slots without any answer after which a pass hands over what it has read. */
const maxUnanswered = 3;

/** A total beyond this is not believed. */
const maxSlots = 4_096;

/**
 * Reads the memory in use slot by slot: those of `slots`, or all. If an answer has no end, or none comes, it goes on
 * where it was once the dialogue is in step again. `usualTotal`: how many slots the memory has if it does not say.
 * @throws AppError `line.settings-lost` if the modem answers in text mode (fault B15)
 */
export async function readSlots(
  session: Session,
  mode: ReadingMode,
  slots: readonly number[] | null,
  usualTotal: number,
): Promise<MemoryReading> {
  const pass = slots === null ? await allSlots(session, mode, usualTotal) : someSlots(slots);
  const messages: ListedText[] = [];
  let unanswered = 0;
  let isAnswered = false;
  const partOf = (unread: Unread) => ({ messages, whole: false, unread, isAnswered, oneByOne: true });
  for (const slot of pass.slots) {
    const { reply, epoch } = await readTwice(session, slot);
    if (!reply.ok && reply.error === null) unanswered += 1;
    else isAnswered = true;
    if (unanswered === maxUnanswered) return partOf('unanswered');
    const failure = reply.ok || reply.error === null ? null : simFailureOf(reply.error);
    if (failure !== null) return partOf(failure);
    // Every other error is how some model says that the slot is empty (fault C8).
    if (!reply.ok) continue;
    const reading = parseSlot(reply.lines, slot);
    if (reading.kind === 'text-mode') throw settingsLost('CMGF');
    if (reading.kind === 'message') messages.push({ ...reading.message, epoch });
  }
  if (unanswered > 0) return partOf('unanswered');
  if (pass.scanned !== null) mode.recordFullScan(pass.scanned);
  return { messages, whole: pass.whole, unread: null, isAnswered: true, oneByOne: true };
}

/** Reads one slot, once more if no answer came; returns the epoch in which that was. */
async function readTwice(session: Session, slot: number): Promise<{ reply: CommandReply; epoch: number }> {
  for (let reading = 1; ; reading += 1) {
    const { epoch } = session.channel;
    const reply = await session.run(readSlot(slot));
    if (reply.ok || reply.error !== null || reading === 2) return { reply, epoch };
  }
}

interface Pass {
  readonly slots: readonly number[];
  /** The memory that has been read in full after all these slots; null if it was not. */
  readonly scanned: string | null;
  /** Every slot in use is among them. */
  readonly whole: boolean;
}

function someSlots(slots: readonly number[]): Pass {
  return { slots, scanned: null, whole: false };
}

/**
 * From 0 to the total, both included: some modems count from 0, some from 1 (fault C7). If the modem lists the slots
 * in use, and as many as it counts, those are enough for a while (fault C12).
 */
async function allSlots(session: Session, mode: ReadingMode, usualTotal: number): Promise<Pass> {
  const room = (await readRooms(session))[0];
  const memory = room?.memory ?? '';
  if (!mode.isFullScanDue(memory)) {
    const inUse = await session.read('AT+CMGD=?', '+CMGD', parseSlotsInUse);
    if (inUse !== null && inUse.length === room?.used) return { slots: inUse, scanned: null, whole: true };
  }
  // A modem that does not say how many slots there are has not shown that a memory is empty.
  const isKnown = room !== undefined && room.total > 0;
  const total = Math.min(isKnown ? room.total : usualTotal, maxSlots);
  const slots = Array.from({ length: total + 1 }, (_, slot) => slot);
  return { slots, scanned: isKnown ? memory : null, whole: isKnown };
}

/**
 * Whether a slot, just before it is emptied, still holds what the listing showed: if the parts of a long text share a
 * slot, another part may have come into it since (fault C14).
 */
export async function isUnchanged(
  session: Session,
  slot: number,
  shown: readonly ListedMessage[],
): Promise<boolean> {
  if (!shown.some(({ pdu }) => hasHeader(pdu))) return true;
  const reply = await session.run(readSlot(slot));
  if (!reply.ok) return reply.error !== null;
  return parseSlotPdus(reply.lines).every((pdu) => shown.some((message) => message.pdu === pdu));
}

/**
 * True once a slot has shown, in the dialogue as it is now, the same as before it fell out of step. The slot may be
 * emptied by that.
 */
export async function showsAgain(
  session: Session,
  slot: number,
  shown: readonly ListedMessage[],
): Promise<boolean> {
  const { channel } = session;
  for (let reading = 1; reading <= readings; reading += 1) {
    const { epoch } = channel;
    const reply = await session.run(readSlot(slot));
    if (channel.epoch !== epoch) continue;
    const pdus = reply.ok ? parseSlotPdus(reply.lines) : [];
    return pdus.length > 0 && pdus.every((pdu) => shown.some((message) => message.pdu === pdu));
  }
  return false;
}

/**
 * Reads a message alone that came damaged in a listing (fault B14), and returns the first reading that agrees with
 * the announced length. One that reads the same twice is damaged in the modem, and stays as it came; if another
 * program takes octets away, each reading may differ (fault E5). Null if no answer came.
 */
export async function readAgain(session: Session, message: ListedText): Promise<ListedText | null> {
  const { slot } = message;
  if (slot === null) return message;
  let known: ListedMessage = message;
  for (let reading = 1; reading <= readings; reading += 1) {
    const { epoch } = session.channel;
    const reply = await session.run(readSlot(slot));
    if (!reply.ok) return reply.error === null ? null : message;
    const read = parseSlot(reply.lines, slot);
    if (read.kind !== 'message') return message;
    if (read.message.intact) return { ...read.message, epoch };
    if (read.message.pdu === known.pdu) return message;
    known = read.message;
  }
  return message;
}
