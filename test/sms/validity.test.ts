import { describe, expect, it } from 'vitest';
import { ByteReader, formatHex, parseHex } from '../../src/base/bytes.ts';
import { formatTimestamp } from '../../src/sms/scts.ts';
import { decodeValidity, encodeValidity, relativeValidity, validityFormat } from '../../src/sms/validity.ts';

const decode = (first: number, hex: string) =>
  decodeValidity(first, new ByteReader(parseHex(hex) as Uint8Array), 'submit.validity');

describe('a validity period', () => {
  it.each([
    [0, 5],
    [143, 720],
    [144, 750],
    [167, 1440],
    [168, 2 * 1440],
    [196, 30 * 1440],
    [197, 5 * 7 * 1440],
    [255, 63 * 7 * 1440],
  ])('a validity period of %i is %i minutes', (octet, minutes) => {
    expect(relativeValidity(octet)).toEqual({ format: 'relative', octet, minutes });
  });

  it.each([
    [0x01, '', 'none'],
    [0x11, 'A7', 'relative'],
    [0x19, '31701031930080', 'absolute'],
    [0x09, '42030000000000', 'enhanced'],
  ])('a validity period announced by %i is read and written', (first, hex, format) => {
    const validity = decode(first, hex);
    expect(validity.format).toBe(format);
    expect(validityFormat(validity)).toBe(first & 0x18);
    expect(formatHex(encodeValidity(validity))).toBe(hex);
  });

  it('a validity period may be a time', () => {
    const validity = decode(0x19, '31701031930080');
    expect(validity.format === 'absolute' && formatTimestamp(validity.until)).toBe(
      '2013-07-01T13:39:00+02:00',
    );
  });

  it.each([
    [0x11, ''],
    [0x19, '317010319300'],
    [0x09, '4203'],
  ])('a validity period that %i announces and that is missing is a fault', (first, hex) => {
    expect(() => decode(first, hex)).toThrow(
      expect.objectContaining({ code: 'pdu.truncated', facts: expect.objectContaining({ octet: 0 }) }),
    );
  });
});
