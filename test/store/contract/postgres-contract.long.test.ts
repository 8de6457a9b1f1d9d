import { afterAll, beforeAll, describe } from 'vitest';
import { forwardAll, makeCentral, makeHolderHost, outboxOf } from '../../central/holder-bench.ts';
import { type Cluster, makeCluster, noPostgres } from '../../support/postgres.ts';
import { who } from '../sweep/sweeping.ts';
import { tempRegister } from '../temp-register.ts';
import type { ContractBench } from './contract-bench.ts';
import { recordsContract } from './records-contract.ts';

describe.skipIf(noPostgres)('a holder of a central register', () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  /** A site whose texts are forwarded, and the holder that reads them. */
  async function postgres(): Promise<ContractBench> {
    const central = await makeCentral(cluster, [
      { kind: 'gateway', name: 'giheung' },
      { kind: 'holder', name: 'a' },
    ]);
    const site = tempRegister();
    const intake = site.open();
    const outbox = outboxOf(site.options);
    const host = makeHolderHost(central, 'a', site.clock);
    let records = host.open();
    await records.pass({ who, command: 'run' });
    const bench = (): ContractBench => ({
      intake,
      records,
      clock: site.clock,
      settle: () => forwardAll(central, 'giheung', outbox, [host.pin]),
      async reopen() {
        await records.close();
        records = host.open();
        return bench();
      },
    });
    return bench();
  }

  recordsContract('PostgreSQL', postgres);
});
