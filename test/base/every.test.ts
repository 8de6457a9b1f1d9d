import { expect, it } from 'vitest';
import { every } from '../../src/base/clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

it('a repeated act runs after each interval until it is cancelled, also from within', async () => {
  const clock = new FakeClock();
  let times = 0;
  const timer = every(clock, 1_000, () => {
    times += 1;
    if (times === 3) timer.cancel();
  });
  await clock.advance(999);
  expect(times).toBe(0);
  await clock.advance(1_001);
  expect(times).toBe(2);
  await clock.advance(10_000);
  expect({ times, timers: clock.timers }).toEqual({ times: 3, timers: 0 });
});
