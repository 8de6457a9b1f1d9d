import type { ListedMessage } from '../../at/listing.ts';

/** Deletions of the same content from the same slot after which it counts as undeletable (fault C11). */
const maxTries = 3;

interface SlotReview<T extends ListedMessage> {
  /** The messages to record and delete: all but the undeletable ones. */
  readonly deletable: readonly T[];
  /** Slots that count as undeletable from now on. */
  readonly undeletable: readonly number[];
}

interface Entry {
  readonly memory: string;
  readonly slot: number;
  readonly content: string;
  readonly tries: number;
  readonly isUndeletable: boolean;
}

/**
 * Slots that were deleted and may still be there. Some modems answer a deletion with an error, some with OK, and keep
 * the text either way: only the next listing tells.
 */
export class SlotLedger {
  readonly #entries = new Map<string, Entry>();

  /** Compares with what a reading shows. `whole`: it shows all of the memory. */
  review<T extends ListedMessage>(memory: string, messages: readonly T[], whole: boolean): SlotReview<T> {
    this.#forgetChanged(memory, bySlot(messages), whole);
    const undeletable: number[] = [];
    for (const [key, entry] of this.#entries) {
      if (entry.memory !== memory || entry.tries < maxTries || entry.isUndeletable) continue;
      this.#entries.set(key, { ...entry, isUndeletable: true });
      undeletable.push(entry.slot);
    }
    const deletable = messages.filter(
      ({ slot }) => slot === null || !this.#entries.get(keyOf(memory, slot))?.isUndeletable,
    );
    return { deletable, undeletable };
  }

  /** A deletion was sent. */
  recordDeletion(memory: string, slot: number, messages: readonly ListedMessage[]): void {
    const tries = this.tries(memory, slot) + 1;
    const entry = { memory, slot, content: contentOf(messages), tries, isUndeletable: false };
    this.#entries.set(keyOf(memory, slot), entry);
  }

  /** How often this slot's content was deleted. */
  tries(memory: string, slot: number): number {
    return this.#entries.get(keyOf(memory, slot))?.tries ?? 0;
  }

  /** How many slots are undeletable. */
  get undeletable(): number {
    return [...this.#entries.values()].filter((entry) => entry.isUndeletable).length;
  }

  #forgetChanged(memory: string, slots: ReadonlyMap<number, readonly ListedMessage[]>, whole: boolean): void {
    for (const [key, entry] of this.#entries) {
      if (entry.memory !== memory) continue;
      const shown = slots.get(entry.slot);
      if (shown ? contentOf(shown) !== entry.content : whole) this.#entries.delete(key);
    }
  }
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

function keyOf(memory: string, slot: number): string {
  return `${memory} ${slot}`;
}

function contentOf(messages: readonly ListedMessage[]): string {
  return messages.map((message) => message.pdu).join(' ');
}
