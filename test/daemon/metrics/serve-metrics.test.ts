import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogFields } from '../../../src/daemon/log/log.ts';
import { serveMetrics } from '../../../src/daemon/metrics/serve-metrics.ts';
import { createCounters } from '../../../src/daemon/status/counters.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { until } from '../../support/until.ts';
import { statusExample } from '../status/status-example.ts';

function bench(metrics: { listen?: string; textfile?: string }) {
  const clock = new FakeClock();
  const warned: LogFields[] = [];
  const log = { write: (_level: string, _event: string, fields: LogFields = {}) => void warned.push(fields) };
  const counters = createCounters(clock);
  const config = { metrics: { listen: metrics.listen ?? null, textfile: metrics.textfile ?? null } };
  const service = serveMetrics({ readStatus: async () => statusExample(), counters }, config, clock, log);
  onTestFinished(() => service.close());
  return { clock, service, warned };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'visitlog-metrics-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A port that nobody has just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('metrics', () => {
  it('metrics are served on a port of this machine', async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    const { service } = bench({ listen });
    await settle();
    const response = await fetch(`http://${listen}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('visitlog_build_info{');
    expect((await fetch(`http://${listen}/status`)).status).toBe(404);
    await service.close();
    await expect(fetch(`http://${listen}/metrics`)).rejects.toThrow();
  });

  it('metrics are logged as unavailable if the port is in use, and the gateway goes on', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const { warned } = bench({ listen: `127.0.0.1:${port}` });
    await until(() => warned.length > 0);
    expect(warned[0]).toMatchObject({ code: 'metrics.port' });
  });

  it('metrics are written whole into a file every 15 s, for every account, and the file goes at the end', async () => {
    // As the unit sets it.
    const umask = process.umask(0o077);
    onTestFinished(() => void process.umask(umask));
    const path = join(folder(), 'visitlog.prom');
    const { clock, service } = bench({ textfile: path });
    await until(() => existsSync(path));
    expect(readFileSync(path, 'utf8')).toMatch(/^# HELP visitlog_build_info[\s\S]*\n$/);
    expect(statSync(path).mode & 0o444).toBe(0o444);
    const before = statSync(path).ino;
    await clock.advance(15_000);
    await until(() => statSync(path, { throwIfNoEntry: false })?.ino !== before);
    await service.close();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('metrics are written over no file that somebody who may write to the folder has linked to', async () => {
    const open = folder();
    const path = join(open, 'visitlog.prom');
    const keyring = join(folder(), 'keyring');
    writeFileSync(keyring, 'keys', { mode: 0o600 });
    // The gateway's process id is known to everybody.
    for (const name of [path, `${path}.${process.pid}.tmp`]) symlinkSync(keyring, name);
    bench({ textfile: path });
    await until(() => lstatSync(path).isFile());
    expect(readFileSync(keyring, 'utf8')).toBe('keys');
    expect(statSync(keyring).mode & 0o777).toBe(0o600);
  });

  it('metrics are not served to a page whose name was made to point at this machine', async () => {
    const port = await freePort();
    bench({ listen: `127.0.0.1:${port}` });
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve) => {
        const asking = request({ port, path: '/metrics', headers: { host }, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asking.on('error', () => resolve(undefined));
        asking.end();
      });
    await until(async () => (await statusFor('localhost')) !== undefined);
    for (const host of ['localhost', `localhost:${port}`, '127.0.0.1', `[::1]:${port}`])
      expect(await statusFor(host), host).toBe(200);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost.evil.example',
      '127.0.0.1.evil.example',
    ])
      expect(await statusFor(host), host).toBe(421);
  });

  it('metrics are logged as unavailable if the file cannot be written, and tried again', async () => {
    const { clock, warned } = bench({ textfile: join(folder(), 'no', 'visitlog.prom') });
    await until(() => warned.length === 1);
    expect(warned[0]).toMatchObject({ code: 'metrics.textfile' });
    await clock.advance(15_000);
    await until(() => warned.length === 2);
  });
});
