import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hourMs, minuteMs } from '../../src/base/amounts.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { loadConfig } from '../../src/config/load.ts';
import { startHolding } from '../../src/daemon/central/start-holding.ts';
import type { Log } from '../../src/daemon/log/log.ts';
import { hourOf, hourStartMs } from '../../src/store/hour.ts';
import { commandBench } from '../cli/command-bench.ts';
import { who } from '../store/sweep/sweeping.ts';
import { nowMs } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { makeCentral } from './holder-bench.ts';

describe.skipIf(noPostgres)('the process of a register host', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  async function host() {
    const central = await makeCentral(cluster, [{ kind: 'holder', name: 'a' }]);
    const bench = commandBench();
    const { url } = central.address(loginOf({ kind: 'holder', name: 'a' }));
    const [server] = url.hosts;
    const at = `postgres://${url.user}@:${server?.port}/${url.database}?host=${server?.host}`;
    appendFileSync(bench.config, `[central]\nurl = ${JSON.stringify(at)}\n[holder]\nname = "a"\n`);
    const { config } = await loadConfig({ file: bench.config, env: {} });
    const events: string[] = [];
    const log = {
      write: (_: string, event: string) => void events.push(event),
      close() {},
    } as unknown as Log;
    const published = () =>
      Number(cluster.sql('SELECT count(*) FROM visitlog.published_hours', central.database));
    const start = () => {
      const { clock, options } = bench.temp;
      const holding = startHolding({ settings: () => config, registerOptions: options, clock, who, log });
      onTestFinished(() => holding.stop());
      return holding;
    };
    return { bench, config, events, published, start };
  }

  it('makes its keys by a command, which prints the same pin each time', async () => {
    const { bench } = await host();
    const first = await bench.run(['central', 'holder']);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^a:MCowBQYDK2VwAyEA\S{43}=\n$/) });
    expect(first.stderr).toContain('a new key');
    expect(await bench.run(['central', 'holder'])).toEqual({ ...first, stderr: '' });
    expect(await commandBench().run(['central', 'holder'], { withoutStacks: true })).toMatchObject({
      code: 2,
    });
  });

  it('says that it has no keys, and begins once it has', async () => {
    const { bench, start, events } = await host();
    const holding = start();
    await until(() => holding.report()?.state === 'failing');
    expect(holding.report()).toMatchObject({ name: 'a', code: 'holder.no-key', publishedUntilMs: null });
    await bench.run(['central', 'holder']);
    await bench.temp.clock.advance(minuteMs);
    await until(() => holding.report()?.state === 'holding');
    expect(events).toEqual(['holder.failing', 'holder.holding']);
  });

  it('publishes at each hour, and goes on when the database is back', async () => {
    const { bench, start, published } = await host();
    await bench.run(['central', 'holder']);
    const holding = start();
    await until(() => holding.report()?.state === 'holding');
    const last = hourOf(nowMs) + 72;
    expect(holding.report()).toMatchObject({ publishedUntilMs: hourStartMs(last + 1), foreignHours: 0 });
    const before = published();
    cluster.stop('immediate');
    await bench.temp.clock.advance(hourMs);
    await until(() => holding.report()?.state === 'failing');
    expect(holding.report()).toMatchObject({
      code: 'central.unreachable',
      publishedUntilMs: hourStartMs(last + 1),
    });
    cluster.start();
    await bench.temp.clock.advance(minuteMs);
    await until(() => holding.report()?.state === 'holding');
    expect(published()).toBe(before + 1);
    expect(holding.report()).toMatchObject({ publishedUntilMs: hourStartMs(last + 2) });
  });

  it('tells each minute what the central register lacks', async () => {
    const { bench, start } = await host();
    await bench.run(['central', 'holder']);
    const holding = start();
    expect(holding.report()?.central).toBeNull();
    const reasons = () => holding.report()?.central?.map(({ code, of }) => (of === null ? code : [code, of]));
    await until(() => holding.report()?.state === 'holding');
    // At once it may have been asked before the first keys were published.
    await bench.temp.clock.advance(minuteMs);
    await until(() => JSON.stringify(reasons()) === '["central.no-standby"]');
    cluster.stop('immediate');
    await bench.temp.clock.advance(minuteMs);
    await until(() => reasons()?.length === 1 && reasons()?.[0]?.[0] === 'central.unreachable');
    cluster.start();
    await bench.temp.clock.advance(minuteMs);
    await until(() => JSON.stringify(reasons()) === '["central.no-standby"]');
  });

  it('loads nothing of it on another host', async () => {
    const { config, bench } = await host();
    const other = { ...config, holder: { ...config.holder, name: null } };
    const { clock, options } = bench.temp;
    const log = { write: () => {}, close() {} } as unknown as Log;
    expect(
      startHolding({ settings: () => other, registerOptions: options, clock, who, log }).report(),
    ).toBeNull();
  });
});
