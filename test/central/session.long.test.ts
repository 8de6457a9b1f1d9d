import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { CentralAddress } from '../../src/central/connect.ts';
import { centralSession } from '../../src/central/records/central-session.ts';
import { loginOf } from '../../src/central/schema/init.ts';
import { builtModules } from '../support/built-modules.ts';
import { type Cluster, makeCluster, noPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';
import { makeCentral } from './holder-bench.ts';

const holderLogin = loginOf({ kind: 'holder', name: 'a' });

describe.skipIf(noPostgres)("a holder's session with a central register", () => {
  let cluster: Cluster;

  beforeAll(() => {
    cluster = makeCluster();
    cluster.start();
  });

  afterAll(() => cluster?.remove());

  async function session() {
    const central = await makeCentral(cluster, [{ kind: 'holder', name: 'a' }]);
    return centralSession(central.address(holderLogin));
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

  it('writes in a transaction, and says nothing beside it', async () => {
    const { transact, ask, close } = await session();
    const said: string[] = [];
    const note = (warning: Error) => void said.push(warning.message);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const written = await transact(async (inside) => {
      await inside("SET LOCAL application_name = 'inside'");
      return inside<{ readonly application_name: string }>('SHOW application_name');
    });
    expect(written).toEqual([{ application_name: 'inside' }]);
    await expect(transact((inside) => inside('SELECT * FROM visitlog.no_such_table'))).rejects.toMatchObject({
      code: 'central.no-schema',
    });
    expect(await ask('SHOW application_name')).toEqual([{ application_name: 'visitlog gateway' }]);
    await close();
    await setImmediate();
    expect(said).toEqual([]);
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

  it('is connected before it is asked, where somebody waits for it', async () => {
    const { begin, ask, close } = await session();
    await begin();
    const begun = `SELECT count(*) FROM pg_stat_activity WHERE usename = '${holderLogin}' AND state = 'idle'`;
    await until(() => cluster.sql(begun) === '1');
    expect(await ask<{ readonly n: number }>('SELECT $1::int AS n', [1])).toEqual([{ n: 1 }]);
    await close();
    await until(() => cluster.sql(begun) === '0');
  });

  it('tells whoever asks why it could not be connected to, and nobody else', async () => {
    const { begin, ask, close } = centralSession(addressOf('/nowhere', 1));
    await begin();
    await expect(ask('SELECT 1')).rejects.toMatchObject({ code: 'central.unreachable' });
    await close();
  });

  it('gives up a server that does not answer: at its end at once, otherwise after a time', async () => {
    const silent = await silentServer();
    const { ask, close } = centralSession(silent.address);
    const asked = ask('SELECT 1');
    asked.catch(() => {});
    await until(() => silent.sockets.length > 0);
    const beganMs = performance.now();
    await close();
    // Half of the time after which a connection is given up.
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    await expect(asked).rejects.toThrow();
    const other = centralSession(silent.address);
    await expect(other.ask('SELECT 1')).rejects.toMatchObject({ code: 'central.unreachable' });
    await other.close();
    await silent.close();
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

function addressOf(host: string, port: number): CentralAddress {
  const url = { hosts: [{ host, port }], user: 'a', database: 'a' };
  return { url, caFile: null, password: null, applicationName: 'test' };
}

/** Takes connections, and never says anything. */
async function silentServer() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.resume())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    sockets,
    address: addressOf('127.0.0.1', (server.address() as AddressInfo).port),
    async close() {
      for (const socket of sockets) if (!socket.closed) await once(socket, 'close');
      server.close();
    },
  };
}
