import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { createLineStatus } from '../../src/modem/line-report.ts';
import type { Transport } from '../../src/modem/port/transport.ts';
import type { Arrival } from '../../src/modem/receive/arrival.ts';
import { AnswerMemory } from '../../src/smpp/answer-memory.ts';
import { type DecodedPdu, decodePdu, type Encoding, encodePdu } from '../../src/smpp/codec.ts';
import { Frames } from '../../src/smpp/frames.ts';
import type { CommandName } from '../../src/smpp/pdu-table.ts';
import { CarrierSession } from '../../src/smpp/session.ts';
import { FakeClock } from '../support/fake-clock.ts';

const clock = new FakeClock();
const resendMs = 60_000;
const ignore = () => {};

/** A line's sessions with one memory, each on a link that the test speaks for. */
function startLine(release: () => Promise<void> | null = () => null) {
  const listings: (readonly Arrival[])[] = [];
  const freed: number[] = [];
  let next = 0;
  const memory = new AnswerMemory({
    ...{ resendMs, earlier: [], nowMs: clock.monotonicMs() },
    newSlot: () => next++,
  });
  const status = createLineStatus(() => clock.wallMs(), ignore, ignore);
  return { listings, freed, memory, status, bind };

  async function bind() {
    let receive: (octets: Uint8Array) => void = ignore;
    let ended: (why: Error | null) => void = ignore;
    const held: boolean[] = [];
    const written: DecodedPdu[] = [];
    const frames = new Frames();
    const transport: Transport = {
      async write(octets) {
        frames.read(octets, (each) => void written.push(decodePdu(each)));
      },
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
      status,
      accept(listing) {
        listings.push(listing);
        return { left: new Set(), known: 0 };
      },
      release,
      findEarlier: () => [],
      forget: (slots) => void freed.push(...slots),
    });
    const bound = session.bind({ kind: 'receiver', systemId: 'visitlog', password: '' });
    receive(encodePdu('bind_receiver_resp', { sequence: 1 }));
    await clock.advance(1);
    await bound;
    return {
      held,
      /** What was answered to the peer's own requests: command, sequence, status. */
      answers: () =>
        written.flatMap((each) =>
          each.ok && each.pdu.command.endsWith('_resp')
            ? [`${each.pdu.command} ${each.pdu.sequence} ${each.pdu.status}`]
            : [],
        ),
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

  it('answers a text that waits for the central register as not taken, and knows it when it comes again', async () => {
    let refuse: (why: Error) => void = ignore;
    let release = new Promise<void>((_, reject) => {
      refuse = reject;
    });
    const line = startLine(() => release);
    const link = await line.bind();
    link.hear(text(1), pdu('enquire_link', { sequence: 2 }));
    await clock.advance(10);
    // Nothing is answered while that is open.
    expect(link.answers()).toEqual([]);
    refuse(new AppError('central.not-committed'));
    await clock.advance(10);
    expect(link.answers()).toEqual(['enquire_link_resp 2 0', 'deliver_sm_resp 1 100']);
    expect(line.status.report).toMatchObject({ state: 'holding', reason: 'central.not-committed' });
    // Within the wait it is not even offered.
    link.hear(text(3));
    await clock.advance(10);
    expect([line.listings.length, link.answers().at(-1)]).toEqual([1, 'deliver_sm_resp 3 100']);
    release = Promise.resolve();
    await clock.advance(10_000);
    expect(line.status.report.state).toBe('ready');
    link.hear(text(4));
    await clock.advance(10);
    expect(link.answers().at(-1)).toBe('deliver_sm_resp 4 0');
    const [first, , again] = line.listings;
    expect(again?.[0]?.slot).toBe(first?.[0]?.slot);
    await link.lose();
  });

  it('takes leave without an answer to what waits, which comes again', async () => {
    const line = startLine(() => new Promise<void>(() => {}));
    const link = await line.bind();
    link.hear(text(1));
    await clock.advance(10);
    await link.lose();
    const next = await line.bind();
    next.hear(text(1));
    await clock.advance(10);
    expect(line.listings[1]?.[0]?.slot).toBe(line.listings[0]?.[0]?.slot);
    await next.lose();
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
