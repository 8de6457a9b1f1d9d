import { appendFileSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import type { Venue } from '../../src/store/records.ts';
import { type CommandBench, commandBench, type Ran } from '../cli/command-bench.ts';
import { who } from '../store/sweep/sweeping.ts';
import { nowMs, tempRegister, text, visit } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { forwardAll, makeCentral, makeHolderHost, outboxOf, type TestCentral } from './holder-bench.ts';

const ill = '01055500123';
const hall = '0313242114';
const market = '0313242115';
const reason = ['--reason', 'case interview'];
const plain = { withoutStacks: true } as const;
const days = ['--from', '2026-11-22', '--to', '2026-11-24'];
const place = (number: string, name: string): Venue => ({
  ...{ number, name, address: null, issued: false },
  ...{ branches: [], removedAtMs: null },
});

/** A machine with a register of its own, and a holder to which a site has sent what that register has. */
interface Both {
  readonly alone: CommandBench;
  readonly holder: CommandBench;
}

describe.skipIf(noPostgres)("officers' commands at a holder", () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  function fill(alone: CommandBench): void {
    const register = alone.temp.open();
    const places = [hall, market, '022123456'];
    register.transact((unit) => {
      for (let index = 0; index < 900; index += 1)
        unit.addVisit(
          visit({
            visitor: index % 40 === 0 ? ill : `0105550${String(1_000 + (index % 83)).slice(-4)}`,
            venue: places[index % places.length] ?? hall,
            atMs: nowMs - ((index * 7_919) % (30 * 60)) * 60_000,
            line: index % 5 === 0 ? 'south' : 'north',
            webSent: index % 11 === 0,
            source: index % 13 === 0 ? 'received' : 'network',
          }),
        );
      // No number of a row: they lie in notes.
      unit.addVisit(visit({ visitor: 'CITYHALL', atMs: nowMs - hourMs }));
      unit.addVisit(visit({ venue: '1234567890123456', atMs: nowMs - 2 * hourMs }));
      for (const [index, words] of ['시청이요', '도착', '031-324-2114 입니다'].entries())
        unit.addText(text({ text: words, atMs: nowMs - index * hourMs, sender: `0105550077${index}` }));
      unit.addText(text({ kind: 'notice', reason: 'delivery-report', text: null }));
      unit.addText(text({ kind: 'undecodable', reason: 'dcs.reserved', sender: null, text: null }));
    });
    register.close().catch(() => {});
  }

  async function both(): Promise<Both> {
    const alone = commandBench();
    fill(alone);
    const venues = [place(hall, '용인시청'), place(market, '중앙시장')];
    const own = alone.temp.open();
    await own.putVenues(venues);
    await own.close();
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
    ]);
    const holder = commandBench();
    configure(holder, central);
    const host = makeHolderHost(central, 'a', alone.temp.clock, holder.temp.options);
    const records = host.open();
    await records.pass({ who, command: 'run' });
    await records.putVenues(venues);
    await records.close();
    await forwardCopy(alone, central, host.pin);
    return { alone, holder };
  }

  /** A site with the very rows of the machine sends them. */
  async function forwardCopy(
    alone: CommandBench,
    central: TestCentral,
    pin: Parameters<typeof forwardAll>[3][number],
  ): Promise<void> {
    const site = tempRegister();
    for (const name of readdirSync(alone.temp.dataDir))
      if (!name.endsWith('.toml')) cpSync(join(alone.temp.dataDir, name), join(site.dataDir, name));
    await forwardAll(central, 'giheung', outboxOf({ ...site.options, clock: alone.temp.clock }), [pin]);
  }

  function configure({ config }: CommandBench, central: TestCentral): void {
    const { url } = central.address(loginOf({ kind: 'holder', name: 'a' }));
    const [server] = url.hosts;
    const at = `postgres://${url.user}@:${server?.port}/${url.database}?host=${server?.host}`;
    appendFileSync(config, `[central]\nurl = ${JSON.stringify(at)}\n[holder]\nname = "a"\n`);
  }

  /** What both print; it is the same. */
  async function same({ alone, holder }: Both, args: readonly string[]): Promise<Ran> {
    const [one, other] = [await alone.run(args, plain), await holder.run(args, plain)];
    expect(other).toEqual(one);
    return one;
  }

  it('give the same bytes as on the machine that the texts came to', async () => {
    const pair = await both();
    const csv = await same(pair, ['export', ...days, '--reveal', ...reason]);
    expect(csv.stdout.split('\n').length).toBeGreaterThan(800);
    for (const args of [
      ['export', ...days, ...reason],
      ['export', ...days, '--venue', '031-324-2114', '--reveal', ...reason],
      ['export', ...days, '--line', 'south', '--format', 'jsonl', '--reveal', ...reason],
      ['export', '--from', '2026-11-23 12:07', '--to', '2026-11-23 13:29', '--reveal', ...reason],
      ['trace', '--visitor', '-', ...days, '--reveal', ...reason],
      ['counts', ...days, '--by', 'venue,hour'],
      ['counts', ...days, '--by', 'hour', '--format', 'json'],
      ['counts', ...days, '--line', 'north', '--by', 'venue'],
      ['unresolved', 'list', '--json', ...reason],
      ['unresolved', 'list', ...reason],
      ['notices', 'list', ...reason],
      ['venue', 'list', '--json'],
    ]) {
      const typed = args.map((arg, at) => (args[at - 1] === '--visitor' ? ill : arg));
      const { code, stdout } = await same(pair, typed);
      expect([args[0], code]).toEqual([args[0], 0]);
      expect(stdout.length).toBeGreaterThan(50);
    }
  });

  it('write the same workbook', async () => {
    const pair = await both();
    const files = [pair.alone, pair.holder].map(({ folder }) => join(folder, 'visits.xlsx'));
    const ran = [pair.alone, pair.holder].map(({ run }, index) =>
      run(['export', ...days, '--reveal', ...reason, '--output', files[index] ?? '']),
    );
    expect((await Promise.all(ran)).map(({ code }) => code)).toEqual([0, 0]);
    const [one, other] = files.map((file) => readFileSync(file));
    expect(other?.equals(one ?? Buffer.alloc(0))).toBe(true);
  });

  it('assign a text, and what others see of that is the same', async () => {
    const pair = await both();
    const list = await same(pair, ['unresolved', 'list', '--json', ...reason]);
    const [id] = list.stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as { id: number }).id));
    const assign = ['unresolved', 'assign', String(id), '031-324-2114', '--yes', ...reason];
    expect(await same(pair, assign)).toMatchObject({ code: 0 });
    for (const args of [
      ['export', ...days, '--reveal', ...reason],
      ['unresolved', 'list', '--json', ...reason],
      ['counts', ...days, '--by', 'venue'],
    ])
      expect(await same(pair, args)).toMatchObject({ code: 0 });
  });

  it('erase a visitor in the central register, and name the gateways that were not reached', async () => {
    const { alone, holder } = await both();
    const args = ['erase', '--visitor', ill, '--yes', ...reason];
    const [one, other] = [await alone.run(args, plain), await holder.run(args, plain)];
    const said = '  Not reached: what waits at giheung to be forwarded. Erase once more when it has come.\n';
    expect(other).toEqual({ ...one, stdout: `${one.stdout}${said}` });
    expect(one.stdout).toContain('24 visits');
    expect((await holder.run(['export', ...days, '--reveal', ...reason])).stdout).not.toContain('5550-0123');
    const ledger = await holder.run(['audit', 'destruction'], plain);
    expect(ledger.code).toBe(0);
    expect(ledger.stdout).toContain('24');
    expect(await holder.run([...args], plain)).toMatchObject({ code: 4 });
  });
});
