import { createHash } from 'node:crypto';
import type { Algorithm } from './register-types.ts';

/**
 * The keyring file: one header sector, then one sector for each slot. Numbers are big-endian.
 *
 * Header: 0 magic (16) · 16 version (2) · 18 zero (2) · 20 slots (4) · 24 ring id (16) · 40 SHA-256 of 0…39.
 * Slot:   0 hour (4) · 4 algorithm (1) · 5 zero (3) · 8 key (32) · 40 SHA-256 of ring id and 0…39.
 * An empty slot is all zeros. A slot whose checksum is wrong was torn while it was written, so its sync had not
 * returned and no row of its hour had been committed.
 */
export const sectorBytes = 512;
export const keyBytes = 32;
const magic = Buffer.from('VISITLOG KEYRING', 'latin1');
const version = 1;
const checkedBytes = 40;
const checksumEnd = checkedBytes + 32;

const algorithms: readonly Algorithm[] = ['aes-256-gcm', 'aria-256-gcm'];

export interface RingHeader {
  readonly slots: number;
  /** 16 octets; the register keeps it too, so that another register's keyring is noticed. */
  readonly ringId: Buffer;
}

export interface HourKey {
  readonly hour: number;
  readonly algorithm: Algorithm;
  readonly key: Buffer;
}

export function encodeHeader(header: RingHeader): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  magic.copy(sector);
  sector.writeUInt16BE(version, 16);
  sector.writeUInt32BE(header.slots, 20);
  header.ringId.copy(sector, 24);
  checksum(sector).copy(sector, checkedBytes);
  return sector;
}

/** Null for anything that is no header of this version. */
export function decodeHeader(sector: Buffer): RingHeader | null {
  if (sector.length < sectorBytes || !sector.subarray(0, magic.length).equals(magic)) return null;
  if (sector.readUInt16BE(16) !== version || !isWhole(sector)) return null;
  return { slots: sector.readUInt32BE(20), ringId: Buffer.from(sector.subarray(24, checkedBytes)) };
}

export function encodeSlot(ringId: Buffer, slot: HourKey): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  sector.writeUInt32BE(slot.hour, 0);
  sector.writeUInt8(algorithms.indexOf(slot.algorithm), 4);
  slot.key.copy(sector, 8);
  checksum(sector, ringId).copy(sector, checkedBytes);
  return sector;
}

/** What a slot holds, or null where it is empty or torn. The key is a copy; whoever asked zeroes it. */
export function decodeSlot(ringId: Buffer, sector: Buffer): HourKey | null {
  const algorithm = algorithms[sector.readUInt8(4)];
  if (algorithm === undefined || !isWhole(sector, ringId)) return null;
  return { hour: sector.readUInt32BE(0), algorithm, key: Buffer.from(sector.subarray(8, checkedBytes)) };
}

/** The part of a slot that tells whether it still holds the same key. */
export function slotChecksum(sector: Buffer): Buffer {
  return sector.subarray(checkedBytes, checksumEnd);
}

function isWhole(sector: Buffer, ringId?: Buffer): boolean {
  return checksum(sector, ringId).equals(slotChecksum(sector));
}

function checksum(sector: Buffer, ringId: Buffer = Buffer.alloc(0)): Buffer {
  return createHash('sha256').update(ringId).update(sector.subarray(0, checkedBytes)).digest();
}
