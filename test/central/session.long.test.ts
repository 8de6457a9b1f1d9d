import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { centralSession } from '../../src/central/records/central-session.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { builtModules } from '../support/built-modules.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { makeCentral } from './holder-bench.ts';

describe.skipIf(noPostgres)("a holder's session with a central register", () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  async function session() {
    const central = await makeCentral(cluster, [{ kind: 'holder', name: 'a' }]);
    return centralSession(central.address(loginOf({ kind: 'holder', name: 'a' })));
  }

  it('answers questions that are asked at once each by its own, whatever becomes of the others', async () => {
    const { ask, close } = await session();
    const [one, refused, other] = await Promise.allSettled([
      ask<{ readonly n: number }>('SELECT $1::int AS n', [1]),
      ask('SELECT * FROM visitlog.no_such_table'),
      ask<{ readonly n: number }>('SELECT $1::int AS n', [2]),
    ]);
    expect(one).toMatchObject({ value: [{ n: 1 }] });
    expect(refused).toMatchObject({ reason: { code: 'central.no-schema' } });
    expect(other).toMatchObject({ value: [{ n: 2 }] });
    await close();
  });

  it('ends at once while a question is under way', async () => {
    const { ask, close } = await session();
    await ask('SELECT 1');
    const slow = ask('SELECT pg_sleep(600)');
    const isAsked = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'";
    await until(() => cluster.sql(isAsked) === '1');
    const [said] = await Promise.allSettled([slow, close()]);
    expect(said).toMatchObject({ reason: { code: 'central.unreachable' } });
  });

  it('gives up at once a server that does not answer', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.resume())).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = { hosts: [{ host: '127.0.0.1', port }], user: 'a', database: 'a' };
    const { ask, close } = centralSession({
      ...{ url, caFile: null, password: null, applicationName: 'test' },
    });
    const asked = ask('SELECT 1');
    asked.catch(() => {});
    await until(() => sockets.length > 0);
    const beganMs = performance.now();
    await close();
    // Half of the time after which a connection is given up.
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    await expect(asked).rejects.toThrow();
    const [socket] = sockets;
    if (socket?.closed === false) await once(socket, 'close');
    silent.close();
  });

  it("leaves the runtime's names alone, and does not load its client of HTTP", async () => {
    const script = `
      const { connectTo } = await import(process.argv[1]);
      const names = () => Object.getOwnPropertyNames(globalThis).join();
      const before = names();
      const url = { hosts: [], user: 'a', database: 'a' };
      const address = { url, caFile: null, password: null, applicationName: 'test' };
      const host = { host: '/nowhere', port: 1 };
      const [one, other] = await Promise.allSettled([connectTo(address, host), connectTo(address, host)]);
      const loaded = process.moduleLoadList.filter((name) => name.includes('undici/undici'));
      console.log(one.reason.code, other.reason.code, names() === before, loaded.length);`;
    const file = (await builtModules('central/connect')).address('central/connect');
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script, file], {
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('ENOENT ENOENT true 0');
  });
});
