import { listAll, setting } from '../../at/command.ts';
import { type FinalError, meaningOf } from '../../at/final-result.ts';
import { type Listing, parseListing } from '../../at/listing.ts';
import type { LineStatus } from '../line-report.ts';
import { simFailureOf } from '../recover/sim-trouble.ts';
import type { ModemSetup } from '../setup/setup.ts';
import { useMemory } from '../setup/storage.ts';
import type { CommandReply } from '../talk/channel.ts';
import { readMemoryUses, readMessageMode } from '../talk/read-settings.ts';
import { type Session, settingsLost } from '../talk/session.ts';
import { readSlots } from './read-slots.ts';
import { type ListedText, type MemoryReading, nothingRead } from './reading.ts';
import type { ReadingMode } from './reading-mode.ts';

const textModeTries = 3;

interface TextListing extends Listing {
  readonly messages: readonly ListedText[];
}

/** Reads the memory in use: by listing, or slot by slot if listing is refused or hangs (fault C9). */
export class MemoryReader {
  readonly #session: Session;
  readonly #setup: ModemSetup;
  readonly #status: LineStatus;
  readonly #mode: ReadingMode;

  constructor(session: Session, setup: ModemSetup, status: LineStatus, mode: ReadingMode) {
    this.#session = session;
    this.#setup = setup;
    this.#status = status;
    this.#mode = mode;
  }

  /**
   * `memory`: the one in use. `slots`: the ones that notifications named, or null for all. `handsOver`: see `readSlots`.
   * @throws AppError `line.settings-lost` if the modem stays in text mode (fault B15)
   */
  async read(memory: string, slots: readonly number[] | null, handsOver: boolean): Promise<MemoryReading> {
    if (this.#mode.takeNextBySlots()) return this.readSlots(null, handsOver);
    if (!this.#mode.mayList) return this.readSlots(slots, handsOver);
    for (let attempt = 1; attempt <= textModeTries; attempt += 1) {
      const { epoch } = this.#session.channel;
      const reply = await this.#session.run(listAll(this.#setup.family.listSilenceMs));
      if (!reply.ok) return this.#readWithoutListing(memory, slots, handsOver, reply, epoch);
      const listing = await this.#parse(reply.lines, epoch);
      if (!listing.textMode) return this.#readListing(listing);
      // The modem may believe that PDU mode is set, and still has to be told again.
      this.#status.log('warn', 'line.text-mode', { attempt });
      await this.#session.run(setting('AT+CMGF=0'));
    }
    throw settingsLost('CMGF');
  }

  /** A large listing piece by piece: after each the other lines have their turn. */
  async #parse(lines: readonly string[], epoch: number): Promise<TextListing> {
    const pieces = piecesOf(lines);
    const messages: ListedText[] = [];
    let orphans = 0;
    let textMode = false;
    for (const piece of pieces) {
      const listing = parseListing(piece);
      messages.push(...textsOf(listing, epoch));
      orphans += listing.orphans;
      textMode ||= listing.textMode;
      if (pieces.length > 1) await this.#session.pause(0);
    }
    return { messages, textMode, orphans };
  }

  #readListing(listing: TextListing): MemoryReading {
    if (listing.orphans > 0) this.#status.log('warn', 'line.listing-torn', { lines: listing.orphans });
    this.#mode.recordListing();
    const { messages } = listing;
    const whole = listing.orphans === 0;
    return {
      messages,
      whole,
      unread: null,
      unreadable: 0,
      isAnswered: true,
      // What is neither a header nor a PDU shows nothing.
      isRead: (whole && messages.length === 0) || messages.some(isShown),
      oneByOne: false,
    };
  }

  /** The listing was refused, or had no end. */
  async #readWithoutListing(
    memory: string,
    slots: readonly number[] | null,
    handsOver: boolean,
    { error, lines }: Extract<CommandReply, { ok: false }>,
    epoch: number,
  ): Promise<MemoryReading> {
    if (error !== null && (await this.#isEmpty(error, memory)))
      return this.#readListing({ messages: [], textMode: false, orphans: 0 });
    this.#status.log('warn', 'line.listing-failed', { answer: error?.text ?? null });
    if (error === null) {
      this.#mode.recordSilence();
      const messages = intactTexts(lines, epoch);
      const isAnswered = messages.length > 0;
      return { ...nothingRead('unanswered'), messages, isAnswered, isRead: isAnswered, oneByOne: true };
    }
    // Listing alone may refuse so: the first slot tells.
    if (simFailureOf(error) !== null) return this.readSlots(slots, handsOver);
    if ((await readMessageMode(this.#session)) === '1') throw settingsLost('CMGF');
    // Asked again at each poll: it may be true, and then it is the only proof that the memory can be read.
    const saysEmpty = meaningOf(error) === 'empty-slot' && error.code !== 500;
    if (!saysEmpty) this.#mode.recordRefusal();
    const reading = await this.readSlots(slots, handsOver);
    return { ...reading, isRead: reading.isRead || saysEmpty };
  }

  /** Some models refuse to list an empty memory as they refuse to read an empty slot (fault C8). */
  async #isEmpty(error: FinalError, memory: string): Promise<boolean> {
    if (meaningOf(error) !== 'empty-slot') return false;
    const use = (await readMemoryUses(this.#session))[0];
    // A modem that cannot be asked counts what it is set to.
    const used = use?.used ?? (await useMemory(this.#session, memory, this.#setup.memories.main));
    return used === 0;
  }

  /** As `read`, but never by a listing. */
  async readSlots(slots: readonly number[] | null, handsOver: boolean): Promise<MemoryReading> {
    const usualTotal = this.#status.report.storage?.total ?? 0;
    const reading = await readSlots(this.#session, this.#mode, slots, handsOver, usualTotal);
    if (reading.unread === 'more') this.#mode.readNextBySlots();
    return reading;
  }
}

const pieceLines = 500;

/** The lines of a listing in pieces; each but the first begins with a header. */
function piecesOf(lines: readonly string[]): (readonly string[])[] {
  const pieces: (readonly string[])[] = [];
  for (let from = 0, to = 0; from < lines.length; from = to) {
    to = Math.min(lines.length, from + pieceLines);
    while (to < lines.length && lines[to]?.startsWith('+CMGL') !== true) to += 1;
    pieces.push(lines.slice(from, to));
  }
  return pieces;
}

const isShown = ({ pdu, intact }: ListedText) => intact && pdu !== '';

function textsOf({ messages }: Listing, epoch: number): ListedText[] {
  return messages.map((message) => ({ ...message, epoch }));
}

/** What a listing without an end has shown from the header to the last octet (fault B5): it need not wait. */
function intactTexts(lines: readonly string[], epoch: number): ListedText[] {
  const listing = parseListing(lines);
  return listing.textMode ? [] : textsOf(listing, epoch).filter(({ intact }) => intact);
}
