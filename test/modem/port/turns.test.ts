import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transport } from '../../../src/modem/port/transport.ts';
import { inTurns, turnLimits, turnOf } from '../../../src/modem/port/turns.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const notice = '\r\n+CMTI: "SM",1';

/** A port in turns, with a peer that a test plays, and what came of it. */
function startPort() {
  const clock = new FakeClock();
  const heard: Buffer[] = [];
  const ends: unknown[] = [];
  const holds: boolean[] = [];
  let say: (octets: Uint8Array) => void = () => {};
  let end: (why: Error | null) => void = () => {};
  const peer: Transport = {
    write: async () => {},
    onBytes(receive) {
      say = receive;
    },
    onClose(ended) {
      end = ended;
    },
    hold: (isHeld) => holds.push(isHeld),
    close: async () => {},
  };
  const port = inTurns(peer, clock);
  port.onBytes((octets) => heard.push(Buffer.from(octets)));
  port.onClose((why) => ends.push(why));
  return { clock, heard, ends, holds, port, say: (octets: Uint8Array) => say(octets), end: () => end(null) };
}

describe('a turn of a line', () => {
  it.each([
    ['an answer', '\r\nOK\r\n', 6],
    [
      'so many lines',
      `${notice.repeat(turnLimits.lines)}\r\n${notice}`,
      turnLimits.lines * notice.length + 2,
    ],
    ['so many octets of one line', 'F'.repeat(10_000), turnLimits.octets],
    ['nothing', '', 0],
  ])('a turn of a line handles %s at once', (_name, text, octets) => {
    // The first line begins with a line end of its own, which ends nothing.
    expect(turnOf(bytes(text))).toBeLessThanOrEqual(octets);
    expect(turnOf(bytes(text))).toBeGreaterThanOrEqual(octets - notice.length);
  });

  it('what a peer sends comes whole and in order, in turns of a bounded size, whatever its pieces are', async () => {
    const piece = fc.stringMatching(/^[\r\nA>]{1,200}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.boolean(), async (pieces, isOneByOne) => {
        const { clock, heard, say } = startPort();
        for (const each of pieces) {
          say(bytes(each));
          if (isOneByOne) await clock.advance(0);
        }
        await clock.advance(0);
        expect(Buffer.concat(heard).toString('latin1')).toBe(pieces.join(''));
        for (const octets of heard) expect(octets.length).toBeLessThanOrEqual(turnLimits.octets);
      }),
      { numRuns: 50 },
    );
  });

  it('a short answer is handled the moment that it comes', () => {
    const { heard, say } = startPort();
    say(bytes('\r\nOK\r\n'));
    expect(heard).toHaveLength(1);
  });

  it('what was read and waits for its turn is handed on before a port is closed', async () => {
    const { clock, heard, port, say } = startPort();
    const said = notice.repeat(4_000);
    say(bytes(said));
    port.flush?.();
    await port.close();
    await clock.advance(0);
    expect(Buffer.concat(heard).toString('latin1')).toBe(said);
  });

  it('a line that floods has one turn, and another line is heard before its next', async () => {
    const flooding = startPort();
    const other = startPort();
    flooding.say(bytes(notice.repeat(4_000)));
    other.say(bytes('\r\nOK\r\n'));
    expect(other.heard).toHaveLength(1);
    expect(flooding.heard).toHaveLength(1);
    await flooding.clock.advance(0);
    expect(Buffer.concat(flooding.heard).length).toBe(4_000 * notice.length);
  });

  it('a port is not read while something waits for its turn, and read again afterwards', async () => {
    const { clock, heard, holds, say } = startPort();
    say(bytes('\r\nOK\r\n'));
    expect(holds).toEqual([]);
    const octets = Buffer.alloc(65_536, 'F');
    say(octets);
    expect(holds).toEqual([true]);
    await clock.advance(0);
    expect(holds).toEqual([true, false]);
    expect(Buffer.concat(heard).length).toBe(6 + octets.length);
  });

  it('the end of a port comes after all that was read', async () => {
    const { clock, heard, ends, say, end } = startPort();
    say(bytes(`${notice.repeat(100)}\r\n+CMT: ,24\r\n0791\r\n`));
    end();
    expect(ends).toEqual([]);
    await clock.advance(0);
    expect(Buffer.concat(heard).toString('latin1')).toContain('0791\r\n');
    expect(ends).toEqual([null]);
  });

  it('a port that is closed hands on nothing more', async () => {
    const { clock, heard, ends, port, say } = startPort();
    say(bytes(notice.repeat(1_000)));
    await port.close();
    await clock.advance(1_000);
    expect(heard).toHaveLength(1);
    expect(ends).toEqual([]);
    expect(clock.timers).toBe(0);
  });
});
