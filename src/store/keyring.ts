import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { hourMs } from '../base/duration.ts';
import { AppError } from '../base/errors.ts';
import {
  decodeSlot,
  encodeHeader,
  encodeSlot,
  type HourKey,
  keyBytes,
  type RingHeader,
  sectorBytes,
  slotChecksum,
} from './keyring-format.ts';
import { openRingFile } from './open-ring-file.ts';
import type { Algorithm } from './register-types.ts';
import { syncDirectory } from './sync-directory.ts';

/** Hours beyond the retention that a ring has room for: how long a sweep may be late. */
const slackHours = 48;

/** The slots that a retention needs. */
export function ringSlots(retentionMs: number): number {
  return Math.ceil(retentionMs / hourMs) + slackHours;
}

/**
 * The file of the hours' keys: slot = hour mod slots, written and overwritten in place, synced each time.
 *
 * There is never a second copy of a key, so nothing here renames, journals or grows the file once it exists.
 * Writing is safe between processes because it happens only inside a write transaction of the register, which one
 * process at a time can hold; readers look at the slot itself when they meet an hour they have no key for.
 * A slot is emptied with one write of zeros: on media that keep old blocks (flash, snapshots) no number of writes
 * would reach them, and elsewhere one is enough.
 */
export class Keyring {
  readonly path: string;
  readonly slots: number;
  readonly ringId: Buffer;
  readonly #fd: number;
  readonly #sector = Buffer.alloc(sectorBytes);

  private constructor(path: string, fd: number, header: RingHeader) {
    this.path = path;
    this.#fd = fd;
    this.slots = header.slots;
    this.ringId = header.ringId;
  }

  /**
   * Makes an empty ring, 0600. It is built beside its place and renamed into it, so that a power cut leaves a whole
   * ring or none; there is no key in it yet.
   */
  static create(path: string, slots: number): void {
    const beside = `${path}.new`;
    rmSync(beside, { force: true });
    const fd = openSync(beside, 'wx', 0o600);
    try {
      writeSync(fd, encodeHeader({ slots, ringId: randomBytes(16) }));
      writeSync(fd, Buffer.alloc(slots * sectorBytes));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(beside, path);
    syncDirectory(dirname(path));
  }

  /** Errors: those of `openRingFile`. */
  static open(path: string, writable: boolean): Keyring {
    const { fd, header } = openRingFile(path, writable);
    return new Keyring(path, fd, header);
  }

  /** The key of an hour, or null; the caller zeroes it. */
  read(hour: number): { readonly held: HourKey; readonly checksum: Buffer } | null {
    const held = this.#readSlot(hour % this.slots);
    if (held === null) return null;
    if (held.hour === hour) return { held, checksum: Buffer.from(slotChecksum(this.#sector)) };
    held.key.fill(0);
    return null;
  }

  /** Whether an hour's slot still holds the key that had this checksum. */
  stillHolds(hour: number, checksum: Buffer): boolean {
    readSync(this.#fd, this.#sector, 0, sectorBytes, position(hour % this.slots));
    const same = slotChecksum(this.#sector).equals(checksum);
    this.#sector.fill(0);
    return same;
  }

  /** Gives an hour its key; it is on disk when this returns. Error: `keyring.collision`. */
  add(hour: number, algorithm: Algorithm): void {
    const before = this.#readSlot(hour % this.slots);
    before?.key.fill(0);
    if (before !== null && before.hour !== hour) throw this.#collision(hour, before.hour);
    const slot: HourKey = { hour, algorithm, key: randomBytes(keyBytes) };
    const sector = encodeSlot(this.ringId, slot);
    slot.key.fill(0);
    this.#write(hour, sector);
    sector.fill(0);
  }

  /** Ends an hour: its slot is zeros on disk when this returns. False when the slot holds another hour's key. */
  destroy(hour: number): boolean {
    const held = this.#readSlot(hour % this.slots);
    held?.key.fill(0);
    if (held !== null && held.hour !== hour) return false;
    this.#write(hour, Buffer.alloc(sectorBytes));
    return true;
  }

  /** The hours that have a key, ascending. */
  hours(): number[] {
    const all = Buffer.alloc(this.slots * sectorBytes);
    readSync(this.#fd, all, 0, all.length, position(0));
    const hours: number[] = [];
    for (let slot = 0; slot < this.slots; slot += 1) {
      const held = decodeSlot(this.ringId, all.subarray(slot * sectorBytes, (slot + 1) * sectorBytes));
      held?.key.fill(0);
      if (held !== null && held.hour % this.slots === slot) hours.push(held.hour);
    }
    all.fill(0);
    return hours.sort((a, b) => a - b);
  }

  close(): void {
    this.#sector.fill(0);
    closeSync(this.#fd);
  }

  #readSlot(slot: number): HourKey | null {
    readSync(this.#fd, this.#sector, 0, sectorBytes, position(slot));
    return decodeSlot(this.ringId, this.#sector);
  }

  #write(hour: number, sector: Buffer): void {
    writeSync(this.#fd, sector, 0, sectorBytes, position(hour % this.slots));
    fdatasyncSync(this.#fd);
  }

  #collision(hour: number, holder: number): AppError {
    return new AppError('keyring.collision', 'the slot of this hour still holds the key of another hour', {
      hint: 'Set the clock right and run `visitlog sweep`: an hour is ended by a sweep alone.',
      context: { hour, holder, slots: this.slots },
    });
  }
}

function position(slot: number): number {
  return (slot + 1) * sectorBytes;
}
