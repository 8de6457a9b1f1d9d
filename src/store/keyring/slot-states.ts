import { decodeSlot, emptySector, headerSectors, sectorBytes } from './keyring-format.ts';
import type { RingSectors } from './ring-sectors.ts';

/** `torn`: neither empty nor whole. `stray`: whole, and in the slot of another hour. */
export interface SlotState {
  readonly slot: number;
  readonly kind: 'empty' | 'key' | 'torn' | 'stray';
  readonly hour: number | null;
}

/** What each slot of a ring holds. No key is kept. */
export function slotStates(sectors: RingSectors, ringId: Buffer, slots: number): SlotState[] {
  const all = Buffer.alloc(slots * sectorBytes);
  sectors.read(headerSectors, all);
  const states: SlotState[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    const sector = all.subarray(slot * sectorBytes, (slot + 1) * sectorBytes);
    states.push(stateOf(sector, ringId, slot, slots));
  }
  all.fill(0);
  return states;
}

function stateOf(sector: Buffer, ringId: Buffer, slot: number, slots: number): SlotState {
  if (sector.equals(emptySector)) return { slot, kind: 'empty', hour: null };
  const stored = decodeSlot(ringId, sector);
  stored?.material.fill(0);
  if (stored === null) return { slot, kind: 'torn', hour: null };
  return { slot, kind: stored.hour % slots === slot ? 'key' : 'stray', hour: stored.hour };
}
