import { parentPort } from 'node:worker_threads';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import { rowTags } from '../../../src/store/sealing/tags.ts';
import { rowBytes, rowNameBytes, sealVisit } from '../../../src/store/sealing/visit-row.ts';
import { venueNumber, visitsOfHour } from './city.ts';

export interface HourTask {
  readonly hour: number;
  readonly count: number;
  readonly tagBits: number;
  readonly keys: Subkeys;
}

/** The rows of one hour in the order of the table's key, each as the register has it. */
export interface SealedHour extends Omit<HourTask, 'keys'> {
  readonly rows: Uint8Array;
}

function sealHour({ hour, count, tagBits, keys }: HourTask): SealedHour {
  const unsorted = Buffer.alloc(count * rowBytes);
  for (const [index, { visitor, venue, second, delayMs }] of visitsOfHour(hour, count).entries()) {
    const fields = {
      visitor,
      venue: venueNumber(venue),
      inHourMs: second * 1_000,
      receivedAfterMs: delayMs,
      line: 1,
      flags: 0,
      order: index % 256,
    };
    const { venueTag, visitorTag } = rowTags(keys, fields, tagBits);
    const { id, sealed } = sealVisit(keys, hour, { venueTag, visitorTag }, fields);
    Buffer.concat([venueTag, id, visitorTag, sealed]).copy(unsorted, index * rowBytes);
  }
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort((one, other) => {
    const [a, b] = [one * rowBytes, other * rowBytes];
    return (
      unsorted.readUInt16BE(a + rowNameBytes) - unsorted.readUInt16BE(b + rowNameBytes) ||
      unsorted.compare(unsorted, b, b + rowNameBytes, a, a + rowNameBytes)
    );
  });
  const rows = new Uint8Array(count * rowBytes);
  for (const [index, from] of order.entries())
    rows.set(unsorted.subarray(from * rowBytes, (from + 1) * rowBytes), index * rowBytes);
  return { hour, count, tagBits, rows };
}

// As a worker, this module seals the hours that it is sent.
parentPort?.on('message', (task: HourTask) => {
  const made = sealHour(task);
  parentPort?.postMessage(made, [made.rows.buffer as ArrayBuffer]);
});
