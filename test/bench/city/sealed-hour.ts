import { parentPort } from 'node:worker_threads';
import { hourStartMs } from '../../../src/store/hour.ts';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import { associatedData, encodeVisitor, lookupTag, sealedIn } from '../../../src/store/sealing/bound-data.ts';
import { seal } from '../../../src/store/sealing/seal.ts';
import { type CityVisit, venueNumber, visitsOfHour } from './city.ts';

export const tagBytes = 8;
/** Nonce, eight octets of number, authentication tag. */
export const sealedBytes = 36;

export interface HourTask {
  readonly hour: number;
  readonly count: number;
  /** The id of the hour's first visit; the others follow in order of time. */
  readonly firstId: number;
  readonly keys: Subkeys;
}

/** The rows of one hour in the order of the table's key, field by field. */
export interface SealedHour {
  readonly hour: number;
  readonly count: number;
  readonly venues: Uint16Array;
  /** Seconds into the hour. */
  readonly seconds: Uint16Array;
  readonly ids: Uint32Array;
  readonly delaysMs: Uint16Array;
  readonly tags: Uint8Array;
  readonly sealed: Uint8Array;
}

function sealHour({ hour, count, firstId, keys }: HourTask): SealedHour {
  const visits = visitsOfHour(hour, count);
  // Sorted as numbers: place, second, and the order of time, which is the order of ids.
  const order = Float64Array.from(
    visits,
    ({ venue, second }, index) => (venue * 3_600 + second) * count + index,
  ).sort();
  const made = {
    hour,
    count,
    venues: new Uint16Array(count),
    seconds: new Uint16Array(count),
    ids: new Uint32Array(count),
    delaysMs: new Uint16Array(count),
    tags: new Uint8Array(count * tagBytes),
    sealed: new Uint8Array(count * sealedBytes),
  };
  for (let index = 0; index < count; index += 1) {
    const rank = (order[index] ?? 0) % count;
    const { visitor, venue, second, delayMs } = visits[rank] as CityVisit;
    const id = firstId + rank;
    const atMs = hourStartMs(hour) + second * 1_000;
    const bound = associatedData(sealedIn.visits, hour, id, atMs, venueNumber(venue));
    made.venues[index] = venue;
    made.seconds[index] = second;
    made.ids[index] = id;
    made.delaysMs[index] = delayMs;
    made.tags.set(lookupTag(keys, visitor), index * tagBytes);
    made.sealed.set(seal(keys, encodeVisitor(visitor), bound), index * sealedBytes);
  }
  return made;
}

// As a worker, this module seals the hours that it is sent.
parentPort?.on('message', (task: HourTask) => {
  const made = sealHour(task);
  const parts = [made.venues, made.seconds, made.ids, made.delaysMs, made.tags, made.sealed];
  parentPort?.postMessage(
    made,
    parts.map(({ buffer }) => buffer as ArrayBuffer),
  );
});
