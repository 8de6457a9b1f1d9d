import { randomBytes } from 'node:crypto';
import { type AppError, fault } from '../../base/errors.ts';
import type { Algorithm } from '../register-types.ts';
import {
  decodeSlot,
  emptySector,
  encodeSlot,
  headerSectors,
  keyBytes,
  type RingHeader,
  type StoredKey,
  sectorBytes,
  slotChecksum,
} from './keyring-format.ts';
import { headerBytes, readHeader } from './keyring-header.ts';
import { unlockRing, unwrapKey, wrapKey } from './keyring-master.ts';
import { openRingSectors, type RingSectors } from './ring-sectors.ts';

/** `torn`: neither empty nor whole. `stray`: whole, and in the slot of another hour. */
type SlotState =
  | { readonly slot: number; readonly kind: 'empty' | 'torn' }
  | { readonly slot: number; readonly kind: 'key' | 'stray'; readonly hour: number };

/** What each slot of a ring holds. No key is kept. */
function slotStates(sectors: RingSectors, ringId: Buffer, slots: number): SlotState[] {
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
  if (sector.equals(emptySector)) return { slot, kind: 'empty' };
  const stored = decodeSlot(ringId, sector);
  stored?.material.fill(0);
  if (stored === null) return { slot, kind: 'torn' };
  return { slot, kind: stored.hour % slots === slot ? 'key' : 'stray', hour: stored.hour };
}

/** An hour's key, ready for use. */
interface HourKey {
  readonly hour: number;
  readonly algorithm: Algorithm;
  /** 32 octets, which the caller zeroes. */
  readonly key: Buffer;
}

/**
 * The file of the hours' keys: slot = hour mod slots, written and overwritten in place, synced each time.
 *
 * There is never a second copy of a key, so nothing here renames, journals or grows the file once it exists
 * (keyring-change.ts does, while nobody else has it).
 * Writing is safe between processes because it happens only inside a write transaction of the register, which one
 * process at a time can hold; readers look at the slot itself when they meet an hour they have no key for.
 * A slot is emptied with one write of zeros: on media that keep old blocks (flash, snapshots) no number of writes
 * would reach them, and elsewhere one is enough.
 *
 * Every buffer that held a key is zeroed here or by the caller. What cannot be reached from here: the
 * copies in OpenSSL's contexts, which OpenSSL cleanses when they are freed, at a time the garbage collector chooses.
 */
export class Keyring {
  readonly path: string;
  readonly slots: number;
  readonly ringId: Buffer;
  readonly wrapped: boolean;
  readonly #sectors: RingSectors;
  readonly #headers: Buffer;
  readonly #wrapping: Buffer | null;
  readonly #sector = Buffer.alloc(sectorBytes);

  private constructor(path: string, sectors: RingSectors, headers: Buffer, masterFile: string | null) {
    const header = readHeader(path, headers);
    checkWhole(path, header, sectors.count());
    this.path = path;
    this.slots = header.shape.slots;
    this.ringId = header.ringId;
    this.#sectors = sectors;
    this.#headers = headers;
    this.#wrapping = unlockRing(path, header, masterFile);
    this.wrapped = this.#wrapping !== null;
  }

  /**
   * Errors: those of `openRingSectors` and `unlockRing`, `keyring.damaged`, `keyring.unfinished`,
   * `keyring.truncated`.
   */
  static open(path: string, writable: boolean, masterFile: string | null = null): Keyring {
    const sectors = openRingSectors(path, writable);
    try {
      return new Keyring(path, sectors, headerBytes(sectors), masterFile);
    } catch (error) {
      sectors.close();
      throw error;
    }
  }

  /** The key of an hour, or null; the caller zeroes it. Error: `keyring.changed`. */
  read(hour: number): { readonly held: HourKey; readonly checksum: Buffer } | null {
    const stored = this.#readSlot(hour);
    const checksum = Buffer.from(slotChecksum(this.#sector));
    this.#sector.fill(0);
    const key = stored?.hour === hour ? this.#opened(stored) : null;
    if (stored !== null && stored.material !== key) stored.material.fill(0);
    if (stored !== null && key !== null)
      return { held: { hour, algorithm: stored.algorithm, key }, checksum };
    this.checkUnchanged();
    return null;
  }

  /** Whether an hour's slot still holds the key that had this checksum. */
  stillHolds(hour: number, checksum: Buffer): boolean {
    this.#sectors.read(this.#position(hour), this.#sector);
    const same = slotChecksum(this.#sector).equals(checksum);
    this.#sector.fill(0);
    return same;
  }

  /** Gives an hour its key; it is on disk when this returns. Error: `keyring.collision`. */
  add(hour: number, algorithm: Algorithm): void {
    const before = this.#holder(hour);
    if (before !== null && before !== hour) throw this.#collision(hour, before);
    const key = randomBytes(keyBytes);
    const material = this.#wrapping === null ? key : wrapKey(this.#wrapping, key);
    const sector = encodeSlot(this.ringId, { hour, algorithm, wrapped: this.wrapped, material });
    this.#write(hour, sector);
    for (const secret of [key, material, sector]) secret.fill(0);
  }

  /** Ends an hour: its slot is zeros on disk when this returns. False when the slot holds another hour's key. */
  destroy(hour: number): boolean {
    const holder = this.#holder(hour);
    if (holder !== null && holder !== hour) return false;
    this.#write(hour, emptySector);
    return true;
  }

  /** The hours that have a key, ascending. */
  hours(): number[] {
    return this.states()
      .flatMap((state) => (state.kind === 'key' ? state.hour : []))
      .sort((a, b) => a - b);
  }

  /** Whether any hour has a key; as quick as the first is found. */
  hasAny(): boolean {
    for (let slot = 0; slot < this.slots; slot += 1) {
      this.#sectors.read(headerSectors + slot, this.#sector);
      const { kind } = stateOf(this.#sector, this.ringId, slot, this.slots);
      this.#sector.fill(0);
      if (kind === 'key') return true;
    }
    return false;
  }

  states(): SlotState[] {
    return slotStates(this.#sectors, this.ringId, this.slots);
  }

  /**
   * Empties slots whose writing or destruction was cut short: a part of a key may still lie there. A torn slot of one
   * of these hours is left as it is, because that is damage, and what is left of the key may be all there is.
   */
  clearTorn(hoursWithRows: readonly number[]): void {
    const needed = new Set(hoursWithRows.map((hour) => hour % this.slots));
    for (const { slot, kind } of this.states())
      if (kind === 'torn' && !needed.has(slot)) this.#write(slot, emptySector);
  }

  /** Error: `keyring.changed`, when the ring was resized, wrapped or unwrapped since it was opened. */
  checkUnchanged(): void {
    if (!headerBytes(this.#sectors).equals(this.#headers)) throw fault('keyring.changed');
  }

  close(): void {
    this.#sector.fill(0);
    this.#wrapping?.fill(0);
    this.#sectors.close();
  }

  #opened({ wrapped, material }: StoredKey): Buffer | null {
    if (!wrapped) return material;
    return this.#wrapping === null ? null : unwrapKey(this.#wrapping, material);
  }

  #readSlot(hour: number): StoredKey | null {
    this.#sectors.read(this.#position(hour), this.#sector);
    return decodeSlot(this.ringId, this.#sector);
  }

  /** The hour whose key lies in the slot of this hour. */
  #holder(hour: number): number | null {
    const stored = this.#readSlot(hour);
    this.#sector.fill(0);
    stored?.material.fill(0);
    return stored?.hour ?? null;
  }

  #write(hour: number, sector: Buffer): void {
    this.#sectors.write(this.#position(hour), sector);
    this.#sectors.sync();
  }

  #position(hour: number): number {
    return headerSectors + (hour % this.slots);
  }

  #collision(hour: number, holder: number): AppError {
    return fault('keyring.collision', { hour, holder, slots: this.slots });
  }
}

function checkWhole(path: string, { shape, becoming }: RingHeader, sectors: number | null): void {
  if (becoming !== null) throw fault('keyring.unfinished', { path });
  const wanted = headerSectors + shape.slots;
  if (sectors !== wanted) throw fault('keyring.truncated', { path, sectors, wanted });
}
