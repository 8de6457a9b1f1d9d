import type { ListedMessage } from '../../at/listing.ts';

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
