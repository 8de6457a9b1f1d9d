import type { Family, MemoryShape } from './family.ts';
import type { NetworkText } from './sent-text.ts';

/** <stat> of TS 27.005 §3.1 in PDU mode. */
export const stat = { unread: 0, read: 1, unsent: 2, sent: 3 } as const;

/** A stored PDU; `text` is null if it did not come over the network (a draft). */
interface StoredPdu {
  readonly pdu: string;
  readonly length: number;
  readonly text: NetworkText | null;
}

export interface MemorySlot {
  stat: number;
  /** One PDU; several on modems whose parts of one text share an index. */
  held: readonly StoredPdu[];
}

export interface SmsMemory {
  readonly name: string;
  base: number;
  readonly slots: (MemorySlot | null)[];
  used: number;
}

export function createMemory(name: string, shape: MemoryShape): SmsMemory {
  return { name, base: shape.base, slots: Array.from({ length: shape.capacity }, () => null), used: 0 };
}

/** Puts a PDU into the first free slot; its number as the modem prints it, or null if the memory is full. */
export function putPdu(memory: SmsMemory, held: StoredPdu, status: number): number | null {
  if (memory.used >= memory.slots.length) return null;
  const free = memory.slots.indexOf(null);
  if (free < 0) return null;
  memory.slots[free] = { stat: status, held: [held] };
  memory.used += 1;
  return free + memory.base;
}

/** Puts a further part into the slot of the same text; its number, or null if no part is there. */
export function putBesidePart(memory: SmsMemory, held: StoredPdu): number | null {
  if (memory.used >= memory.slots.length) return null;
  const beside = memory.slots.findIndex((slot) => slot?.held.some((other) => sameGroup(other, held)));
  const slot = memory.slots[beside];
  if (!slot) return null;
  slot.held = [...slot.held, held];
  memory.used += 1;
  return beside + memory.base;
}

function sameGroup(a: StoredPdu, b: StoredPdu): boolean {
  return a.text !== null && b.text !== null && a.text.group === b.text.group;
}

/** A memory as the host names it: one, or several in a row (MT). */
export interface MemoryView {
  readonly name: string;
  readonly base: number;
  readonly capacity: number;
  readonly used: number;
  read(index: number): MemorySlot | null;
  /** Empties a slot; what was in it, or null. */
  clear(index: number): MemorySlot | null;
  /** Whether there is a slot of that number. */
  has(index: number): boolean;
  entries(): { index: number; slot: MemorySlot }[];
}

export function openView(
  memories: ReadonlyMap<string, SmsMemory>,
  family: Pick<Family, 'views'>,
  name: string,
): MemoryView {
  const stores = (family.views[name] ?? [name]).flatMap((store) => memories.get(store) ?? []);
  const base = stores[0]?.base ?? 0;

  function locate(index: number): { store: SmsMemory; at: number } | null {
    let at = index - base;
    for (const store of stores) {
      if (at < 0) return null;
      if (at < store.slots.length) return { store, at };
      at -= store.slots.length;
    }
    return null;
  }

  return {
    name,
    base,
    capacity: stores.reduce((sum, store) => sum + store.slots.length, 0),
    used: stores.reduce((sum, store) => sum + store.used, 0),
    has: (index) => locate(index) !== null,
    read(index) {
      const place = locate(index);
      return place ? (place.store.slots[place.at] ?? null) : null;
    },
    clear(index) {
      const place = locate(index);
      const slot = place ? (place.store.slots[place.at] ?? null) : null;
      if (!place || !slot) return null;
      place.store.slots[place.at] = null;
      place.store.used -= slot.held.length;
      return slot;
    },
    entries() {
      const found: { index: number; slot: MemorySlot }[] = [];
      let first = base;
      for (const store of stores) {
        store.slots.forEach((slot, at) => {
          if (slot) found.push({ index: first + at, slot });
        });
        first += store.slots.length;
      }
      return found;
    },
  };
}
