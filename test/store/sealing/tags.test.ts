import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import { fieldsAt, openRows } from '../../../src/store/sealing/opened-rows.ts';
import {
  rowTags,
  tagBitsFor,
  tagNumbers,
  textTag,
  venueBlocks,
  venueTag,
  visitorTag,
} from '../../../src/store/sealing/tags.ts';
import { rowBytes, sealVisit } from '../../../src/store/sealing/visit-row.ts';

const key = (first: number) => Buffer.alloc(32, first);
const keys: Subkeys = {
  algorithm: 'aes-256-gcm',
  seal: key(1),
  lookup: key(2),
  fingerprint: key(3),
  audit: key(4),
  tags: key(5),
};

/** What any other implementation makes of one block. */
function enciphered(block: Buffer): Buffer {
  return createCipheriv('aes-256-ecb', key(5), null).setAutoPadding(false).update(block);
}

function blockOf(kind: number, value: string): Buffer {
  return Buffer.concat([Buffer.of(kind), Buffer.from(value)], 16);
}

describe('the tags of a row', () => {
  it('the tags of a row are the block cipher of the number, cut', () => {
    const [venue, visitor] = ['0313242114', '01055500123'];
    const ofVenue = enciphered(blockOf(1, venue));
    const ofVisitor = enciphered(blockOf(2, visitor)).readUInt16BE(0);
    expect(venueTag(keys, venue)).toEqual(ofVenue.subarray(0, 6));
    for (const bits of [0, 1, 7, 10])
      expect(visitorTag(keys, visitor, bits).readUInt16BE(0)).toBe(ofVisitor & ~(0xffff >> bits) & 0xffff);
    expect(rowTags(keys, { venue, visitor }, 10)).toEqual({
      venueTag: venueTag(keys, venue),
      visitorTag: visitorTag(keys, visitor, 10),
    });
    expect(tagNumbers(keys, venueBlocks([venue, '15771234']))[0]).toBe(ofVenue.readUIntBE(0, 6));
  });

  it('the tags of a row tell numbers, names and what is longer than a block apart, and a venue from a visitor', () => {
    const names = ['', '1', '15771234', '123456789012345', '1234567890123456', '시청', 'x'.repeat(200)];
    const all = names.flatMap((name) => [venueTag(keys, name), visitorTag(keys, name, 10)]);
    expect(new Set(names.map((name) => venueTag(keys, name).toString('hex'))).size).toBe(names.length);
    expect(all[0]?.subarray(0, 2)).not.toEqual(all[1]);
  });

  it("a text's tag is the block cipher of its digest, cut, and of a kind of its own", () => {
    const octets = Buffer.from('0791283010010204', 'hex');
    const digest = createHash('sha256').update(octets).digest();
    const block = Buffer.concat([Buffer.of(0x83), digest.subarray(0, 15)]);
    expect(textTag(keys, octets)).toEqual(enciphered(block).subarray(0, 8));
  });

  it.each([
    [0, 0],
    [199, 0],
    [200, 1],
    [5_000, 6],
    [44_642, 9],
    [102_400, 10],
    [10_000_000, 10],
  ])('the tags of a row of an hour with %i visits have %i bits of the visitor', (visits, bits) => {
    expect(tagBitsFor(visits)).toBe(bits);
  });
});

describe('a sealed visit', () => {
  const hour = 497_000;
  const tags = rowTags(keys, { venue: '0313242114', visitor: '01055500123' }, 4);
  const fields = {
    ...{ visitor: '01055500123', venue: '0313242114', inHourMs: 3_599_999, receivedAfterMs: -86_400_000 },
    ...{ line: 65_535, flags: 5, order: 255 },
  };
  const filter = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const opening = { keys, hour, startMs: 0, filter };

  it('a sealed visit is for ever the same in its layout: rows on disk are opened by it', () => {
    const { id, sealed } = sealVisit(keys, hour, tags, fields);
    const bound = Buffer.concat([Buffer.from('0b00079568', 'hex'), tags.venueTag, id, tags.visitorTag]);
    const decipher = createDecipheriv('aes-256-gcm', key(1), sealed.subarray(0, 12));
    decipher.setAAD(bound).setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    expect(plain.toString('hex')).toBe(
      `001055500123ffff${'00313242114fffff'}36ee7f${'fffffad9a400'}ffff05ff`,
    );
  });

  it('a sealed visit comes back with all that it had, and not from another place', () => {
    const { id, sealed } = sealVisit(keys, hour, tags, fields);
    const row = Buffer.concat([tags.venueTag, id, tags.visitorTag, sealed]);
    expect(row).toHaveLength(rowBytes);
    const { octets, unreadable } = openRows(opening, Buffer.from(row));
    expect([fieldsAt(Buffer.from(octets), 0), unreadable]).toEqual([fields, 0]);
    for (let at = 0; at < 12; at += 1) {
      const moved = Buffer.from(row);
      moved[at] = (moved[at] ?? 0) ^ 1;
      expect(openRows(opening, moved).unreadable).toBe(1);
    }
    expect(openRows({ ...opening, hour: hour + 1 }, Buffer.from(row)).unreadable).toBe(1);
  });
});
