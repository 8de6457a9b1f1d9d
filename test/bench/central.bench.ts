import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { CentralAddress } from '../../src/central/connect.ts';
import { connectToPrimary } from '../../src/central/connect.ts';
import { startForwarder } from '../../src/central/forwarder.ts';
import { gatewayCalls } from '../../src/central/gateway-calls.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { openCentral } from '../../src/central/records/open-central.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { makeHolderFiles } from '../../src/store/holder/holder-files.ts';
import type { HolderPin } from '../../src/store/holder/holder-pin.ts';
import { wrapHour } from '../../src/store/holder/wrap-hour.ts';
import { hourOf, hourStartMs } from '../../src/store/hour.ts';
import { deriveSubkeys, keyIdOf } from '../../src/store/keyring/hour-keys.ts';
import { openOutbox } from '../../src/store/outbox/outbox.ts';
import { openRegister } from '../../src/store/register.ts';
import type { RegisterOptions } from '../../src/store/register-types.ts';
import { rowTags, tagBitsFor } from '../../src/store/sealing/tags.ts';
import { rowBytes, sealVisit } from '../../src/store/sealing/visit-row.ts';
import { addressOf, beginCentral } from '../central/central-bench.ts';
import { type Cluster, makeCluster } from '../support/postgres.ts';
import { optionsOf } from './options.ts';
import { timeCommand } from './timed-process.ts';

/*
 * npm run bench -- central [--rows 1000000] [--gateways 3]
 *
 * A PostgreSQL with a synchronous standby, both of Debian's packages, on this machine and with their syncs. A site's register is
 * forwarded; then the database is filled up, and a holder's commands are run, each in a process of its own.
 */
const values = optionsOf({
  rows: { type: 'string', default: '1000000' },
  gateways: { type: 'string', default: '3' },
  forwarded: { type: 'string', default: '50000' },
});
const [rowCount, gatewayCount, forwardedCount] = [values.rows, values.gateways, values.forwarded].map(
  Number,
) as [number, number, number];
const retentionMs = 28 * dayMs;
const nowMs = Date.now();
const lastHour = hourOf(nowMs) - 1;
const hours = 27 * 24;
const places = 6_000;
const visitors = 200_000;
const who = { user: 'bench', uid: 0, sudo: null, login: null, session: null };
const say = (text: string) => void process.stdout.write(`${text}\n`);
const number = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
let broken = false;

/** A line with a figure and its limit. */
function tell(what: string, figure: number, unit: string, limit: number, isLeast = false): void {
  const kept = isLeast ? figure >= limit : figure <= limit;
  broken ||= !kept;
  say(
    `${what.padEnd(34)}${number(figure).padStart(10)} ${unit}  (limit ${number(limit)})${kept ? '' : '  BEYOND'}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-central-'));
const gateways = Array.from({ length: gatewayCount }, (_, index) => `gateway${index + 1}`);
say(
  `${number(rowCount)} rows, ${gatewayCount} gateways; ${process.version}; load ${loadavg()[0]?.toFixed(1)}`,
);
const { primary, second } = await servers();
try {
  await measure();
} finally {
  second.remove();
  primary.remove();
  rmSync(folder, { recursive: true });
}
say(broken ? 'BEYOND A LIMIT' : 'within every limit');
process.exitCode = broken ? 1 : 0;

async function servers(): Promise<{ readonly primary: Cluster; readonly second: Cluster }> {
  const made = makeCluster({
    durable: true,
    settings: ['wal_level = replica', 'shared_buffers = 256MB', 'max_wal_size = 4GB'],
    access: ['local replication all trust'],
  });
  made.start();
  await beginCentral(made, [
    { kind: 'holder', name: 'a' },
    ...['site', ...gateways].map((name) => ({ kind: 'gateway' as const, name })),
  ]);
  const standby = makeCluster({ durable: true, standbyOf: { primary: made, name: 'second' } });
  standby.start();
  made.sql("ALTER SYSTEM SET synchronous_standby_names = 'second'");
  made.sql('SELECT pg_reload_conf()');
  return { primary: made, second: standby };
}

function loginAt(kind: 'gateway' | 'holder', name: string): CentralAddress {
  return addressOf(loginOf({ kind, name }), primary);
}

function registerIn(name: string): RegisterOptions {
  const dataDir = join(folder, name);
  mkdirSync(dataDir, { mode: 0o700 });
  return {
    ...{ dataDir, keyFile: join(dataDir, 'keyring'), retentionMs },
    ...{ algorithm: 'aes-256-gcm', clock: systemClock },
  };
}

async function measure(): Promise<void> {
  const host = registerIn('holder');
  const place = { ...host, name: 'a', aheadMs: 72 * hourMs };
  const { pin } = makeHolderFiles(place);
  const holder = openCentral({
    ...{ name: 'a', aheadMs: 72 * hourMs, others: [], register: { ...host, role: 'tool' } },
    address: loginAt('holder', 'a'),
  });
  await holder.pass({ who, command: 'run' });
  await holder.putVenues([{ number: '0313240031', name: '용인시청', address: null, issued: false }]);
  await forwarding(pin);
  const beganMs = performance.now();
  await fill(pin);
  say(`filled up in ${number((performance.now() - beganMs) / 1_000)} s`);
  primary.sql('ANALYZE', 'visitlog');
  const passMs = performance.now();
  await holder.pass({ who, command: 'run' });
  say(`the pass that opens every envelope    ${number(performance.now() - passMs)} ms`);
  await holder.close();
  await commands(host);
}

/** A site's register, by the forwarder: what it sends at once, and what comes at 100 a second. */
async function forwarding(pin: HolderPin): Promise<void> {
  const options = registerIn('site');
  const register = openRegister(options);
  const outbox = openOutbox(options);
  let added = 0;
  const add = (rows: number) => {
    register.transact((unit) => {
      for (let index = 0; index < rows; index += 1)
        unit.addVisit({
          visitor: `0105${String(added + index + 1).padStart(7, '0')}`,
          venue: `031324${String((added + index) % places).padStart(4, '0')}`,
          atMs: Date.now(),
          receivedAtMs: Date.now(),
          ...{ source: 'network', line: 'line1', webSent: false, callback: false },
        });
    });
    added += rows;
  };
  for (let rows = 0; rows < forwardedCount; rows += 1_000) add(1_000);
  const due: number[] = [];
  const delays: number[] = [];
  const forwarder = startForwarder({
    outbox: {
      ...outbox,
      leave(rows) {
        const committedMs = performance.now();
        const before = outbox.waiting().rows;
        outbox.leave(rows);
        const went = before - outbox.waiting().rows;
        for (const at of due.splice(0, went)) delays.push(committedMs - at);
      },
    },
    pinned: { gateway: 'site', pins: [pin] },
    connect: () => linkGateway(loginAt('gateway', 'site'), 'site'),
    withoutStandby: () => 'wait',
    clock: systemClock,
  });
  const beganMs = performance.now();
  const startedRows = forwarder.report().forwarded;
  while (outbox.waiting().rows > 0) await sleep(20);
  const rate = ((forwarder.report().forwarded - startedRows) * 1_000) / (performance.now() - beganMs);
  tell('forwarded to both disks', rate, 'rows/s', 5_000, true);
  for (let sent = 0; sent < 1_000; sent += 1) {
    due.push(performance.now());
    add(1);
    forwarder.wake();
    await sleep(10);
  }
  while (outbox.waiting().rows > 0) await sleep(20);
  delays.sort((a, b) => a - b);
  tell(
    'delay at 100 a second, p99',
    delays[Math.floor(delays.length * 0.99)] ?? Number.POSITIVE_INFINITY,
    'ms',
    1_000,
  );
  await forwarder.stop();
  outbox.close();
  await register.close();
}

/** Rows of four weeks, evenly, by the function that gateways call. Their commits wait for no disk. */
async function fill(pin: HolderPin): Promise<void> {
  const perHour = Math.max(1, Math.round(rowCount / gatewayCount / hours));
  let count = 0;
  for (const gateway of gateways) {
    const { client, close } = await connectToPrimary(loginAt('gateway', gateway));
    await client.query('SET synchronous_commit = off');
    const calls = gatewayCalls(
      async <Row extends object>(query: string, given: readonly unknown[] = []) =>
        (await client.query<Row>(query, [...given])).rows,
    );
    await calls.nameLines([{ id: 1, name: 'line1' }]);
    for (let hour = lastHour - hours + 1; hour <= lastHour; hour += 1) {
      const key = randomBytes(32);
      const { subkeys } = deriveSubkeys(key, 'aes-256-gcm');
      const published = await calls.publishedHours([hour]);
      const hourKey = { key, algorithm: 'aes-256-gcm' } as const;
      const { envelopes } = wrapHour(hourKey, { gateway, pins: [pin] }, hour, published);
      const tagBits = tagBitsFor(perHour);
      const keyNo = await calls.openHour({
        hour,
        keyId: keyIdOf(key),
        algorithm: 'aes-256-gcm',
        tagBits,
        envelopes,
      });
      const rows = Buffer.alloc(perHour * rowBytes);
      for (let index = 0; index < perHour; index += 1) {
        count += 1;
        const visit = {
          visitor: `0105${String((count * 7_919) % visitors).padStart(7, '0')}`,
          venue: `031324${String((count * 31) % places).padStart(4, '0')}`,
        };
        const tags = rowTags(subkeys, visit, tagBits);
        const fields = {
          ...visit,
          inHourMs: (index * 7_907) % hourMs,
          receivedAfterMs: 3_000,
          line: 1,
          flags: 0,
        };
        const { id, sealed } = sealVisit(subkeys, hour, tags, { ...fields, order: index % 256 });
        Buffer.concat([tags.venueTag, id, tags.visitorTag, sealed]).copy(rows, index * rowBytes);
      }
      await calls.forward({ visits: [{ hour, rows }], texts: [] }, () => keyNo);
    }
    await close();
  }
}

async function commands({ dataDir }: RegisterOptions): Promise<void> {
  const config = join(folder, 'visitlog.toml');
  const [server] = loginAt('holder', 'a').url.hosts;
  const url = `postgres://${loginOf({ kind: 'holder', name: 'a' })}@:${server?.port}/visitlog?host=${server?.host}`;
  writeFileSync(
    config,
    `data_dir = "${dataDir}"\ndisk.reserve = "0"\n[central]\nurl = "${url}"\n[holder]\nname = "a"\n`,
  );
  const why = ['--reason', 'measured'];
  const run = (args: readonly string[], stdin = '') =>
    timeCommand(nowMs, ['--config', config, ...args], stdin);
  const day = (ago: number) => new Date(hourStartMs(lastHour) - ago * dayMs).toISOString().slice(0, 10);
  // The first loads what the disk has of node.
  const start = await run(['venue', 'list']);
  say(
    `${'venue list'.padEnd(34)}${number(start.ms).padStart(10)} ms, ${number(start.cpuMs ?? 0)} of processor`,
  );
  const span = ['--from', day(28), '--to', day(-1)];
  const twoDays = await run(['export', '--from', day(4), '--to', day(2), '--venue', '0313240031', ...why]);
  tell(`a place's two days (${twoDays.lines} lines)`, twoDays.ms, 'ms', 300);
  say(`  ${number(twoDays.cpuMs ?? 0)} ms of processor`);
  const visitor = `0105${String(7_919 % visitors).padStart(7, '0')}`;
  const trace = await run(['trace', '--visitor', '-', ...span, '--reveal', ...why], `${visitor}\n`);
  tell(`trace (${trace.lines} lines)`, trace.ms, 'ms', 1_000);
  say(`  ${number(trace.cpuMs ?? 0)} ms of processor`);
  const all = await run(['export', ...span, '--reveal', ...why]);
  tell(`revealed csv of ${number(all.lines)} lines`, (all.lines * 1_000) / all.ms, 'rows/s', 100_000, true);
  say(`  ${number(all.maxRssMiB ?? 0)} MiB, ${number((all.cpuMs ?? 0) / 1_000, 1)} s of processor`);
}
