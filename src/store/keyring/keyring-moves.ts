/** A key as it lies in a sector. Slots count from 0; sectors behind the last slot are spare. */
export interface HeldKey {
  readonly slot: number;
  readonly hour: number;
  readonly wrapped: boolean;
}

export interface RingTarget {
  readonly slots: number;
  readonly wrapped: boolean;
  /** Where the spare sectors begin: behind the slots of the old ring and of the new. */
  readonly spareFrom: number;
  readonly spares: number;
}

export interface KeyMove {
  readonly from: number;
  readonly to: number;
}

export type ChangeStep =
  | { readonly kind: 'clear'; readonly slots: readonly number[] }
  | { readonly kind: 'move'; readonly moves: readonly KeyMove[] }
  | { readonly kind: 'done' };

/**
 * What to do next on the way to a ring of another size, or of wrapped or unwrapped keys, told from the sectors alone:
 * whoever was interrupted asks again and goes on.
 *
 * A move writes the key, in the form it shall have, to an empty sector, and empties the old one once the new is on
 * disk. So there is a whole copy of every key at every instant; where an interruption left two, the first thing done
 * is to empty the worse. A key whose slot is taken waits until that is empty; when all of them wait they stand in
 * rings, each in another's slot or in its own in the wrong form, and some move to the spare sectors, which frees slots
 * that others wait for.
 */
export function nextStep(held: readonly HeldKey[], target: RingTarget): ChangeStep {
  const worse = worseCopies(held, target);
  if (worse.length > 0) return { kind: 'clear', slots: worse };
  const taken = new Set(held.map(({ slot }) => slot));
  const misplaced = held.filter((key) => rank(key, target) > 0);
  if (misplaced.length === 0) return { kind: 'done' };
  const ready = misplaced.filter(({ hour }) => !taken.has(hour % target.slots));
  if (ready.length > 0)
    return { kind: 'move', moves: ready.map(({ slot, hour }) => ({ from: slot, to: hour % target.slots })) };
  const spare = freeSpares(target, taken);
  const waiting = misplaced.slice(0, spare.length);
  return {
    kind: 'move',
    moves: waiting.map(({ slot }, index) => ({ from: slot, to: spare[index] as number })),
  };
}

/** 0: where it belongs and as it shall be. 1: as it shall be. 2: neither. */
function rank({ slot, hour, wrapped }: HeldKey, target: RingTarget): number {
  if (wrapped !== target.wrapped) return 2;
  return slot === hour % target.slots ? 0 : 1;
}

function worseCopies(held: readonly HeldKey[], target: RingTarget): number[] {
  const best = new Map<number, HeldKey>();
  const worse: number[] = [];
  for (const key of held) {
    const other = best.get(key.hour);
    const better = other === undefined || rank(key, target) < rank(other, target);
    if (better) best.set(key.hour, key);
    if (other !== undefined) worse.push(better ? other.slot : key.slot);
  }
  return worse;
}

function freeSpares({ spareFrom, spares }: RingTarget, taken: ReadonlySet<number>): number[] {
  return Array.from({ length: spares }, (_, index) => spareFrom + index).filter((slot) => !taken.has(slot));
}

/** Hours that would need the same slot of a ring of that size. */
export function crowdedHours(hours: readonly number[], slots: number): number[] {
  const seen = new Set<number>();
  return hours.filter((hour) => {
    const crowded = seen.has(hour % slots);
    seen.add(hour % slots);
    return crowded;
  });
}
