import { describe, expect, it } from 'vitest';
import { visitTime } from '../../../src/daemon/intake/decode-arrival.ts';

const minuteMs = 60_000;
const retentionMs = 28 * 24 * 60 * minuteMs;
const receivedAtMs = Date.UTC(2026, 10, 23, 5, 0, 0);

describe('The time of a visit', () => {
  it.each([
    ['the same instant', 0, 'network'],
    ['an hour ago, from a backlog', -60 * minuteMs, 'network'],
    ['as old as the retention', -retentionMs, 'network'],
    ['a millisecond older than the retention', -retentionMs - 1, 'received'],
    ['in 1970', -receivedAtMs, 'received'],
    ['nine minutes ahead', 9 * minuteMs, 'network'],
    ['ten minutes ahead', 10 * minuteMs, 'network'],
    ['more than ten minutes ahead', 10 * minuteMs + 1, 'received'],
    ['a year ahead', 365 * 24 * 60 * minuteMs, 'received'],
  ])('a network time of %s is used or not, as the rule says', (_name, offsetMs, source) => {
    const sentAtMs = receivedAtMs + offsetMs;
    expect(visitTime({ sentAtMs, receivedAtMs, retentionMs })).toEqual({
      atMs: source === 'network' ? sentAtMs : receivedAtMs,
      source,
    });
  });

  it.each([[null], [Number.NaN]])(
    "D9: without the network's time the time of receipt counts (%j)",
    (sentAtMs) => {
      expect(visitTime({ sentAtMs, receivedAtMs, retentionMs })).toEqual({
        atMs: receivedAtMs,
        source: 'received',
      });
    },
  );
});
