import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../src/simulator/random.ts';
import { type CentralSite, rowsAt, siteAccess, startSite } from '../support/central-site.ts';
import { type CuttableLink, openLink } from '../support/cuttable-link.ts';
import { emptied } from '../support/emptied.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';

describe.skipIf(noPostgres)('a site whose texts wait for the central register', () => {
  let cluster: Cluster;
  let link: CuttableLink;
  let site: CentralSite;

  beforeEach(async () => {
    cluster = makeCluster({ access: siteAccess });
    onTestFinished(() => cluster.remove());
    cluster.start();
    link = await openLink(cluster.port);
    onTestFinished(() => link.close());
    site = await startSite(cluster, () => [link.port], { central: ['wait = "central"'], plain: true });
    onTestFinished(() => site.close());
  });

  const counts = () => site.modem.network.journal.counts();
  /** Texts that neither the network nor the modem holds any more. */
  const taken = () => site.senders().length - counts().queued - counts().stored;
  const hasHere = (visits: number) => until(async () => (await site.status()).register?.visits === visits);

  /** No text has left that is not at the centre, once and again. */
  async function lookUntil(isOver: () => Promise<boolean>): Promise<void> {
    do {
      // First what has left: what is at the centre by then is there afterwards, too.
      const gone = taken();
      expect((await rowsAt(cluster)) ?? 0).toBeGreaterThanOrEqual(gone);
    } while (!(await isOver()));
  }

  async function eachOnce(): Promise<void> {
    await until(async () => ((await rowsAt(cluster)) ?? 0) >= site.senders().length);
    const read = await site.holder.read(cluster);
    expect([read.unreadable, read.visitors]).toEqual([0, site.senders()]);
  }

  it('keeps texts on the modem while the link is cut, says so, and lets them go once they are there or need not be', async () => {
    site.text(5);
    await emptied(site.modem);
    await eachOnce();
    link.cut();
    site.text(4);
    await hasHere(4);
    await until(async () => (await site.status()).lines[0]?.state === 'holding');
    const { lines, reasons } = await site.status();
    expect(lines[0]).toMatchObject({ reason: 'central.not-committed' });
    expect(reasons.map(({ code }) => code)).toContain('line.interrupted');
    expect([counts().stored, taken()]).toEqual([4, 5]);
    link.join();
    await emptied(site.modem);
    await eachOnce();

    link.cut();
    site.text(2);
    await hasHere(2);
    expect(counts().stored).toBe(2);
    const { configFile } = site.workspace;
    writeFileSync(
      configFile,
      readFileSync(configFile, 'utf8').replace('wait = "central"', 'wait = "journal"'),
    );
    site.gateway.child.kill('SIGHUP');
    await emptied(site.modem);
    link.join();
    await eachOnce();
    expect(counts().lost).toBe(0);
  });

  it('a gateway that is killed between the commit here and that at the centre loses and doubles nothing', async () => {
    link.cut();
    site.text(6);
    await hasHere(6);
    await site.gateway.kill();
    site.run();
    await hasHere(6);
    expect(counts().stored).toBe(6);
    await site.gateway.kill();
    link.join();
    site.run();
    await emptied(site.modem);
    await eachOnce();
  });

  it('a disk of the site that is lost for good takes no text with it', async () => {
    link.cut();
    site.text(6);
    await hasHere(6);
    await site.gateway.kill();
    rmSync(site.workspace.dataDir, { recursive: true });
    link.join();
    site.run();
    await emptied(site.modem);
    await eachOnce();
  });

  it('no text leaves the modem before it is at the centre, however often gateway and link break', async () => {
    const random = createRandom(Number(process.env.VISITLOG_SEED ?? 7));
    for (let round = 0; round < 6; round += 1) {
      const isCut = round % 3 === 1;
      if (isCut) link.cut();
      const before = taken();
      site.text(12);
      const isUnderWay = isCut
        ? async () => (await site.status()).register?.visits === 12
        : async () => taken() > before;
      await lookUntil(isUnderWay);
      const endMs = performance.now() + (isCut ? 1_000 : random.int(60));
      await lookUntil(async () => performance.now() >= endMs);
      await site.gateway.kill();
      link.join();
      site.run();
      if (isCut) await emptied(site.modem);
    }
    await emptied(site.modem);
    await eachOnce();
    expect(counts().lost).toBe(0);
  });
});
