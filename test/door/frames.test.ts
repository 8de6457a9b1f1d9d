import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeFrame,
  encodeFrames,
  encodeJson,
  type Frame,
  FrameReader,
  frameTypes,
  fromClient,
  fromServer,
  mostPayload,
} from '../../src/door/frames.ts';

/** The frames of octets that come in pieces of `size`. */
function read(
  bytes: Uint8Array,
  size: number,
  allowed = fromServer,
): { frames: Frame[]; reader: FrameReader } {
  const reader = new FrameReader(allowed);
  const frames: Frame[] = [];
  for (let start = 0; start < bytes.length; start += size)
    frames.push(...reader.push(bytes.subarray(start, start + size)));
  return { frames, reader };
}

function header(type: number, length: number, zeros = 0): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(type, 0);
  bytes.writeUIntBE(zeros, 1, 3);
  bytes.writeUInt32BE(length, 4);
  return bytes;
}

describe('frames of the door', () => {
  it('frames come out as they went in, whatever pieces they come in', () => {
    const types = ['stdout', 'ask', 'write'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...types), fc.uint8Array({ maxLength: 300 })), { maxLength: 8 }),
        fc.integer({ min: 1, max: 64 }),
        (sent, size) => {
          const bytes = Buffer.concat(sent.map(([type, payload]) => encodeFrame(type, payload)));
          const { frames, reader } = read(bytes, size);
          const octetsOf = (wanted: string, all: readonly (readonly [string, Uint8Array])[]) =>
            Buffer.concat(all.filter(([type]) => type === wanted).map(([, payload]) => payload)).toString(
              'hex',
            );
          const got = frames.map(({ type, payload }) => [type, payload] as const);
          for (const type of types) expect(octetsOf(type, got)).toBe(octetsOf(type, sent));
          expect(reader.isBetween).toBe(true);
        },
      ),
    );
  });

  it('a long output is cut into frames of 64 KiB, and no octet is lost', () => {
    const payload = Buffer.alloc(2 * mostPayload + 5, 'x');
    const { frames } = read(Buffer.concat([...encodeFrames('stdout', payload)]), 7_001);
    expect(frames.reduce((sum, frame) => sum + frame.payload.length, 0)).toBe(payload.length);
    const headers = [...encodeFrames('stdout', payload)].filter((each) => each.length === 8);
    expect(headers).toHaveLength(3);
  });

  it('an answer that stops within a frame is not whole', () => {
    const { reader } = read(encodeFrame('stdout', Buffer.from('text')).subarray(0, -1), 3);
    expect(reader.isBetween).toBe(false);
  });

  it.each([
    ['is longer than 64 KiB', header(frameTypes.stdout, mostPayload + 1)],
    ['claims to be 4 GiB', header(frameTypes.stdout, 0xff_ff_ff_ff)],
    ['has a type that nobody knows', header(200, 0)],
    ['is one that only a client sends', header(frameTypes.answer, 0)],
    ['has something else than zeros in its header', header(frameTypes.stdout, 0, 1)],
    ['is a line of HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
  ])('a frame that %s is refused as soon as its header is there', (_what, bytes) => {
    expect(() => read(bytes, 3)).toThrow(expect.objectContaining({ code: 'door.protocol' }));
  });

  it('a server takes what a client sends, and a client does not', () => {
    const bytes = encodeJson('request', { args: [] });
    expect(read(bytes, 5, fromClient).frames).toHaveLength(1);
    expect(() => read(bytes, 5, fromServer)).toThrow(expect.objectContaining({ code: 'door.protocol' }));
  });
});
