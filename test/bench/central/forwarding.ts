import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { startForwarder } from '../../../src/central/forwarder.ts';
import { linkGateway } from '../../../src/central/gateway-link.ts';
import { openCentral } from '../../../src/central/records/open-central.ts';
import { loginOf } from '../../../src/central/schema/init.ts';
import { makeHolderFiles } from '../../../src/store/holder/holder-files.ts';
import type { HolderPin } from '../../../src/store/holder/holder-pin.ts';
import { openOutbox } from '../../../src/store/outbox/outbox.ts';
import { openRegister } from '../../../src/store/register.ts';
import type { RegisterOptions } from '../../../src/store/register-types.ts';
import { addressOf, beginCentral } from '../../central/central-bench.ts';
import { type Cluster, makeCluster } from '../../support/postgres.ts';

const places = 6_000;
const aheadMs = 72 * hourMs;
const who = { user: 'bench', uid: 0, sudo: null, login: null, session: null };

/** What a site's forwarder does to a PostgreSQL with a synchronous standby, both on this machine and with their syncs. */
export interface Forwarding {
  readonly rowsPerSecond: number;
  /** From a text's commit at the site to its commit at the centre, at 100 texts a second. */
  readonly p99Ms: number;
}

export async function measureForwarding(rows: number): Promise<Forwarding> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-central-'));
  const { primary, second } = await servers();
  try {
    const pin = await publishHours(registerIn(folder, 'holder'), primary);
    return await forward(registerIn(folder, 'site'), primary, pin, rows);
  } finally {
    second.remove();
    primary.remove();
    rmSync(folder, { recursive: true });
  }
}

function registerIn(folder: string, name: string): RegisterOptions {
  const dataDir = mkdtempSync(join(folder, `${name}-`));
  return {
    ...{ dataDir, keyFile: join(dataDir, 'keyring'), retentionMs: 28 * dayMs },
    ...{ algorithm: 'aes-256-gcm', clock: systemClock },
  };
}

async function servers(): Promise<{ readonly primary: Cluster; readonly second: Cluster }> {
  const primary = makeCluster({
    durable: true,
    settings: ['wal_level = replica', 'shared_buffers = 256MB', 'max_wal_size = 4GB'],
    access: ['local replication all trust'],
  });
  primary.start();
  await beginCentral(primary, [
    { kind: 'holder', name: 'a' },
    { kind: 'gateway', name: 'site' },
  ]);
  const second = makeCluster({ durable: true, standbyOf: { primary, name: 'second' } });
  second.start();
  primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'second'");
  primary.sql('SELECT pg_reload_conf()');
  return { primary, second };
}

async function publishHours(register: RegisterOptions, primary: Cluster): Promise<HolderPin> {
  const { pin } = makeHolderFiles({ ...register, name: 'a', aheadMs });
  const holder = openCentral({
    ...{ name: 'a', aheadMs, others: [], register: { ...register, role: 'tool' } },
    address: addressOf(loginOf({ kind: 'holder', name: 'a' }), primary),
  });
  await holder.pass({ who, command: 'run' });
  await holder.close();
  return pin;
}

/** What a site sends at once, and what comes at 100 a second. */
async function forward(
  options: RegisterOptions,
  primary: Cluster,
  pin: HolderPin,
  rows: number,
): Promise<Forwarding> {
  const register = openRegister(options);
  const outbox = openOutbox(options);
  let added = 0;
  const add = (count: number) => {
    register.transact((unit) => {
      for (let index = 0; index < count; index += 1)
        unit.addVisit({
          visitor: `0105${String(added + index + 1).padStart(7, '0')}`,
          venue: `031324${String((added + index) % places).padStart(4, '0')}`,
          atMs: Date.now(),
          receivedAtMs: Date.now(),
          ...{ source: 'network', line: 'line1', webSent: false, callback: false },
        });
    });
    added += count;
  };
  for (let done = 0; done < rows; done += 1_000) add(1_000);
  const due: number[] = [];
  const delays: number[] = [];
  const forwarder = startForwarder({
    outbox: {
      ...outbox,
      leave(leaving) {
        const committedMs = performance.now();
        const before = outbox.waiting().rows;
        outbox.leave(leaving);
        const went = before - outbox.waiting().rows;
        for (const at of due.splice(0, went)) delays.push(committedMs - at);
      },
    },
    pinned: { gateway: 'site', pins: [pin] },
    connect: () => linkGateway(addressOf(loginOf({ kind: 'gateway', name: 'site' }), primary), 'site'),
    withoutStandby: () => 'wait',
    clock: systemClock,
  });
  const beganMs = performance.now();
  const before = forwarder.report().forwarded;
  while (outbox.waiting().rows > 0) await sleep(20);
  const rowsPerSecond = ((forwarder.report().forwarded - before) * 1_000) / (performance.now() - beganMs);
  for (let sent = 0; sent < 1_000; sent += 1) {
    due.push(performance.now());
    add(1);
    forwarder.wake();
    await sleep(10);
  }
  while (outbox.waiting().rows > 0) await sleep(20);
  delays.sort((a, b) => a - b);
  await forwarder.stop();
  outbox.close();
  await register.close();
  return { rowsPerSecond, p99Ms: delays[Math.floor(delays.length * 0.99)] ?? Number.POSITIVE_INFINITY };
}
