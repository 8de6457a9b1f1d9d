import { exitCode, WordedError } from '../../base/errors.ts';
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
import { crowdedHours, type HeldKey, type KeyMove, nextStep, type RingTarget } from './keyring-moves.ts';
import type { RingSectors } from './ring-sectors.ts';

/** More make fewer syncs: each round moves as many keys as there are spare sectors. */
const spares = 64;

/**
 * Gives a ring another shape in its own file: no second file, and no second place of a key for longer than a move.
 * The header says first what is to become; then keys move (keyring-moves.ts); then the file gets its new length; the
 * header that says that all is done comes last. Whatever instant it is interrupted at, `finishChange` goes on.
 * The caller sees to it that nobody else has the ring. Errors: `keyring.crowded`, those of `finishChange`.
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
  throw new WordedError('keyring.damaged', 'a key in the keyring cannot be unwrapped', {
    hint: 'Run `visitlog check`: it names the hour.',
    context: { part: 'key' },
  });
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
  throw new WordedError(
    'keyring.master-missing',
    `a change of the keyring ${path} waits for the master key`,
    {
      hint: 'Set cipher.master to the key that the change was begun with.',
      context: { why: 'change', path },
      exit: exitCode.usage,
    },
  );
}

function refuseCrowd(path: string, hours: readonly number[], slots: number): void {
  const crowded = crowdedHours(hours, slots).length;
  if (crowded === 0) return;
  throw new WordedError(
    'keyring.crowded',
    `the keyring ${path} holds more hours than ${slots} slots can take`,
    {
      hint: 'Run `visitlog sweep` first.',
      context: { path, slots, crowded },
    },
  );
}
