import { expect, it, onTestFinished } from 'vitest';
import type { GatewayWatcher } from '../../src/daemon/gateway-watcher.ts';
import { startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';

const fail = (): never => {
  throw new TypeError('from 01055500123: words of a visitor');
};

const clumsy: Required<GatewayWatcher> = {
  onText: fail,
  onListing: fail,
  onRefused: fail,
  onLineState: fail,
  onTransaction: fail,
  onOpening: fail,
  onSwept: fail,
};

it('watchers that throw do not disturb reception: texts are taken once, counted, and deleted from the modem', async () => {
  const bench = await startFaultBench({ modems: [{ family: 'ec25' }], watchers: [clumsy] });
  onTestFinished(() => bench.close());
  await bench.until(() => bench.report().state === 'ready', 60_000);
  await bench.text(8, 2_000);
  expect(await bench.emptied(60_000)).toBe(true);
  expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
  expect(
    bench.trail().filter((state) => state.startsWith('holding') || state.startsWith('recovering')),
  ).toEqual([]);
  expect(bench.gateway.sweeps().state).toBe('idle');
  expect(bench.log.filter(({ event }) => event === 'text.known' || event === 'sweep.failed')).toEqual([]);
  expect(bench.log.filter(({ event }) => event === 'watcher.failed').length).toBeGreaterThan(0);
  expect(JSON.stringify(bench.log)).not.toMatch(/words of a visitor|0123/);
});
