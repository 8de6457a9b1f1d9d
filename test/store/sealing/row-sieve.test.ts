import { describe, expect, it } from 'vitest';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import { writeNumber } from '../../../src/store/sealing/bound-data.ts';
import { fieldsAt, openedBytes, openRows, visitorInRow } from '../../../src/store/sealing/opened-rows.ts';
import { anyMayBe, sievedBytes, sieveRows } from '../../../src/store/sealing/row-sieve.ts';
import { nonceBytes } from '../../../src/store/sealing/seal.ts';
import { rowTags } from '../../../src/store/sealing/tags.ts';
import {
  flagsInRow,
  headBytes,
  notedBit,
  rowBytes,
  sealVisit,
} from '../../../src/store/sealing/visit-row.ts';

const hour = 497_000;
const venue = '0313242114';
const sought = '01055500123';
const headAndNonce = 24;

function keysOf(algorithm: Subkeys['algorithm']): Subkeys {
  const [seal, lookup, fingerprint, audit, tags] = [1, 2, 3, 4, 5].map((first) => Buffer.alloc(32, first));
  return { algorithm, seal, lookup, fingerprint, audit, tags } as Subkeys;
}

function rowOf(keys: Subkeys, visitor: string, flags = 0): Buffer {
  const tags = rowTags(keys, { venue, visitor }, 0);
  const fields = { visitor, venue, inHourMs: 1, receivedAfterMs: 2, line: 3, flags, order: 4 };
  const { id, sealed } = sealVisit(keys, hour, tags, fields);
  return Buffer.concat([tags.venueTag, id, tags.visitorTag, sealed]);
}

function found(keys: Subkeys, rows: Buffer, visitor: string) {
  const filter = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, visitor: visitorInRow(visitor) };
  const { octets, unreadable } = openRows({ keys, hour, startMs: 0, filter }, Buffer.from(rows));
  const opened = Buffer.from(octets);
  const visitors: string[] = [];
  for (let at = 0; at < opened.length; at += openedBytes) visitors.push(fieldsAt(opened, at).visitor);
  return { visitors, unreadable };
}

describe.each(['aes-256-gcm', 'aria-256-gcm'] as const)('the sieve of rows under %s', (algorithm) => {
  const keys = keysOf(algorithm);
  const others = ['01055500124', '+821055500123', '15771234', '123456789012345', '1', '00'];

  it('the sieve of rows leaves the visitor whom it looks for, wherever they lie, and no other number', () => {
    const list = [sought, ...others, sought, ...others, sought];
    const rows = Buffer.concat(list.map((visitor) => rowOf(keys, visitor)));
    expect(sieveRows(keys, Buffer.from(rows), visitorInRow(sought))).toHaveLength(3 * rowBytes);
    expect(found(keys, rows, sought)).toEqual({ visitors: [sought, sought, sought], unreadable: 0 });
    for (const other of others)
      expect(found(keys, rows, other)).toEqual({ visitors: [other, other], unreadable: 0 });
    expect(sieveRows(keys, Buffer.alloc(0), visitorInRow(sought))).toHaveLength(0);
  });

  it('the sieve of rows leaves a row whose visitor stands in a note, and of other rows with a note the own ones', () => {
    const inNote = rowOf(keys, 'Yongin-Si', notedBit);
    const rows = [rowOf(keys, others[0] ?? '', notedBit), inNote, rowOf(keys, sought, notedBit)];
    const left = (visitor: string) => sieveRows(keys, Buffer.concat(rows), visitorInRow(visitor));
    expect(left(sought)).toEqual(Buffer.concat(rows.slice(1)));
    expect(left('Yongin-Si')).toEqual(inNote);
  });

  it('the sieve of rows takes for a number what is written as one, and nothing else', () => {
    const written = new Set(
      ['0', '9', '12', '+1', '+123456789012345', '123456789012345', ''].map((number) => {
        const octets = Buffer.alloc(8, 0xff);
        if (number === '') octets[0] = 0x0f;
        else writeNumber(octets, 0, number);
        return octets.toString('hex');
      }),
    );
    const base = rowOf(keys, sought);
    const valueAt = headBytes + nonceBytes;
    const plain = visitorInRow(sought);
    const isLeft = (value: string) => {
      const row = Buffer.from(base);
      const octets = Buffer.from(value, 'hex');
      for (let index = 0; index < 8; index += 1)
        row[valueAt + index] = (base[valueAt + index] ?? 0) ^ (plain[index] ?? 0) ^ (octets[index] ?? 0);
      return sieveRows(keys, row, plain).length > 0;
    };
    for (const value of written) expect([value, isLeft(value)]).toEqual([value, false]);
    for (const value of [
      ...['2000000000000000', '0a00000000000001', '000000000000000a', '01f0000000000001'],
      ...['015f000000000001', '01ff5fffffffffff', '0fffffff0fffffff', '01fffffffffffff1', '0bffffffffffffff'],
    ])
      expect([value, isLeft(value)]).toEqual([value, true]);
  });

  it('the sieve of rows finds the same by what stands in an index alone', () => {
    const part = (row: Buffer) =>
      Buffer.concat([
        row.subarray(headBytes, headBytes + sievedBytes - 1),
        row.subarray(headBytes + nonceBytes + flagsInRow, headBytes + nonceBytes + flagsInRow + 1),
      ]);
    const mayBe = (rows: readonly Buffer[], visitor: string) =>
      anyMayBe(keys, Buffer.concat(rows.map(part)), visitorInRow(visitor));
    const rows = others.map((visitor) => rowOf(keys, visitor));
    expect(mayBe(rows, sought)).toBe(false);
    for (const other of others) expect(mayBe(rows, other)).toBe(true);
    expect(mayBe([...rows, rowOf(keys, others[0] ?? '', notedBit)], sought)).toBe(false);
    expect(mayBe([...rows, rowOf(keys, 'Yongin-Si', notedBit)], sought)).toBe(true);
    const damaged = rowOf(keys, others[0] ?? '');
    damaged.writeUInt8((damaged[headBytes + nonceBytes] ?? 0) ^ 0xf0, headBytes + nonceBytes);
    expect(mayBe([damaged], sought)).toBe(true);
    expect(mayBe([], sought)).toBe(false);
  });

  it('the sieve of rows leaves a damaged row to be opened, and it is counted', () => {
    const damaged = rowOf(keys, others[0] ?? '');
    // The nonce: all that it gives is another text.
    damaged[headAndNonce - 1] = (damaged[headAndNonce - 1] ?? 0) ^ 1;
    const own = rowOf(keys, sought);
    own[rowBytes - 1] = (own[rowBytes - 1] ?? 0) ^ 1;
    expect(found(keys, Buffer.concat([damaged, own]), sought)).toEqual({ visitors: [], unreadable: 2 });
  });
});
