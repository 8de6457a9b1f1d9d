import { expect, it } from 'vitest';
import { settlements } from '../../src/central/settlements.ts';
import { FakeClock } from '../support/fake-clock.ts';

it('those who came until a moment are settled by it, and whoever came later is not', async () => {
  const clock = new FakeClock();
  const settling = settlements(clock, new AbortController().signal);
  const told: string[] = [];
  const wait = (name: string) =>
    settling.wait(3_000).then((isSettled) => void told.push(`${name} ${isSettled}`));
  const [one, two] = [wait('one'), wait('two')];
  const until = settling.asked();
  const three = wait('three');
  settling.pass(until);
  await Promise.all([one, two]);
  expect(told).toEqual(['one true', 'two true']);
  await clock.advance(2_999);
  expect(told).toHaveLength(2);
  await clock.advance(1);
  await three;
  expect(told.at(-1)).toBe('three false');
  // Nobody is left who could be told.
  settling.pass(settling.asked());
});

it('whoever waits is told that it is not so when all stops', async () => {
  const stopping = new AbortController();
  const settling = settlements(new FakeClock(), stopping.signal);
  const waiting = settling.wait(3_000);
  stopping.abort();
  expect(await waiting).toBe(false);
  expect(await settling.wait(3_000)).toBe(false);
});
