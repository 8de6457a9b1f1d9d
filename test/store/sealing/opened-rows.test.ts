import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openedBytes, sortOpened } from '../../../src/store/sealing/opened-rows.ts';

/** Name (10) · visitor (8) · venue (8) · time (3) · receipt (6) · line (2) · flags (1) · order (1). */
function row(name: number, inHourMs: number, receivedAfterMs: number, order: number): Buffer {
  const octets = Buffer.alloc(openedBytes);
  octets.writeUInt32BE(name, 6);
  octets.writeUIntBE(inHourMs, 26, 3);
  octets.writeIntBE(receivedAfterMs, 29, 6);
  octets[38] = order;
  return octets;
}

describe('opened rows', () => {
  it('opened rows are put in order of time, then of receipt, then of arrival, and none is lost', () => {
    const few = fc.tuple(fc.nat(5), fc.nat(3), fc.nat(2));
    fc.assert(
      fc.property(fc.array(few, { maxLength: 60 }), (given) => {
        const rows = given.map(([time, receipt, order], name) => ({ time, receipt, order, name }));
        const octets = Buffer.concat(rows.map((one) => row(one.name, one.time, one.receipt, one.order)));
        sortOpened(octets);
        const sorted = rows.toSorted(
          (a, b) => a.time - b.time || a.receipt - b.receipt || a.order - b.order || a.name - b.name,
        );
        expect(octets).toEqual(
          Buffer.concat(sorted.map((one) => row(one.name, one.time, one.receipt, one.order))),
        );
      }),
    );
  });
});
