import { describe, expect, it } from 'vitest';
import { encodePdu } from '../../src/smpp/codec.ts';
import { Frames } from '../../src/smpp/frames.ts';

const pdus = [
  encodePdu('enquire_link', { sequence: 1 }),
  encodePdu('deliver_sm', { sequence: 2, fields: { short_message: Buffer.from('0313242114') } }),
  encodePdu('unbind', { sequence: 3 }),
];
const stream = Buffer.concat(pdus);

describe('the frames of a link', () => {
  it.each([1, 2, 3, 5, 16, 17, 40, stream.length])('are the same in pieces of %i octets', (size) => {
    const frames = new Frames();
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length; at += size)
      frames.read(stream.subarray(at, at + size), (pdu) => found.push(pdu));
    expect(found).toEqual(pdus);
    expect(frames.isBegun).toBe(false);
  });

  it.each(['0000000F', '00000000', '00011171', 'FFFFFFFF'])(
    'end at a length of %s, behind what was whole',
    (length) => {
      const frames = new Frames();
      const found: Buffer[] = [];
      const octets = Buffer.concat([stream, Buffer.from(length, 'hex')]);
      expect(() => frames.read(octets, (pdu) => found.push(pdu))).toThrow(/smpp.frame/);
      expect(found).toEqual(pdus);
      expect(frames.isBegun).toBe(false);
    },
  );

  it('keep what they are given apart from the buffer that it came in', () => {
    const frames = new Frames();
    const buffer = Buffer.from(stream);
    const found: Buffer[] = [];
    frames.read(buffer, (pdu) => found.push(pdu));
    buffer.fill(0xff);
    expect(found).toEqual(pdus);
  });
});
