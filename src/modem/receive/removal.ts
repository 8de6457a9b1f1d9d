import { deleteSlot } from '../../at/command.ts';
import { meaningOf } from '../../at/final-result.ts';
import type { LineStatus } from '../line-report.ts';
import type { ModemSetup } from '../setup/setup.ts';
import { unsent } from '../talk/channel.ts';
import type { Session } from '../talk/session.ts';
import { isUnchanged, showsAgain } from './read-slots.ts';
import type { ListedText } from './reading.ts';
import type { ReadingMode } from './reading-mode.ts';
import { bySlot, type SlotLedger } from './slot-ledger.ts';

/** How often a slot may hold more at its deletion than its listing showed: parts of a text come one after the other. */
const maxGrown = 5;

/** `in-part`: a slot holds more by now and waits for the next listing; `void`: the dialogue fell out of step. */
export type Removed = 'all' | 'in-part' | 'void';

/**
 * `gone`: the modem says that the slot is empty; `stays`: it refuses; `waits`: more has come into it; `unsure`: what
 * was seen of it is void, and nothing was deleted.
 */
type SlotRemoval = 'gone' | 'stays' | 'waits' | 'unsure';

/** Deletes what a reading showed, slot by slot. */
export class Removal {
  readonly #session: Session;
  readonly #status: LineStatus;
  readonly #mode: ReadingMode;
  readonly #ledger: SlotLedger;
  /** This model is known to keep several messages under one slot. */
  readonly #sharesSlots: boolean;
  /** How often a slot held more at its deletion than its listing had shown. */
  readonly #grown = new Map<string, number>();

  constructor(
    session: Session,
    { family, model }: ModemSetup,
    parts: { readonly status: LineStatus; readonly readingMode: ReadingMode },
    ledger: SlotLedger,
  ) {
    this.#session = session;
    this.#status = parts.status;
    this.#mode = parts.readingMode;
    this.#ledger = ledger;
    this.#sharesSlots = family.sharesSlots?.test(model) ?? false;
  }

  /**
   * What was seen before the dialogue fell out of step deletes nothing: it waits for another listing or, `oneByOne`,
   * for another look at its slot. Adds what the modem says it has deleted to `gone`, also if it throws.
   */
  async remove(
    memory: string,
    messages: readonly ListedText[],
    oneByOne: boolean,
    gone: Set<ListedText>,
  ): Promise<Removed> {
    const ends = new Set<SlotRemoval>();
    for (const [slot, together] of bySlot(messages)) {
      const end = await this.#removeSlot(memory, slot, together, oneByOne);
      if (end === 'unsure' && !oneByOne) return 'void';
      if (end === 'gone') for (const message of together) gone.add(message);
      ends.add(end);
    }
    if (!oneByOne && !this.#areCurrent(messages)) return 'void';
    return ends.has('waits') ? 'in-part' : 'all';
  }

  async #removeSlot(
    memory: string,
    slot: number,
    together: readonly ListedText[],
    oneByOne: boolean,
  ): Promise<SlotRemoval> {
    const { channel } = this.#session;
    const isSeen = this.#areCurrent(together);
    if (!isSeen && !(oneByOne && (await showsAgain(this.#session, slot, together)))) return 'unsure';
    const { epoch } = channel;
    const hasGrown = await this.#hasGrown(memory, slot, together);
    if (channel.epoch !== epoch) return 'unsure';
    return hasGrown ? 'waits' : this.#delete(memory, slot, together, epoch);
  }

  /** Seen in the dialogue as it is now. */
  #areCurrent(messages: readonly ListedText[]): boolean {
    return messages.every(({ epoch }) => epoch === this.#session.channel.epoch);
  }

  /** True only so often for a slot: a modem that reads it otherwise than it lists it must not hold up the rest. */
  async #hasGrown(memory: string, slot: number, shown: readonly ListedText[]): Promise<boolean> {
    if (shown.length > 1) this.#mode.sharesSlots = true;
    const key = `${memory} ${slot}`;
    const times = this.#grown.get(key) ?? 0;
    const mayGrow = (this.#sharesSlots || this.#mode.sharesSlots) && times < maxGrown;
    if (!mayGrow || (await isUnchanged(this.#session, slot, shown))) {
      this.#grown.delete(key);
      return false;
    }
    this.#grown.set(key, times + 1);
    return true;
  }

  /** Sends nothing in another epoch than this. */
  async #delete(
    memory: string,
    slot: number,
    together: readonly ListedText[],
    epoch: number,
  ): Promise<SlotRemoval> {
    const isExplicit = this.#ledger.tries(memory, slot) === 2;
    const reply = await this.#session.run(deleteSlot(slot, isExplicit), epoch);
    if (reply === unsent) return 'unsure';
    this.#ledger.recordDeletion(memory, slot, together);
    if (reply.ok || (reply.error !== null && meaningOf(reply.error) === 'empty-slot')) return 'gone';
    this.#status.log('warn', 'line.deletion-failed', { memory, slot });
    return 'stays';
  }
}
