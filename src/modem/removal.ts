import { deleteSlot } from '../at/command.ts';
import { meaningOf } from '../at/final-result.ts';
import type { ListedMessage } from '../at/listing.ts';
import { isUnchanged } from './read-memory.ts';
import { type Plan, run, type Session } from './session.ts';
import { bySlot, type SlotLedger } from './slot-ledger.ts';

/** Parts of a text come one after the other, and not for ever. */
const maxGrown = 5;

/** `in-part`: a slot holds more by now and waits for the next listing; `void`: the dialogue fell out of step. */
export type Removed = 'all' | 'in-part' | 'void';

/**
 * Deletes what a listing of that epoch showed, slot by slot, and nothing once the dialogue has fallen out of step since;
 * what the modem says it has deleted is put into `gone`.
 */
export type Remove = (
  memory: string,
  messages: readonly ListedMessage[],
  epoch: number,
  gone: Set<ListedMessage>,
) => Promise<Removed>;

export function createRemoval(session: Session, plan: Plan, ledger: SlotLedger): Remove {
  const { channel } = session;
  /** How often a slot held more at its deletion than its listing had shown. */
  const grown = new Map<string, number>();

  /** True at most so often for a slot: a modem that reads it otherwise than it lists it must not hold up the rest. */
  async function hasGrown(memory: string, slot: number, shown: readonly ListedMessage[]): Promise<boolean> {
    if (shown.length > 1) session.memory.sharesSlots = true;
    const key = `${memory} ${slot}`;
    const times = grown.get(key) ?? 0;
    if (times >= maxGrown || (await isUnchanged(session, plan, slot, shown))) {
      grown.delete(key);
      return false;
    }
    grown.set(key, times + 1);
    return true;
  }

  /** True when the modem says that the slot is empty now. */
  async function empty(memory: string, slot: number, together: readonly ListedMessage[]): Promise<boolean> {
    const explicit = ledger.tries(memory, slot) === 2;
    ledger.tried(memory, slot, together);
    const reply = await run(session, deleteSlot(slot, explicit));
    const isGone = reply.ok || (reply.error !== null && meaningOf(reply.error) === 'empty-slot');
    if (!isGone) session.tell('warn', 'line.deletion-failed', { memory, slot });
    return isGone;
  }

  /** Null when the dialogue has fallen out of step since the listing: then nothing is deleted by it. */
  async function tend(memory: string, slot: number, together: readonly ListedMessage[], epoch: number) {
    if (channel.epoch !== epoch) return null;
    const waits = await hasGrown(memory, slot, together);
    if (channel.epoch !== epoch) return null;
    if (waits) return 'waits';
    return (await empty(memory, slot, together)) ? 'gone' : 'stays';
  }

  return async (memory, messages, epoch, gone) => {
    let isWhole = true;
    for (const [slot, together] of bySlot(messages)) {
      const end = await tend(memory, slot, together, epoch);
      if (end === null) return 'void';
      if (end === 'waits') isWhole = false;
      if (end === 'gone') for (const message of together) gone.add(message);
    }
    if (channel.epoch !== epoch) return 'void';
    return isWhole ? 'all' : 'in-part';
  };
}
