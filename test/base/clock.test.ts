import { describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('waiting', () => {
  it('a sleep lasts as long as asked', async () => {
    const clock = new FakeClock();
    let whole: boolean | undefined;
    void sleep(clock, 1_000).then((passed) => {
      whole = passed;
    });
    await clock.advance(999);
    expect(whole).toBeUndefined();
    await clock.advance(1);
    expect(whole).toBe(true);
  });

  it('an aborted sleep ends early and leaves no timer', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const waiting = sleep(clock, 1_000, stop.signal);
    stop.abort();
    expect(await waiting).toBe(false);
    expect(await sleep(clock, 1_000, stop.signal)).toBe(false);
    expect(clock.timers).toBe(0);
  });

  it('a change of the date does not move a sleep', async () => {
    const clock = new FakeClock();
    let fired = false;
    clock.after(1_000, () => {
      fired = true;
    });
    clock.setWall(0);
    await clock.advance(999);
    expect(fired).toBe(false);
    await clock.advance(1);
    expect(fired).toBe(true);
  });

  it('a sleep runs on the real clock too', async () => {
    const before = systemClock.monotonicMs();
    expect(await sleep(systemClock, 5)).toBe(true);
    expect(systemClock.monotonicMs() - before).toBeGreaterThanOrEqual(4);
    expect(Math.abs(systemClock.wallMs() - Date.now())).toBeLessThan(1_000);
  });
});
