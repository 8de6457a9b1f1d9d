import { parseSlotsInUse } from '../../at/answers.ts';
import { readSlot } from '../../at/command.ts';
import { type FinalError, meaningOf } from '../../at/final-result.ts';
import { hasHeader, type ListedMessage, parseSlot, parseSlotPdus } from '../../at/listing.ts';
import { simFailureOf } from '../recover/sim-trouble.ts';
import type { CommandReply } from '../talk/channel.ts';
import { readMemoryUses } from '../talk/read-settings.ts';
import { type Session, settingsLost } from '../talk/session.ts';
import type { ListedText, MemoryReading, Unread } from './reading.ts';
import type { ReadingMode } from './reading-mode.ts';

/** Readings of one slot if no answer comes, or each is different. */
const readings = 3;

/** Slots without any answer after which a pass hands over what it has read. */
const maxUnanswered = 3;

/** So many slots after the first text, a pass hands over what it has read. */
const handOverSlots = 8;

/** A total beyond this is not believed. */
const maxSlots = 4_096;

/**
 * Reads the memory in use slot by slot: those of `slots`, or all. If an answer has no end, or none comes, it goes on
 * where it was once the dialogue is in step again. If `handsOver`, a pass over all slots ends some slots after a text, or
 * when the dialogue falls out of step behind one: the next goes on there. `usualTotal`: how many slots the memory has if
 * it does not say.
 * @throws AppError `line.settings-lost` if the modem answers in text mode (fault B15)
 */
export async function readSlots(
  session: Session,
  mode: ReadingMode,
  slots: readonly number[] | null,
  handsOver: boolean,
  usualTotal: number,
): Promise<MemoryReading> {
  const range = slots === null ? await allSlots(session, mode, usualTotal) : someSlots(slots);
  const pass = new SlotPass(session, range);
  for (const slot of range.slots) {
    const isDue = handsOver && range.memory !== null && pass.hasEnough;
    const unread = isDue ? 'more' : await pass.readSlot(slot);
    if (unread === null) continue;
    if (range.memory !== null) mode.recordStop(range.memory, unread === 'unanswered' ? slot + 1 : slot);
    return pass.partUntil(unread);
  }
  const reading = pass.end();
  if (reading.unread !== null) return reading;
  if (range.memory !== null) mode.recordPass(range.memory);
  if (range.scanned !== null) mode.recordFullScan(range.scanned);
  return reading;
}

/** What a pass over slots has seen so far. */
class SlotPass {
  readonly #session: Session;
  readonly #range: SlotRange;
  readonly #epoch: number;
  readonly #messages: ListedText[] = [];
  #slotsSinceText = 0;
  #unanswered = 0;
  #refused = 0;
  #isAnswered = false;
  #isRead = false;

  constructor(session: Session, range: SlotRange) {
    this.#session = session;
    this.#range = range;
    this.#epoch = session.channel.epoch;
  }

  /** There are texts, and they should not wait for the rest of the pass. */
  get hasEnough(): boolean {
    const isOutOfStep = this.#session.channel.epoch !== this.#epoch;
    return this.#messages.length > 0 && (isOutOfStep || this.#slotsSinceText >= handOverSlots);
  }

  /** Null, or why the pass ends with this slot. */
  async readSlot(slot: number): Promise<Unread | null> {
    const { reply, epoch } = await readTwice(this.#session, slot);
    if (!reply.ok && reply.error === null) {
      this.#unanswered += 1;
      return this.#unanswered === maxUnanswered ? 'unanswered' : null;
    }
    this.#isAnswered = true;
    if (this.#messages.length > 0) this.#slotsSinceText += 1;
    if (reply.ok) this.#record(slot, reply.lines, epoch);
    else if (reply.error !== null) return this.#onRefusal(reply.error);
    return null;
  }

  partUntil(unread: Unread): MemoryReading {
    return {
      messages: this.#messages,
      whole: false,
      unread,
      unreadable: 0,
      isAnswered: this.#isAnswered,
      isRead: this.#isRead,
      oneByOne: true,
    };
  }

  /** Every slot was asked for. */
  end(): MemoryReading {
    if (this.#unanswered > 0) return this.partUntil('unanswered');
    const missing = Math.max(0, (this.#range.counted ?? 0) - this.#messages.length);
    const unreadable = this.#refused === 0 ? 0 : missing;
    const whole = this.#range.whole && unreadable === 0;
    return {
      messages: this.#messages,
      whole,
      unread: null,
      unreadable,
      isAnswered: true,
      isRead: this.#isRead,
      oneByOne: true,
    };
  }

  #record(slot: number, lines: readonly string[], epoch: number): void {
    const reading = parseSlot(lines, slot);
    if (reading.kind === 'text-mode') throw settingsLost('CMGF');
    if (reading.kind === 'broken') this.#refused += 1;
    else if (reading.kind === 'empty') this.#isRead = true;
    else {
      this.#isRead ||= reading.message.intact && reading.message.pdu !== '';
      this.#messages.push({ ...reading.message, epoch });
    }
  }

  /** An error that does not concern the SIM is how some model says that the slot is empty (fault C8). */
  #onRefusal(error: FinalError): Unread | null {
    if (saysEmpty(error)) this.#isRead = true;
    else this.#refused += 1;
    return simFailureOf(error);
  }
}

/** Reads one slot, once more if no answer came; returns the epoch in which that was. */
async function readTwice(session: Session, slot: number): Promise<{ reply: CommandReply; epoch: number }> {
  for (let reading = 1; ; reading += 1) {
    const { epoch } = session.channel;
    const reply = await session.run(readSlot(slot));
    if (reply.ok || reply.error !== null || reading === 2) return { reply, epoch };
  }
}

/** Code 500 is for an empty slot, and for one that cannot be read. */
function saysEmpty(error: FinalError): boolean {
  return meaningOf(error) === 'empty-slot' && error.code !== 500;
}

interface SlotRange {
  readonly slots: readonly number[];
  /** The memory whose slots these all are; null if they are some that were named. */
  readonly memory: string | null;
  /** Texts that the memory counts; null if it does not say. */
  readonly counted: number | null;
  /** The memory that has been read in full after all these slots; null if it was not. */
  readonly scanned: string | null;
  /** Every slot in use is among them. */
  readonly whole: boolean;
}

function someSlots(slots: readonly number[]): SlotRange {
  return { slots, memory: null, counted: null, scanned: null, whole: false };
}

/**
 * From 0 to the total, both included: some modems count from 0, some from 1 (fault C7). If the modem lists the slots
 * in use, and as many as it counts, those are enough for a while (fault C12).
 */
async function allSlots(session: Session, mode: ReadingMode, usualTotal: number): Promise<SlotRange> {
  const use = (await readMemoryUses(session))[0];
  const memory = use?.memory ?? '';
  if (!mode.isFullScanDue(memory)) {
    const inUse = await session.read('AT+CMGD=?', '+CMGD', parseSlotsInUse);
    if (inUse !== null && inUse.length === use?.used)
      return { slots: inUse, memory, counted: use.used, scanned: null, whole: true };
  }
  // A modem that does not say how many slots there are has not shown that a memory is empty.
  const isKnown = use !== undefined && use.total > 0;
  const total = Math.min(isKnown ? use.total : usualTotal, maxSlots);
  const slots = mode.inOrder(
    memory,
    Array.from({ length: total + 1 }, (_, slot) => slot),
  );
  return { slots, memory, counted: use?.used ?? null, scanned: isKnown ? memory : null, whole: isKnown };
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
