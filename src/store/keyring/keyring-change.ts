import { fault } from '../../base/errors.ts';
import {
  decodeSlot,
  emptySector,
  encodeSlot,
  headerSectors,
  type RingHeader,
  type RingShape,
  type StoredKey,
  sectorBytes,
} from './keyring-format.ts';
import { headerBytes, readHeader, writeHeader } from './keyring-header.ts';
import { checkedMaster, unwrapKey, wrapKey } from './keyring-master.ts';
import type { RingSectors } from './ring-sectors.ts';

/** A key as it lies in a sector. Slots count from 0; sectors behind the last slot are spare. */
interface HeldKey {
  readonly slot: number;
  readonly hour: number;
  readonly wrapped: boolean;
}

interface RingTarget {
  readonly slots: number;
  readonly wrapped: boolean;
  /** Where the spare sectors begin: behind the slots of the old ring and of the new. */
  readonly spareFrom: number;
  readonly spares: number;
}

interface KeyMove {
  readonly from: number;
  readonly to: number;
}

type ChangeStep =
  | { readonly kind: 'clear'; readonly slots: readonly number[] }
  | { readonly kind: 'move'; readonly moves: readonly KeyMove[] }
  | { readonly kind: 'done' };

/**
 * The next step on the way to a ring of another size, or of wrapped or unwrapped keys. The sectors alone decide:
 * after an interruption the change continues from them.
 *
 * A move writes the key, in its new form, to an empty sector, and empties the old one once the new is on
 * disk. So there is a whole copy of every key at every instant; if an interruption left two, the first thing done
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
  const moves = misplaced.flatMap(({ slot }, index) => {
    const to = spare[index];
    return to === undefined ? [] : { from: slot, to };
  });
  return { kind: 'move', moves };
}

/** 0: in its own slot and in the right form. 1: in the right form. 2: neither. */
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
function crowdedHours(hours: readonly number[], slots: number): number[] {
  const seen = new Set<number>();
  return hours.filter((hour) => {
    const crowded = seen.has(hour % slots);
    seen.add(hour % slots);
    return crowded;
  });
}

/** More make fewer syncs: each round moves as many keys as there are spare sectors. */
const spares = 64;

/**
 * Gives a ring another shape in its own file: no second file, and no second place of a key for longer than a move.
 * The header first gets the new size and form; then keys move; then the file gets its new length; the
 * header that says that all is done comes last. Whatever instant it is interrupted at, `finishChange` goes on.
 * The caller holds the only handle to the ring. Errors: `keyring.crowded`, those of `finishChange`.
 */
export function changeRing(
  path: string,
  sectors: RingSectors,
  becoming: RingShape,
  masterFile: string | null,
): void {
  const header = readHeader(path, headerBytes(sectors));
  refuseCrowd(
    path,
    heldIn(sectors, header).map(({ hour }) => hour),
    becoming.slots,
  );
  writeHeader(sectors, { ...header, becoming });
  finishChange(path, sectors, masterFile);
}

/**
 * Finishes a change that was begun, if one was. Keys that keep their form are moved as they are, without the master.
 * Errors: `keyring.damaged`, `keyring.master-missing`, `keyring.master-wrong`.
 */
export function finishChange(path: string, sectors: RingSectors, masterFile: string | null): void {
  const header = readHeader(path, headerBytes(sectors));
  const { becoming, shape } = header;
  if (becoming === null) return;
  const wrapping = wrappingFor(path, header, becoming, masterFile);
  const spareFrom = Math.max(shape.slots, becoming.slots);
  const target = { slots: becoming.slots, wrapped: becoming.masterCheck !== null, spareFrom, spares };
  sectors.resize(Math.max(sectors.count() ?? 0, headerSectors + spareFrom + spares));
  // What an earlier attempt wrote may be in the system's memory only, and copies are about to be emptied for it.
  sectors.sync();
  try {
    moveAll({ sectors, ringId: header.ringId, target, wrapping });
  } finally {
    wrapping?.fill(0);
  }
  sectors.resize(headerSectors + becoming.slots);
  writeHeader(sectors, { ...header, shape: becoming, becoming: null });
}

interface Change {
  readonly sectors: RingSectors;
  readonly ringId: Buffer;
  readonly target: RingTarget;
  readonly wrapping: Buffer | null;
}

function moveAll(change: Change): void {
  for (;;) {
    const step = nextStep(heldIn(change.sectors, { ringId: change.ringId }), change.target);
    if (step.kind === 'done') break;
    if (step.kind === 'move') copyAll(change, step.moves);
    clear(change.sectors, step.kind === 'move' ? step.moves.map(({ from }) => from) : step.slots);
  }
  clear(change.sectors, remains(change));
}

function copyAll(change: Change, moves: readonly KeyMove[]): void {
  const { sectors, ringId } = change;
  const sector = Buffer.alloc(sectorBytes);
  for (const { from, to } of moves) {
    sectors.read(headerSectors + from, sector);
    const stored = decodeSlot(ringId, sector);
    if (stored === null) throw new Error('a key is not where it was a moment ago');
    const material = inForm(change, stored);
    const moved = encodeSlot(ringId, { ...stored, wrapped: change.target.wrapped, material });
    sectors.write(headerSectors + to, moved);
    for (const secret of [stored.material, material, moved, sector]) secret.fill(0);
  }
  sectors.sync();
}

function inForm({ target, wrapping }: Change, { wrapped, material }: StoredKey): Buffer {
  if (wrapped === target.wrapped) return material;
  if (wrapping === null) throw new Error('the form of a key changes without a master');
  const changed = target.wrapped ? wrapKey(wrapping, material) : unwrapKey(wrapping, material);
  if (changed !== null) return changed;
  throw fault('keyring.damaged', { part: 'key' });
}

function clear(sectors: RingSectors, slots: readonly number[]): void {
  if (slots.length === 0) return;
  for (const slot of slots) sectors.write(headerSectors + slot, emptySector);
  sectors.sync();
}

/** What interrupted writes left: neither a key nor empty. */
function remains({ sectors, ringId }: Change): number[] {
  const slots: number[] = [];
  eachSector(sectors, (sector, slot) => {
    const stored = decodeSlot(ringId, sector);
    stored?.material.fill(0);
    if (stored === null && !sector.equals(emptySector)) slots.push(slot);
  });
  return slots;
}

function heldIn(sectors: RingSectors, { ringId }: Pick<RingHeader, 'ringId'>): HeldKey[] {
  const held: HeldKey[] = [];
  eachSector(sectors, (sector, slot) => {
    const stored = decodeSlot(ringId, sector);
    stored?.material.fill(0);
    if (stored !== null) held.push({ slot, hour: stored.hour, wrapped: stored.wrapped });
  });
  return held;
}

function eachSector(sectors: RingSectors, look: (sector: Buffer, slot: number) => void): void {
  const slots = Math.max(0, (sectors.count() ?? 0) - headerSectors);
  const all = Buffer.alloc(slots * sectorBytes);
  sectors.read(headerSectors, all);
  for (let slot = 0; slot < slots; slot += 1)
    look(all.subarray(slot * sectorBytes, (slot + 1) * sectorBytes), slot);
  all.fill(0);
}

/** Null when no key changes its form. */
function wrappingFor(
  path: string,
  { ringId, shape }: RingHeader,
  becoming: RingShape,
  masterFile: string | null,
): Buffer | null {
  const check = becoming.masterCheck ?? shape.masterCheck;
  if (check === null || (becoming.masterCheck !== null) === (shape.masterCheck !== null)) return null;
  if (masterFile !== null) return checkedMaster(path, masterFile, ringId, check);
  throw fault('keyring.master-missing', { why: 'change', path });
}

function refuseCrowd(path: string, hours: readonly number[], slots: number): void {
  const crowded = crowdedHours(hours, slots).length;
  if (crowded > 0) throw fault('keyring.crowded', { path, slots, crowded });
}
