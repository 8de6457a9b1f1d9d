import { appendFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { connectToPrimary } from '../../src/central/connect.ts';
import { type Forwarder, startForwarder } from '../../src/central/forwarder.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { formatPin } from '../../src/store/holder/holder-pin.ts';
import type { Outbox } from '../../src/store/outbox/outbox.ts';
import { type CommandBench, commandBench } from '../cli/command-bench.ts';
import { putOldRegister } from '../store/old-form/old-register.ts';
import { who } from '../store/sweep/sweeping.ts';
import { nowMs, text, visit } from '../store/temp-register.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { start } from '../support/program.ts';
import { until } from '../support/until.ts';
import {
  type HolderHostBench,
  makeCentral,
  makeHolderHost,
  outboxOf,
  type TestCentral,
} from './holder-bench.ts';

const reason = ['--reason', 'case interview'];
const plain = { withoutStacks: true } as const;
const days = ['--from', '2026-11-15', '--to', '2026-11-24'];
const hall = '0313242114';

/** A single machine, a central register, and a holder of it. */
interface City {
  readonly alone: CommandBench;
  readonly holder: CommandBench;
  readonly central: TestCentral;
  readonly host: HolderHostBench;
}

describe.skipIf(noPostgres)('a single machine moves into the central register', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  /** Rows of both forms, places of every kind, and what officers have done. */
  async function fill(alone: CommandBench): Promise<void> {
    putOldRegister(alone.temp);
    const register = alone.temp.open({ role: 'tool' });
    receive(alone, 300, 0);
    await register.putVenues([
      { number: hall, name: '용인시청', address: '중부대로 1199', issued: false },
      {
        number: '0313242115',
        name: '중앙시장',
        address: null,
        issued: false,
        branches: [{ name: '시장 2관', address: null }],
      },
      { number: '0313242116', name: '옛 시장', address: null, issued: false, removedAtMs: nowMs - 2 * dayMs },
    ]);
    await register.close();
    for (const name of ['놀이터', '약수터'])
      expect(await alone.run(['venue', 'issue', '--name', name])).toMatchObject({ code: 0 });
    const { stdout } = await alone.run(['unresolved', 'list', '--json', ...reason]);
    const ids = stdout
      .split('\n')
      .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as { id: number }).id));
    for (const id of ids.slice(-2))
      await alone.run(['unresolved', 'assign', String(id), hall, '--yes', ...reason]);
    await alone.run(['unresolved', 'discard', String(ids.at(-3)), '--yes', ...reason]);
  }

  function receive({ temp }: CommandBench, visits: number, from: number): void {
    const register = temp.open({ role: 'tool' });
    register.transact((unit) => {
      for (let index = from; index < from + visits; index += 1)
        unit.addVisit(
          visit({
            visitor: `0105550${String(1_000 + (index % 83)).slice(-4)}`,
            venue: index % 3 === 0 ? hall : `031324211${index % 8}`,
            atMs: nowMs - ((index * 7_919) % (40 * 60)) * 60_000 + 7 + index,
            line: index % 5 === 0 ? 'south' : 'north',
          }),
        );
      for (let index = 0; index < 5; index += 1)
        unit.addText(
          text({ text: `시청이요 ${from + index}`, atMs: nowMs + 7 - ((from + index) * hourMs) / 50 }),
        );
      unit.addText(text({ kind: 'notice', reason: 'delivery-report', text: null, atMs: nowMs - from }));
    });
    register.close().catch(() => {});
  }

  async function begin(): Promise<City> {
    const alone = commandBench();
    await fill(alone);
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
    ]);
    const holder = commandBench();
    const host = makeHolderHost(central, 'a', alone.temp.clock, holder.temp.options);
    const records = host.open();
    await records.pass({ who, command: 'run' });
    await records.close();
    appendFileSync(
      holder.config,
      `[central]\nurl = ${urlOf(central, 'holder', 'a')}\n[holder]\nname = "a"\n`,
    );
    return { alone, holder, central, host };
  }

  function urlOf(central: TestCentral, kind: 'gateway' | 'holder', name: string): string {
    const { url } = central.address(loginOf({ kind, name }));
    const [server] = url.hosts;
    return JSON.stringify(`postgres://${url.user}@:${server?.port}/${url.database}?host=${server?.host}`);
  }

  /** The machine is a site from now on. */
  function becomeSite({ alone, central, host }: City): void {
    const lines = [
      ...['[central]', `url = ${urlOf(central, 'gateway', 'giheung')}`, 'gateway = "giheung"'],
      `holders = ["${formatPin(host.pin)}"]`,
      ...['[[line]]', 'name = "north"', 'port = "tcp://127.0.0.1:1"'],
    ];
    appendFileSync(alone.config, `${lines.join('\n')}\n`);
  }

  function forwarding({ alone, central, host }: City): {
    readonly forwarder: Forwarder;
    readonly outbox: Outbox;
  } {
    const outbox = outboxOf(alone.temp.options);
    const login = loginOf({ kind: 'gateway', name: 'giheung' });
    const forwarder = startForwarder({
      outbox,
      pinned: { gateway: 'giheung', pins: [host.pin] },
      connect: (cut) => linkGateway(central.address(login), 'giheung', cut),
      withoutStandby: () => 'go-on',
      clock: { ...systemClock, wallMs: () => alone.temp.clock.wallMs() },
    });
    onTestFinished(() => forwarder.stop());
    return { forwarder, outbox };
  }

  const questions = [
    ['export', ...days, '--reveal', ...reason],
    ['export', ...days, '--format', 'jsonl', '--venue', hall, '--reveal', ...reason],
    ['counts', ...days, '--by', 'venue,hour'],
    ['trace', '--visitor', '01055500123', ...days, '--reveal', ...reason],
    ['notices', 'list', '--format', 'csv', ...reason],
    ['venue', 'list', '--json'],
    ['venue', 'show', '031-324-2116', '--json'],
  ];

  async function asked(bench: CommandBench): Promise<{ readonly code: number; readonly stdout: string }[]> {
    const all = [];
    for (const args of questions) {
      const { code, stdout } = await bench.run(args, plain);
      all.push({ code, stdout: withoutIds(stdout) });
    }
    for (const args of [
      ['unresolved', 'list'],
      ['unresolved', 'list', '--assigned'],
    ]) {
      const { code, stdout } = await bench.run([...args, '--format', 'csv', ...days, ...reason], plain);
      all.push({ code, stdout: withoutIds(stdout) });
    }
    return all;
  }

  /** Texts of the form before get new ids. */
  function withoutIds(printed: string): string {
    return printed.replace(/^\d{1,10},/gm, '');
  }

  it('with its places, codes, corrections and rows of both forms, and officers read at a holder what they read before', async () => {
    const city = await begin();
    const { alone, holder } = city;
    const before = await asked(alone);
    expect(before.map(({ code }) => code)).toEqual(before.map(() => 0));
    becomeSite(city);
    const dry = await alone.run(['central', 'adopt', '--dry-run'], plain);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain('new: 5; there already: 0');
    expect(dry.stdout).toMatch(/rows of an older form: \d+ would be sealed anew/);
    expect(await asked(alone)).toEqual(before);
    const offered = await alone.run(['central', 'adopt'], plain);
    expect(offered).toMatchObject({ code: 0, stderr: '' });
    expect(offered.stdout).toContain('next, on a register host: visitlog central adopt giheung');
    // What waits here is still read here, in the same bytes.
    expect(await asked(alone)).toEqual(before);
    const { forwarder, outbox } = forwarding(city);
    await until(() => outbox.waiting().rows === 0);
    await forwarder.stop();
    const taken = await holder.run(['central', 'adopt', 'giheung'], plain);
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect(taken.stdout).toContain('5 places changed');
    expect(await asked(holder)).toEqual(before);
    expect((await alone.run(['export', ...days, ...reason], plain)).code).toBe(4);
    for (const bench of [alone, holder])
      expect((await bench.run(['audit', 'list', '--json'], plain)).stdout).toContain('"central adopt"');
  });

  it('killed at any instant, while texts arrive and rows leave, it goes on, and nothing is lost or doubled', async () => {
    const city = await begin();
    const { alone, holder, central } = city;
    const twin = commandBench();
    for (const name of readdirSync(alone.temp.dataDir))
      if (!name.endsWith('.toml')) cpSync(join(alone.temp.dataDir, name), join(twin.temp.dataDir, name));
    becomeSite(city);
    const { forwarder, outbox } = forwarding(city);
    for (let round = 0; round < 8; round += 1) {
      await killed(['--config', alone.config, 'central', 'adopt'], 250 + round * 90);
      for (const bench of [alone, twin]) receive(bench, 10, 1_000 + round * 10);
      forwarder.wake();
    }
    expect(await alone.run(['central', 'adopt'], plain)).toMatchObject({ code: 0, stderr: '' });
    await until(() => outbox.waiting().rows === 0);
    await forwarder.stop();
    const places = () => cluster.sql('SELECT count(*) FROM visitlog.venues', central.database);
    const seen = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      await killed(['--config', holder.config, 'central', 'adopt', 'giheung'], 300 + round * 120);
      seen.add(places());
    }
    // All of them or none.
    expect(['0', '5']).toEqual(expect.arrayContaining([...seen]));
    expect(await holder.run(['central', 'adopt', 'giheung'], plain)).toMatchObject({ code: 0, stderr: '' });
    expect(places()).toBe('5');
    expect(await asked(holder)).toEqual(await asked(twin));
  });

  /** Starts the program, and ends it by SIGKILL after so many milliseconds, unless it has ended before. */
  async function killed(args: readonly string[], afterMs: number): Promise<void> {
    const running = start(args);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await running.kill('SIGKILL');
  }

  it('tells each number that stands for another place here, and changes nothing before that is decided', async () => {
    const city = await begin();
    const { alone, holder, central } = city;
    expect(await holder.run(['venue', 'add', hall, '--name', '기흥구청'], plain)).toMatchObject({ code: 0 });
    expect(await holder.run(['venue', 'issue', '--name', '경로당'], plain)).toMatchObject({ code: 0 });
    becomeSite(city);
    const offered = await alone.run(['central', 'adopt'], plain);
    expect(offered.stdout).toContain('new: 3; there already: 0; other places under the same number: 2');
    expect(offered.stdout).toContain('031-324-2114  there: 기흥구청; here: 용인시청 (중부대로 1199)');
    expect((await alone.run(['central', 'adopt'], plain)).stdout).toContain('the places were offered before');
    const dry = await holder.run(['central', 'adopt', 'giheung', '--dry-run'], plain);
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.stdout).toContain('031-324-2114  here: 기흥구청; giheung: 용인시청 (중부대로 1199)');
    expect(dry.stdout).toContain('here: 경로당; giheung: 놀이터');
    const list = async () => (await holder.run(['venue', 'list', '--json'], plain)).stdout;
    const before = await list();
    const refused = await holder.run(['central', 'adopt', 'giheung'], plain);
    expect(refused).toMatchObject({ code: 3 });
    expect(refused.stderr).toContain('[central.places-differ] 2 of the numbers that giheung offers');
    expect(await list()).toBe(before);
    const branched = await holder.run(['central', 'adopt', 'giheung', '--branch', '--json'], plain);
    expect(JSON.parse(branched.stdout)).toMatchObject({ added: 3, same: 0, changed: 5 });
    const show = await holder.run(['venue', 'show', hall, '--json'], plain);
    expect(JSON.parse(show.stdout)).toMatchObject({
      name: '기흥구청',
      branches: [{ name: '용인시청', address: '중부대로 1199' }],
    });
    // A second run of either half changes nothing.
    const after = await list();
    const again = await holder.run(['central', 'adopt', 'giheung', '--replace'], plain);
    expect(again.stdout).toContain('nothing is offered since');
    expect((await alone.run(['central', 'adopt'], plain)).stdout).toContain('no place is offered');
    expect(await list()).toBe(after);
    expect(await holder.run(['venue', 'import', '--undo', '--yes'], plain)).toMatchObject({ code: 0 });
    expect(await list()).toBe(before);
    expect(cluster.sql('SELECT count(places) FROM visitlog.offered_places', central.database)).toBe('0');
  });

  it.each([
    ['keep', '기흥구청'],
    ['replace', '용인시청'],
  ])(
    'with --%s a number stands for %s, and the other half of the list is as it was',
    async (decision, name) => {
      const city = await begin();
      const { alone, holder } = city;
      await holder.run(['venue', 'add', hall, '--name', '기흥구청'], plain);
      becomeSite(city);
      await alone.run(['central', 'adopt'], plain);
      expect(await holder.run(['central', 'adopt', 'giheung', `--${decision}`], plain)).toMatchObject({
        code: 0,
      });
      const show = await holder.run(['venue', 'show', hall, '--json'], plain);
      expect(JSON.parse(show.stdout)).toMatchObject({ name });
      // What was decided is not asked again.
      expect((await alone.run(['central', 'adopt'], plain)).code).toBe(0);
      expect((await holder.run(['central', 'adopt', 'giheung'], plain)).stdout).toContain(
        'nothing is offered since',
      );
    },
  );

  it('says who may not, and what is not a list of places', async () => {
    const city = await begin();
    const { alone, holder, central } = city;
    expect(await alone.run(['central', 'adopt'], plain)).toMatchObject({ code: 2 });
    expect((await holder.run(['central', 'adopt', 'giheung'], plain)).stderr).toContain('[central.no-offer]');
    expect(await holder.run(['central', 'adopt'], plain)).toMatchObject({ code: 2 });
    becomeSite(city);
    expect(await alone.run(['central', 'adopt', '--keep'], plain)).toMatchObject({ code: 2 });
    await alone.run(['central', 'adopt'], plain);
    cluster.sql(`UPDATE visitlog.offered_places SET places = '[["0313242114","x"]]'`, central.database);
    const damaged = await holder.run(['central', 'adopt', 'giheung'], plain);
    expect(damaged).toMatchObject({ code: 1 });
    expect(damaged.stderr).toContain('[central.offer-damaged]');
    const login = central.address(loginOf({ kind: 'gateway', name: 'giheung' }));
    const { client, close } = await connectToPrimary(login);
    for (const query of [
      'SELECT * FROM visitlog.offered_places',
      "UPDATE visitlog.venues SET name = 'x'",
      'DELETE FROM visitlog.offered_places',
    ])
      await expect(client.query(query)).rejects.toMatchObject({ code: '42501' });
    await close();
  });
});
