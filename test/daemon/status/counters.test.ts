import { describe, expect, it } from 'vitest';
import type { TakenText } from '../../../src/daemon/intake/take-listing.ts';
import { createCounters, createHistogram } from '../../../src/daemon/status/counters.ts';
import { signalStrength } from '../../../src/daemon/status/line-of-status.ts';
import { PhoneNumber } from '../../../src/visits/phone-number.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const hourMs = 3_600_000;
/** 23:50 in Seoul. */
const lateMs = Date.UTC(2026, 10, 23, 14, 50);

function bench() {
  const clock = new FakeClock(lateMs);
  const counters = createCounters(clock);
  const visit = (changes: Partial<TakenText> = {}): TakenText => ({
    line: 'line1',
    stamp: { atMs: clock.wallMs() - 4_000, source: 'network', receivedAtMs: clock.wallMs() },
    message: { sender: new PhoneNumber('01055500123'), text: '0313242114' } as never,
    verdict: { kind: 'visit', venues: ['0313242114'], webSent: false, refused: null },
    ...changes,
  });
  const tell = (changes: Partial<TakenText> = {}) => counters.watcher.onText?.(visit(changes));
  return { clock, counters, tell };
}

describe('the counters of a gateway', () => {
  it('the counters of a gateway count the texts of each line by outcome', () => {
    const { counters, tell } = bench();
    tell();
    tell({ verdict: { kind: 'unresolved', reason: 'no-number' } });
    tell({ line: 'line2', message: null, verdict: { kind: 'undecodable', code: 'pdu.truncated' } });
    counters.watcher.onListing?.('line1', { texts: [], parts: 2, known: 1 }, 3);
    counters.watcher.onRefused?.('line1', 'register.io', 5);
    expect(counters.line('line1')).toMatchObject({
      visit: 1,
      unresolved: 1,
      parts: 2,
      known: 1,
      refusals: 1,
    });
    expect(counters.line('line2')).toMatchObject({ visit: 0, undecodable: 1 });
  });

  it('the counters of a gateway count by the minute for an hour', async () => {
    const { clock, counters, tell } = bench();
    tell();
    await clock.advance(9 * 60_000);
    tell();
    expect(counters.line('line1').perMinute.slice(-10)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    await clock.advance(hourMs);
    expect(counters.line('line1').perMinute).toEqual(Array(60).fill(0));
  });

  it('the counters of a gateway keep the last hour if the date is set', () => {
    const { clock, counters, tell } = bench();
    tell();
    clock.setWall(lateMs + 400 * 24 * hourMs);
    expect(counters.line('line1').perMinute.at(-1)).toBe(1);
  });

  it('the counters of a gateway keep of the last twenty texts neither sender nor place', () => {
    const { counters, tell } = bench();
    for (let text = 0; text < 25; text += 1) tell();
    tell({ message: null, verdict: { kind: 'undecodable', code: 'pdu.truncated' } });
    const { recent } = counters.read();
    expect(recent).toHaveLength(20);
    expect(recent[0]).toMatchObject({ line: 'line1', kind: 'undecodable' });
    expect(recent[1]).toMatchObject({ line: 'line1', kind: 'visit' });
    expect(JSON.stringify(recent)).not.toMatch(/0123|5550|2114/);
  });

  it('the counters of a gateway measure how long texts took, by the time of the network if there is one', () => {
    const { clock, counters, tell } = bench();
    tell();
    tell({ stamp: { atMs: 0, source: 'received', receivedAtMs: clock.wallMs() } });
    counters.watcher.onListing?.('line1', { texts: [], parts: 0, known: 0 }, 7);
    const { commit, endToEnd } = counters.read();
    expect([endToEnd.count, endToEnd.sum]).toEqual([1, 4]);
    expect([commit.count, commit.sum]).toEqual([1, 0.007]);
  });
});

describe('a histogram', () => {
  it('a histogram counts values at or below each bound', () => {
    const histogram = createHistogram([0.1, 1]);
    for (const seconds of [0.1, 0.2, 5]) histogram.observe(seconds);
    expect(histogram.read()).toEqual({ bounds: [0.1, 1], counts: [1, 2], sum: 5.3, count: 3 });
  });
});

describe('a signal', () => {
  it.each([
    [null, null],
    [99, null],
    [0, { dbm: -113, bars: 0 }],
    [1, { dbm: -111, bars: 1 }],
    [5, { dbm: -103, bars: 2 }],
    [10, { dbm: -93, bars: 3 }],
    [15, { dbm: -83, bars: 4 }],
    [20, { dbm: -73, bars: 5 }],
    [31, { dbm: -51, bars: 5 }],
  ])('the signal of +CSQ %s is %o', (csq, strength) => {
    expect(signalStrength(csq)).toEqual(strength);
  });
});
