import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { centralSession } from '../../src/central/records/central-session.ts';
import type { OpenedHour } from '../../src/central/records/fetched-hours.ts';
import { type HourReaderTask, hoursByThread } from '../../src/central/records/hour-readers.ts';
import { linesOfGateways } from '../../src/central/records/lines-of-gateways.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { holderRingPath } from '../../src/store/holder/holder-files.ts';
import { hourStartMs } from '../../src/store/hour.ts';
import { visitsIn } from '../../src/store/tables/visits.ts';
import { who } from '../store/sweep/sweeping.ts';
import { nowMs, tempRegister, visit } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { forwardAll, makeCentral, makeHolderHost, outboxOf } from './holder-bench.ts';

const window = { fromMs: nowMs - 30 * hourMs, toMs: nowMs + 1 };

function rowsOf({ hour, octets, notes }: OpenedHour) {
  return [...visitsIn(hour, octets, { of: (_, row) => notes.get(row) }, () => {})];
}

describe.skipIf(noPostgres)('a thread that reads a central register', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  /** Two gateways that have forwarded 700 visits of 30 hours, some with a note. */
  async function scene() {
    const names = ['giheung', 'suji'];
    const central = await makeCentral(cluster, [
      { kind: 'holder', name: 'a' },
      ...names.map((name) => ({ kind: 'gateway' as const, name })),
    ]);
    const sites = names.map(() => tempRegister());
    const clock = sites[0]?.clock ?? tempRegister().clock;
    const host = makeHolderHost(central, 'a', clock);
    const records = host.open();
    await records.pass({ who, command: 'run' });
    for (const [site, temp] of sites.entries()) {
      temp.open().transact((unit) => {
        for (let index = 0; index < 350; index += 1)
          unit.addVisit(
            visit({
              visitor: index % 30 === 0 ? 'CITYHALL' : `0105550${1_000 + index}`,
              atMs: nowMs - ((index * 7_919 + site * 31) % (30 * 60)) * 60_000,
              line: site === 0 ? 'north' : 'south',
            }),
          );
      });
      await forwardAll(central, names[site] ?? '', outboxOf(temp.options), [host.pin]);
    }
    const address = central.address(loginOf({ kind: 'holder', name: 'a' }));
    const session = centralSession(address);
    onTestFinished(() => session.close());
    const { dataDir, keyFile, retentionMs } = host.options;
    const { password: _, ...openly } = address;
    const task: HourReaderTask = {
      place: {
        ...{ holder: 'a', dataDir, ringPath: holderRingPath(keyFile), masterFile: null, retentionMs },
        address: openly,
      },
      ...{ password: null, window, filter: window },
      lines: (await linesOfGateways(session.ask)).rows,
    };
    return { records, task };
  }

  it('gives the rows that are read without it, hour by hour and in their order', async () => {
    const { records, task } = await scene();
    const rows: string[] = [];
    let lastHour = 0;
    for await (const opened of hoursByThread(task)) {
      expect(opened.hour).toBeGreaterThan(lastHour);
      expect(opened.unreadable).toBe(0);
      lastHour = opened.hour;
      for (const { atMs, visitor, line } of rowsOf(opened))
        rows.push(`${atMs} ${visitor} ${task.lines[line]?.name}`);
    }
    const without = await collect(records.visits(window));
    expect(without).toHaveLength(700);
    expect(rows).toEqual(
      without.map(({ visitedAtMs, visitor, line }) => `${visitedAtMs} ${visitor} ${line}`),
    );
    const south = { ...task, filter: { ...window, line: 'south' } };
    let found = 0;
    for await (const opened of hoursByThread(south)) found += rowsOf(opened).length;
    expect(found).toBe(350);
  });

  it('ends when nobody wants more', async () => {
    const { task } = await scene();
    for await (const { hour } of hoursByThread(task)) {
      expect(hourStartMs(hour)).toBeLessThan(nowMs - 28 * hourMs);
      break;
    }
  });

  it('says what it could not reach as the command without it would', async () => {
    const { task } = await scene();
    const [host] = task.place.address.url.hosts;
    if (host === undefined) throw new Error('no host');
    const elsewhere = { ...task.place.address.url, hosts: [{ ...host, port: 1 }] };
    const lost = { ...task, place: { ...task.place, address: { ...task.place.address, url: elsewhere } } };
    await expect(hoursByThread(lost).next()).rejects.toMatchObject({ code: 'central.unreachable' });
  });
});
