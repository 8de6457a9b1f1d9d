import { randomInt } from 'node:crypto';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { associatedData } from './bound-data.ts';
import { padded, unpadded } from './padded.ts';
import { seal, unseal } from './seal.ts';

/** Where a sealed record lies. */
export interface RecordPlace {
  /** Of `sealedIn`. */
  readonly table: number;
  readonly hour: number;
  readonly id: number;
}

/** Ten digits, the first not 0: short enough to be typed, and above every id of the form before this. */
export const leastRecordId = 1_000_000_000;

/** Whether a row of this id is of the sealed form. */
export function isSealedRecord(id: number): boolean {
  return id >= leastRecordId;
}

/** Random, so that it tells nothing of what came before and after. */
export function randomRecordId(): number {
  return randomInt(leastRecordId, leastRecordId * 10);
}

/** Seals fields as JSON, padded to `least` octets or as many times two as they need, and bound to their place. */
export function sealRecord(
  keys: Subkeys,
  { table, hour, id }: RecordPlace,
  fields: object,
  least: number,
): Buffer {
  const octets = padded(Buffer.from(JSON.stringify(fields), 'utf8'), least);
  return seal(keys, octets, associatedData(table, hour, id, 0));
}

/** The fields, or null if they were not sealed for this place under this key. */
export function openRecord<T extends object>(
  keys: Subkeys | null,
  { table, hour, id }: RecordPlace,
  sealed: Buffer,
): T | null {
  const octets = keys && unseal(keys, sealed, associatedData(table, hour, id, 0));
  return octets === null ? null : (JSON.parse(unpadded(octets).toString('utf8')) as T);
}
