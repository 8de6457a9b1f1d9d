import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeVisitor, encodeVisitor } from '../../../src/store/sealing/bound-data.ts';

describe('a visitor as octets', () => {
  it.each([
    ['a mobile number', '01055500123', '001055500123ffff'],
    ['an old mobile number of ten digits', '0115550012', '00115550012fffff'],
    ['a foreign number', '+8613055500123', '18613055500123ff'],
    ['the longest number of E.164', '+123456789012345', '1123456789012345'],
    ['a short number', '114', '0114ffffffffffff'],
  ])('a visitor as octets %s takes eight octets', (_, canonical, hex) => {
    expect(encodeVisitor(canonical).toString('hex')).toBe(hex);
    expect(decodeVisitor(Buffer.from(hex, 'hex'))).toBe(canonical);
  });

  it.each([
    ['an alphanumeric sender', 'Yongin시청'],
    ['a number longer than E.164', '1234567890123456'],
    ['a number with letters of the keypad', '*123#'],
    ['nothing at all', ''],
    ['a plus alone', '+'],
  ])('a visitor as octets %s comes back as it was', (_, canonical) => {
    expect(decodeVisitor(encodeVisitor(canonical))).toBe(canonical);
  });

  it('a visitor as octets brings back any sender', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+?\d{1,17}$/)), (canonical) => {
        expect(decodeVisitor(encodeVisitor(canonical))).toBe(canonical);
      }),
    );
  });
});
