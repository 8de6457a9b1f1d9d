import { expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';

/** Takes a configuration up while time passes. */
async function apply(bench: FaultBench, next: Config) {
  const applying = bench.gateway.apply(next);
  await bench.clock.advance(5_000);
  return applying;
}

const isReady = (bench: FaultBench, line: string) => () => bench.report(line)?.state === 'ready';

it('a reload restarts only a changed line, stops a removed one, and loses or doubles no text', async () => {
  const bench = await startFaultBench({ modems: [{ family: 'ec25' }, { family: 'huawei' }] });
  onTestFinished(() => bench.close());
  const { config } = await loadConfig({ file: bench.workspace.configFile, env: {} });
  const [first, second] = config.lines;
  if (!first || !second) throw new Error('there are two lines');
  for (const line of ['line1', 'line2']) expect(await bench.until(isReady(bench, line), 60_000)).toBe(true);
  await bench.text(3, 1_000, 1);

  const changed = await apply(bench, { ...config, lines: [first, { ...second, pollIntervalMs: 5_000 }] });
  expect(changed.changed.map(({ name }) => name)).toEqual(['line2']);
  expect(await bench.until(isReady(bench, 'line2'), 60_000)).toBe(true);
  expect(bench.trail('line2').filter((state) => state === 'stopped')).toHaveLength(1);
  await bench.text(3, 1_000, 1);
  expect(await bench.emptied(60_000)).toBe(true);

  await apply(bench, { ...config, lines: [first] });
  expect([...bench.gateway.reports().keys()]).toEqual(['line1']);
  await bench.text(3, 1_000);
  expect(await bench.emptied(60_000)).toBe(true);
  await apply(bench, { ...config, lines: [second, first] });
  expect([...bench.gateway.reports().keys()]).toEqual(['line2', 'line1']);
  expect(bench.trail('line1').filter((state) => state === 'stopped')).toEqual([]);
  expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
});
