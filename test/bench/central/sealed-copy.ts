import { parentPort } from 'node:worker_threads';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import { sealBytes } from '../../../src/store/sealing/seal.ts';
import { rowTags, venueTagBytes, visitorTagBytes } from '../../../src/store/sealing/tags.ts';
import { idBytes, plainBytes, sealVisit } from '../../../src/store/sealing/visit-row.ts';
import { venueNumber, visitsOfHour } from '../city/city.ts';
import { caseNumber, companion } from '../city/plain-city.ts';

/** A gateway's key of an hour. */
export interface CopyKey {
  readonly gatewayNo: number;
  readonly tagBits: number;
  readonly keys: Subkeys;
}

export interface CopyTask {
  readonly hour: number;
  readonly count: number;
  /** Visits go to the gateways in turn. */
  readonly gateways: readonly CopyKey[];
}

/** The rows of one hour as COPY reads them (FORMAT binary), in order of time: sealed, and the same in the clear. */
export interface CopyRows {
  readonly count: number;
  readonly sealed: Uint8Array;
  readonly plain: Uint8Array;
}

const hourMs = 3_600_000;
const sealedFields = [4, 2, 2, venueTagBytes, idBytes, visitorTagBytes, plainBytes + sealBytes];
const sealedTuple = 2 + sealedFields.reduce((sum, length) => sum + 4 + length, 0);
const longestPlain = 2 + 12 + 4 + 16 + 4 + 16 + 12;

/** Writes a tuple's fields one behind the other, each after its length. */
function tupleWriter(octets: Buffer) {
  let end = 0;
  return {
    begin(fields: number) {
      end = octets.writeInt16BE(fields, end);
    },
    int(value: number, length: number) {
      end = octets.writeInt32BE(length, end);
      if (length === 8) end = octets.writeBigInt64BE(BigInt(value), end);
      else end = octets.writeIntBE(value, end, length);
    },
    octets(value: Buffer) {
      end = octets.writeInt32BE(value.length, end);
      end += value.copy(octets, end);
    },
    text(value: string) {
      end = octets.writeInt32BE(value.length, end);
      end += octets.write(value, end, 'latin1');
    },
    written: () => octets.subarray(0, end),
  };
}

function rowsOf({ hour, count, gateways }: CopyTask): CopyRows {
  const visits = visitsOfHour(hour, count).flatMap((visit) =>
    visit.visitor === companion ? [visit, { ...visit, visitor: caseNumber }] : [visit],
  );
  const sealed = tupleWriter(Buffer.from(new ArrayBuffer(visits.length * sealedTuple)));
  const plain = tupleWriter(Buffer.from(new ArrayBuffer(visits.length * longestPlain)));
  for (const [index, { visitor, venue: place, second, delayMs }] of visits.entries()) {
    const { gatewayNo, tagBits, keys } = gateways[index % gateways.length] as CopyKey;
    const venue = venueNumber(place);
    const inHourMs = second * 1_000;
    const fields = {
      visitor,
      venue,
      inHourMs,
      receivedAfterMs: delayMs,
      line: 1,
      flags: 0,
      order: index % 256,
    };
    const tags = rowTags(keys, fields, tagBits);
    const { id, sealed: value } = sealVisit(keys, hour, tags, fields);
    sealed.begin(sealedFields.length);
    sealed.int(hour, 4);
    sealed.int(gatewayNo, 2);
    sealed.int(0, 2);
    for (const part of [tags.venueTag, id, tags.visitorTag, value]) sealed.octets(part);
    const atMs = hour * hourMs + inHourMs;
    plain.begin(4);
    plain.int(atMs, 8);
    plain.text(visitor);
    plain.text(venue);
    plain.int(atMs + delayMs, 8);
  }
  return { count: visits.length, sealed: sealed.written(), plain: plain.written() };
}

// As a worker, this module seals the hours that it is sent.
parentPort?.on('message', (task: CopyTask) => {
  const made = rowsOf(task);
  parentPort?.postMessage(made, [made.sealed.buffer as ArrayBuffer, made.plain.buffer as ArrayBuffer]);
});
