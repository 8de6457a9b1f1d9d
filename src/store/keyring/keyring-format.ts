import { createHash } from 'node:crypto';
import { hourMs } from '../../base/amounts.ts';
import type { Algorithm } from '../register-types.ts';

/**
 * The keyring file: two header sectors, then one sector for each slot. Numbers are big-endian.
 *
 * Header: 0 magic (16) · 16 version (2) · 18 zero (2) · 20 generation (4) · 24 slots (4) · 28 slots to be (4) ·
 *         32 ring id (16) · 48 master check (16) · 64 master check to be (16) · 80 SHA-256 of 0…79.
 *         "To be" is filled while the ring is being changed, otherwise zero. A master check of zeros: no master.
 * Slot:   0 hour (4) · 4 algorithm (1) · 5 form (1): 0 plain, 1 wrapped · 6 zero (2) · 8 key (32), or wrapped (40) ·
 *         48 SHA-256 of ring id and 0…47.
 * An empty slot is all zeros. A slot whose checksum is wrong was torn while it was written, so its sync had not
 * returned: no row of its hour had been committed, or its hour was being ended.
 */
export const sectorBytes = 512;
export const headerSectors = 2;
export const keyBytes = 32;
export const ringMagic: Buffer = Buffer.from('VISITLOG KEYRING', 'latin1');
const version = 2;
const checkBytes = 16;
const headerChecked = 80;
const slotChecked = 48;
const materialAt = 8;
const wrappedBytes = keyBytes + 8;
export const emptySector: Buffer = Buffer.alloc(sectorBytes);
const noCheck = Buffer.alloc(checkBytes);

/** In files an algorithm is its place here. */
export const algorithms: readonly Algorithm[] = ['aes-256-gcm', 'aria-256-gcm'];

/** What `keyring resize`, `wrap` and `unwrap` change. */
export interface RingShape {
  readonly slots: number;
  /** 16 octets that tell whether a master key is the right one; null when the keys lie unwrapped. */
  readonly masterCheck: Buffer | null;
}

export interface RingHeader {
  /** Rises with each header written: of two whole ones, the higher counts. */
  readonly generation: number;
  /** 16 octets; the register keeps it too, so that another register's keyring is noticed. */
  readonly ringId: Buffer;
  readonly shape: RingShape;
  /** What an unfinished change leads to. */
  readonly becoming: RingShape | null;
}

/** What a slot holds, as it lies there. */
export interface StoredKey {
  readonly hour: number;
  readonly algorithm: Algorithm;
  readonly wrapped: boolean;
  /** 32 octets, or 40 when wrapped. A copy, which the caller zeroes. */
  readonly material: Buffer;
}

export function encodeHeader({ generation, ringId, shape, becoming }: RingHeader): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  ringMagic.copy(sector);
  sector.writeUInt16BE(version, 16);
  sector.writeUInt32BE(generation, 20);
  sector.writeUInt32BE(shape.slots, 24);
  sector.writeUInt32BE(becoming?.slots ?? 0, 28);
  ringId.copy(sector, 32);
  shape.masterCheck?.copy(sector, 48);
  becoming?.masterCheck?.copy(sector, 64);
  digest(sector, headerChecked).copy(sector, headerChecked);
  return sector;
}

/** Null for anything that is not a header of this version. */
export function decodeHeader(sector: Buffer): RingHeader | null {
  if (!sector.subarray(0, ringMagic.length).equals(ringMagic) || sector.readUInt16BE(16) !== version)
    return null;
  if (!digest(sector, headerChecked).equals(sector.subarray(headerChecked, headerChecked + 32))) return null;
  const next = sector.readUInt32BE(28);
  return {
    generation: sector.readUInt32BE(20),
    ringId: Buffer.from(sector.subarray(32, 48)),
    shape: { slots: sector.readUInt32BE(24), masterCheck: checkAt(sector, 48) },
    becoming: next === 0 ? null : { slots: next, masterCheck: checkAt(sector, 64) },
  };
}

function checkAt(sector: Buffer, at: number): Buffer | null {
  const check = sector.subarray(at, at + checkBytes);
  return check.equals(noCheck) ? null : Buffer.from(check);
}

export function encodeSlot(ringId: Buffer, slot: StoredKey): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  sector.writeUInt32BE(slot.hour, 0);
  sector.writeUInt8(algorithms.indexOf(slot.algorithm), 4);
  sector.writeUInt8(slot.wrapped ? 1 : 0, 5);
  slot.material.copy(sector, materialAt);
  digest(sector, slotChecked, ringId).copy(sector, slotChecked);
  return sector;
}

/** What a slot holds, or null if it is empty or torn. */
export function decodeSlot(ringId: Buffer, sector: Buffer): StoredKey | null {
  if (sector.equals(emptySector)) return null;
  const algorithm = algorithms[sector.readUInt8(4)];
  const wrapped = sector.readUInt8(5) === 1;
  if (algorithm === undefined || !digest(sector, slotChecked, ringId).equals(slotChecksum(sector)))
    return null;
  const material = sector.subarray(materialAt, materialAt + (wrapped ? wrappedBytes : keyBytes));
  return { hour: sector.readUInt32BE(0), algorithm, wrapped, material: Buffer.from(material) };
}

/** The part of a slot that changes with its key. */
export function slotChecksum(sector: Buffer): Buffer {
  return sector.subarray(slotChecked, slotChecked + 32);
}

function digest(sector: Buffer, length: number, ringId: Buffer = Buffer.alloc(0)): Buffer {
  return createHash('sha256').update(ringId).update(sector.subarray(0, length)).digest();
}

/** Hours beyond the retention that a ring has room for: how long a sweep may be late. */
const slackHours = 48;

/** The slots that a retention needs. */
export function ringSlots(retentionMs: number): number {
  return Math.ceil(retentionMs / hourMs) + slackHours;
}
