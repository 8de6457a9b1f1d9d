import { describe, expect, it } from 'vitest';
import { createLineStatus } from '../../src/modem/line-report.ts';
import type { Transport } from '../../src/modem/port/transport.ts';
import type { Arrival } from '../../src/modem/receive/arrival.ts';
import { AnswerMemory } from '../../src/smpp/answer-memory.ts';
import { type Encoding, encodePdu } from '../../src/smpp/codec.ts';
import type { CommandName } from '../../src/smpp/pdu-table.ts';
import { CarrierSession } from '../../src/smpp/session.ts';
import { FakeClock } from '../support/fake-clock.ts';

const clock = new FakeClock();
const resendMs = 60_000;
const ignore = () => {};

/** A line's sessions with one memory, each on a link that the test speaks for. */
function startLine() {
  const listings: (readonly Arrival[])[] = [];
  const freed: number[] = [];
  let next = 0;
  const memory = new AnswerMemory({
    ...{ resendMs, earlier: [], nowMs: clock.monotonicMs() },
    newSlot: () => next++,
  });
  return { listings, freed, memory, bind };

  async function bind() {
    let receive: (octets: Uint8Array) => void = ignore;
    let ended: (why: Error | null) => void = ignore;
    const held: boolean[] = [];
    const transport: Transport = {
      write: async () => {},
      onBytes: (taker) => {
        receive = taker;
      },
      onClose: (taker) => {
        ended = taker;
      },
      hold: (isHeld) => void held.push(isHeld),
      close: async () => {},
    };
    const session = new CarrierSession(transport, {
      ...{ clock, alphabet: 'gsm7', window: 50, memory },
      status: createLineStatus(() => clock.wallMs(), ignore, ignore),
      accept(listing) {
        listings.push(listing);
        return { left: new Set(), known: 0 };
      },
      findEarlier: () => [],
      forget: (slots) => void freed.push(...slots),
    });
    const bound = session.bind({ kind: 'receiver', systemId: 'visitlog', password: '' });
    receive(encodePdu('bind_receiver_resp', { sequence: 1 }));
    await clock.advance(1);
    await bound;
    return {
      held,
      hear: (...pdus: readonly Buffer[]) => receive(Buffer.concat(pdus)),
      async lose() {
        ended(null);
        await session.close();
      },
    };
  }
}

const pdu = <C extends CommandName>(command: C, encoding: Encoding<C>) => encodePdu(command, encoding);
const text = (sequence: number, words = '0313242114') =>
  pdu('deliver_sm', { sequence, fields: { source_addr: '01055500123', short_message: Buffer.from(words) } });
const longText = (sequence: number) =>
  pdu('deliver_sm', { sequence, optionals: [[0x0424, Buffer.alloc(40_000, 0x31)]] });

describe('a session with a carrier', () => {
  it('forgets a text whose resend time is over, also if no link lives long enough to be watched', async () => {
    const line = startLine();
    for (let passed = 0; passed <= resendMs; passed += 4_000) {
      const link = await line.bind();
      // The same text at first and at last.
      link.hear(text(1, passed === 0 || passed + 4_000 > resendMs ? 'first and last' : `text ${passed}`));
      await clock.advance(1);
      await link.lose();
      await clock.advance(4_000);
    }
    const slots = line.listings.flat().map(({ slot }) => slot);
    expect(slots.at(-1)).not.toBe(slots[0]);
    expect(line.freed).toContain(slots[0]);
  });

  it('takes an equal text for the same that had come by the answer, though it is looked at in a later turn', async () => {
    const line = startLine();
    const link = await line.bind();
    const others = Array.from({ length: 60 }, (_, index) => text(index + 2, `text ${index}`));
    link.hear(text(1, 'twice'), ...others, text(62, 'twice'));
    await clock.advance(10);
    expect(line.listings.map(({ length }) => length)).toEqual([50, 12]);
    expect(line.listings[1]?.at(-1)?.slot).toBe(line.listings[0]?.[0]?.slot);
    // Behind the answer it is another one.
    link.hear(text(63, 'twice'));
    await clock.advance(10);
    expect(line.listings[2]?.[0]?.slot).not.toBe(line.listings[0]?.[0]?.slot);
    await link.lose();
  });

  it('takes long texts in turns that leave time to other lines, and each of them', async () => {
    const line = startLine();
    const link = await line.bind();
    link.hear(...[1, 2, 3, 4, 5].map(longText));
    expect(link.held.at(-1)).toBe(true);
    await clock.advance(10);
    expect(line.listings.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    link.hear(...[6, 7, 8].map((sequence) => text(sequence, `text ${sequence}`)));
    await clock.advance(10);
    expect(line.listings.at(-1)).toHaveLength(3);
    expect(link.held.at(-1)).toBe(false);
    await link.lose();
  });
});
