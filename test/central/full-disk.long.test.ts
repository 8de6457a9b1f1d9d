import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { startForwarder } from '../../src/central/forwarder.ts';
import { linkGateway } from '../../src/central/gateway-link.ts';
import { hourOf } from '../../src/store/hour.ts';
import { openOutbox } from '../../src/store/outbox/outbox.ts';
import { nowMs, tempRegister } from '../store/temp-register.ts';
import { makeCluster, noPostgres } from '../support/postgres.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';
import { beginCentral, gatewayAddress, makeHolder, numberedVisits } from './central-bench.ts';

/** Needs the right to mount (root): the server has a small disk of its own. */
describe.skipIf(noPostgres)('a central register whose disk is full', () => {
  it('keeps no row half, the site keeps what does not go, and it goes when there is room', async (context) => {
    const disk = mountSmallDisk(96);
    if (disk === null) return context.skip('this user may not mount a file system');
    const data = join(disk, 'data');
    mkdirSync(data);
    chmodSync(disk, 0o755);
    const { uid, gid } = postgresAccount();
    chownSync(data, uid, gid);
    const cluster = makeCluster({ data, settings: ['min_wal_size = 32MB', 'max_wal_size = 32MB'] });
    onTestFinished(() => cluster.remove());
    cluster.start();
    const holder = makeHolder('a');
    await beginCentral(cluster, [
      { kind: 'holder', name: 'a' },
      { kind: 'gateway', name: 'giheung' },
    ]);
    await holder.publish(cluster, [hourOf(nowMs)]);

    const temp = tempRegister();
    const register = temp.open();
    const outbox = openOutbox(temp.options);
    onTestFinished(() => outbox.close());
    const { sent, add } = numberedVisits(register);
    const codes = new Set<string | null>();
    const forwarder = startForwarder({
      outbox,
      pinned: { gateway: 'giheung', pins: [{ holder: 'a', key: holder.key }] },
      connect: () => linkGateway(gatewayAddress('giheung', cluster), 'giheung'),
      withoutStandby: () => 'go-on',
      clock: systemClock,
      onChange: ({ code }) => void codes.add(code),
    });
    onTestFinished(() => forwarder.stop());
    add(1_000);
    await until(() => outbox.waiting().rows === 0);

    const filler = join(disk, 'filler');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 256 * 1_024));
    add(20_000);
    forwarder.wake();
    await until(() => forwarder.report().state === 'failing' && outbox.waiting().rows < sent.length);
    const left = outbox.waiting().rows;
    expect(left).toBeGreaterThan(0);
    expect(codes).toContain('central.disk-full');

    rmSync(filler);
    await until(() => {
      // A server that could not write its log ends itself, and somebody starts it again.
      if (spawnSync('test', ['-e', join(data, 'postmaster.pid')]).status !== 0) cluster.start();
      return outbox.waiting().rows === 0;
    });
    const { visitors, unreadable } = await holder.read(cluster);
    expect(unreadable).toBe(0);
    expect(visitors).toEqual([...sent].sort());
  });
});

function postgresAccount(): { readonly uid: number; readonly gid: number } {
  const { uid, gid } = statSync('/var/lib/postgresql');
  return { uid, gid };
}
