import { describe, expect, it } from 'vitest';
import {
  associatedData,
  boundBytes,
  sealedIn,
  writeAssociatedData,
} from '../../../src/store/sealing/bound-data.ts';

type Row = readonly [table: number, hour: number, id: number, atMs: number, venue: string];

describe('what binds a sealed value to its row', () => {
  it.each<[string, Row, string]>([
    [
      'a visit',
      [sealedIn.visits, 497_000, 17, 1_789_200_000_000, '0313242114'],
      '01000795684031000000000000427a094a1640000030333133323432313134',
    ],
    [
      'a text, which has no venue',
      [sealedIn.texts, 1, 2 ** 40, -1.5, ''],
      '02000000014270000000000000bff8000000000000',
    ],
    [
      'the last hour',
      [sealedIn.parts, 0xffffffff, 1, 1_789_200_000_123, ''],
      '03ffffffff3ff0000000000000427a094a1647b000',
    ],
  ])(
    'what binds a sealed value to its row is for ever the same for %s: rows on disk are opened by it',
    (_, row, hex) => {
      expect(associatedData(...row).toString('hex')).toBe(hex);
      const octets = Buffer.alloc(100);
      expect(writeAssociatedData(new DataView(octets.buffer, octets.byteOffset), 7, row)).toBe(
        7 + hex.length / 2,
      );
      expect(octets.toString('hex', 7, 7 + hex.length / 2)).toBe(hex);
    },
  );

  it.each([43, 44, 200])(
    'what binds a sealed value to its row has the beginning of a venue of %i characters',
    (length) => {
      expect(associatedData(1, 2, 3, 4, 'x'.repeat(length))).toHaveLength(boundBytes + 43);
    },
  );
});
