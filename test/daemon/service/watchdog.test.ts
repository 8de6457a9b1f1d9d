import { describe, expect, it } from 'vitest';
import { findStalls, type Pulses, type Sign } from '../../../src/daemon/service/watchdog.ts';

const sign = (part: string, mark: string, allowedMs = 1_000): Sign => ({ part, mark, allowedMs });

/** What is stalled after these looks, each at its time. */
function looks(...each: readonly (readonly [number, ...Sign[]])[]): string[][] {
  let pulses: Pulses = new Map();
  return each.map(([nowMs, ...signs]) => {
    const judged = findStalls(pulses, signs, nowMs);
    pulses = judged.pulses;
    return judged.stalled.map(({ part, silentMs }) => `${part} ${silentMs}`);
  });
}

describe('the watchdog', () => {
  it('the watchdog is fed while every part makes progress', () => {
    expect(
      looks(
        [0, sign('store', 'a'), sign('line line1', '1')],
        [900, sign('store', 'b'), sign('line line1', '2')],
        [1_800, sign('store', 'c'), sign('line line1', '3')],
      ),
    ).toEqual([[], [], []]);
  });

  it('G6: the watchdog is not fed while one part makes no progress for longer than allowed, and names it', () => {
    expect(
      looks(
        [0, sign('store', 'a'), sign('line line1', '1')],
        [1_000, sign('store', 'b'), sign('line line1', '1')],
        [1_001, sign('store', 'c'), sign('line line1', '1')],
        [5_000, sign('store', 'd'), sign('line line1', '1')],
      ),
    ).toEqual([[], [], ['line line1 1001'], ['line line1 5000']]);
  });

  it('the watchdog is fed again once the part makes progress', () => {
    expect(looks([0, sign('store', 'a')], [2_000, sign('store', 'a')], [3_000, sign('store', 'b')])).toEqual([
      [],
      ['store 2000'],
      [],
    ]);
  });

  it('the watchdog gives a new part its time, and forgets a part that is gone', () => {
    expect(
      looks(
        [0, sign('line line1', '1')],
        [5_000, sign('line line2', '1')],
        [6_000, sign('line line2', '1')],
        [6_001, sign('line line2', '1')],
      ),
    ).toEqual([[], [], [], ['line line2 1001']]);
  });

  it('the watchdog allows a recovery more time, and only while it lasts', () => {
    expect(
      looks(
        [0, sign('line line1', 'recovering', 5_000)],
        [4_000, sign('line line1', 'recovering', 5_000)],
        [5_000, sign('line line1', 'ready', 1_000)],
        [6_500, sign('line line1', 'ready', 1_000)],
      ),
    ).toEqual([[], [], [], ['line line1 1500']]);
  });
});
