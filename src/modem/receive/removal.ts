import { deleteSlot } from '../../at/command.ts';
import { meaningOf } from '../../at/final-result.ts';
import type { ListedMessage } from '../../at/listing.ts';
import { type Plan, run, type Session } from '../session.ts';
import { unsent } from '../talk/channel.ts';
import { isUnchanged, showsAgain } from './read-slots.ts';
import type { Sighting } from './reading.ts';

/** Deletions of the same content from the same slot after which it counts as undeletable (fault C11). */
const maxTries = 3;

/**
 * What was deleted and is still there. Some modems answer a deletion with an error, some with OK, and keep the
 * text either way: only the next listing tells.
 */
export interface SlotLedger {
  /** The messages to deal with: all but those that have outlived their deletions. `whole`: all of the memory. */
  review<T extends ListedMessage>(memory: string, messages: readonly T[], whole: boolean): Review<T>;
  /** A deletion was sent. */
  tried(memory: string, slot: number, messages: readonly ListedMessage[]): void;
  /** How often this slot's content was deleted before. */
  tries(memory: string, slot: number): number;
  readonly undeletable: number;
}

export interface Review<T extends ListedMessage> {
  readonly fresh: readonly T[];
  /** Slots that are given up just now. */
  readonly givenUp: readonly number[];
}

interface Entry {
  readonly memory: string;
  readonly slot: number;
  readonly content: string;
  readonly tries: number;
  readonly givenUp: boolean;
}

export function createSlotLedger(): SlotLedger {
  const entries = new Map<string, Entry>();
  const keyOf = (memory: string, slot: number) => `${memory} ${slot}`;

  function forget(
    memory: string,
    slots: ReadonlyMap<number, readonly ListedMessage[]>,
    whole: boolean,
  ): void {
    for (const [key, entry] of entries) {
      if (entry.memory !== memory) continue;
      const shown = slots.get(entry.slot);
      if (shown ? contentOf(shown) !== entry.content : whole) entries.delete(key);
    }
  }

  return {
    review(memory, messages, whole) {
      forget(memory, bySlot(messages), whole);
      const givenUp: number[] = [];
      for (const [key, entry] of entries) {
        if (entry.memory !== memory || entry.tries < maxTries || entry.givenUp) continue;
        entries.set(key, { ...entry, givenUp: true });
        givenUp.push(entry.slot);
      }
      const fresh = messages.filter(
        ({ slot }) => slot === null || !entries.get(keyOf(memory, slot))?.givenUp,
      );
      return { fresh, givenUp };
    },
    tried(memory, slot, messages) {
      const key = keyOf(memory, slot);
      const tries = (entries.get(key)?.tries ?? 0) + 1;
      entries.set(key, { memory, slot, content: contentOf(messages), tries, givenUp: false });
    },
    tries: (memory, slot) => entries.get(keyOf(memory, slot))?.tries ?? 0,
    get undeletable() {
      return [...entries.values()].filter((entry) => entry.givenUp).length;
    },
  };
}

/** Some modems print all parts of a long text under one slot (fault C14). Messages without a slot are left out. */
export function bySlot<T extends ListedMessage>(messages: readonly T[]): Map<number, T[]> {
  const slots = new Map<number, T[]>();
  for (const message of messages) {
    if (message.slot === null) continue;
    const together = slots.get(message.slot);
    if (together) together.push(message);
    else slots.set(message.slot, [message]);
  }
  return slots;
}

function contentOf(messages: readonly ListedMessage[]): string {
  return messages.map((message) => message.pdu).join(' ');
}

/** Parts of a text come one after the other, and not for ever. */
const maxGrown = 5;

/** `in-part`: a slot holds more by now and waits for the next listing; `void`: the dialogue fell out of step. */
export type Removed = 'all' | 'in-part' | 'void';

/**
 * Deletes what a reading showed, slot by slot. Nothing is deleted by what was seen before the dialogue fell out of
 * step: then all of it waits for another listing or, `oneByOne`, for another look at its slot. What the modem says it
 * has deleted is put into `gone`.
 */
export type Remove = (
  memory: string,
  messages: readonly Sighting[],
  oneByOne: boolean,
  gone: Set<Sighting>,
) => Promise<Removed>;

export function createRemoval(session: Session, plan: Plan, ledger: SlotLedger): Remove {
  const { channel } = session;
  /** How often a slot held more at its deletion than its listing had shown. */
  const grown = new Map<string, number>();

  /** Seen in the dialogue as it is now. */
  function areCurrent(messages: readonly Sighting[]): boolean {
    return messages.every(({ epoch }) => epoch === channel.epoch);
  }

  /** True at most so often for a slot: a modem that reads it otherwise than it lists it must not hold up the rest. */
  async function hasGrown(memory: string, slot: number, shown: readonly Sighting[]): Promise<boolean> {
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

  /** `gone`: the modem says that the slot is empty now. Nothing is sent in another epoch than this. */
  async function empty(
    memory: string,
    slot: number,
    together: readonly Sighting[],
    epoch: number,
  ): Promise<'gone' | 'stays' | 'unsure'> {
    const explicit = ledger.tries(memory, slot) === 2;
    const reply = await run(session, deleteSlot(slot, explicit), epoch);
    if (reply === unsent) return 'unsure';
    ledger.tried(memory, slot, together);
    if (reply.ok || (reply.error !== null && meaningOf(reply.error) === 'empty-slot')) return 'gone';
    session.tell('warn', 'line.deletion-failed', { memory, slot });
    return 'stays';
  }

  /** `unsure`: what was seen counts no more, and nothing was deleted by it. */
  async function tend(
    memory: string,
    slot: number,
    together: readonly Sighting[],
    oneByOne: boolean,
  ): Promise<'gone' | 'stays' | 'waits' | 'unsure'> {
    if (!areCurrent(together) && !(oneByOne && (await showsAgain(session, slot, together)))) return 'unsure';
    const { epoch } = channel;
    const waits = await hasGrown(memory, slot, together);
    if (channel.epoch !== epoch) return 'unsure';
    if (waits) return 'waits';
    return empty(memory, slot, together, epoch);
  }

  return async (memory, messages, oneByOne, gone) => {
    const ends = new Set<string>();
    for (const [slot, together] of bySlot(messages)) {
      const end = await tend(memory, slot, together, oneByOne);
      if (end === 'unsure' && !oneByOne) return 'void';
      if (end === 'gone') for (const message of together) gone.add(message);
      ends.add(end);
    }
    if (!oneByOne && !areCurrent(messages)) return 'void';
    return ends.has('waits') ? 'in-part' : 'all';
  };
}
