import { describe, expect, it } from 'vitest';
import { ByteReader, formatHex, parseHex } from '../../src/base/bytes.ts';

describe('reading octets', () => {
  it('a reader gives octets and views in order and knows its offset', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3, 4));
    expect(reader.octet('a')).toBe(1);
    expect([...reader.take(2, 'b')]).toEqual([2, 3]);
    expect([reader.offset, reader.remaining]).toEqual([3, 1]);
    expect([...reader.rest()]).toEqual([4]);
  });

  it('a reader skips octets and returns their offset', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3));
    expect([reader.skip(2, 'a'), reader.offset]).toEqual([0, 2]);
    expect(thrownBy(() => reader.skip(2, 'b'))).toMatchObject({
      code: 'pdu.truncated',
      facts: { path: 'b', octet: 2, wanted: 2, left: 1 },
    });
  });

  it('reading past the end is a fault that names field and octet', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2));
    reader.octet('first');
    const failure = thrownBy(() => reader.take(2, 'sender.digits'));
    expect(failure).toMatchObject({ code: 'pdu.truncated', facts: { path: 'sender.digits', octet: 1 } });
  });

  it('reading past a bound before the end is a fault', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3), 1, 2);
    expect(reader.octet('inside')).toBe(2);
    expect(thrownBy(() => reader.octet('outside'))).toMatchObject({
      facts: { path: 'outside', octet: 2, wanted: 1, left: 0 },
    });
  });
});

describe('hexadecimal', () => {
  it.each([
    ['', []],
    ['00', [0]],
    ['0791fF', [7, 0x91, 255]],
  ])('the hexadecimal text %j is read', (text, octets) =>
    expect([...(parseHex(text) ?? [])]).toEqual(octets),
  );

  it.each(['0', '0g', ' 00', '00 ', '0x00', '＠＠', '0\n', 'é0'])('the text %j is not hexadecimal', (text) =>
    expect(parseHex(text)).toBeNull(),
  );

  it('each hexadecimal text is read into octets of its own', () => {
    const lengths = Array.from({ length: 400 }, (_, i) => (i * 37) % 1100);
    const texts = lengths.map((length, i) => (i % 256).toString(16).padStart(2, '0').repeat(length));
    const read = texts.map((text) => parseHex(text) as Uint8Array);
    expect(read.map((octets) => octets.length)).toEqual(lengths);
    expect(read.every((octets, i) => octets.every((octet) => octet === i % 256))).toBe(true);
  });

  it('hexadecimal is written in capitals, two digits an octet', () => {
    expect(formatHex(Uint8Array.of(0, 7, 0x91, 255))).toBe('000791FF');
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}
