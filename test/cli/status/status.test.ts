import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Status } from '../../../src/daemon/status/status-object.ts';
import { openStatusSocket } from '../../../src/daemon/status/status-socket.ts';
import { lineExample, nowMs, statusExample } from '../../daemon/status/status-example.ts';
import { visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

/** A configuration whose socket answers with `status`; null: nobody answers. */
async function bench(status: Status | null): Promise<CommandBench> {
  const made = commandBench();
  const path = join(made.temp.dataDir, 'visitlog.sock');
  appendFileSync(made.config, `[status]\nsocket = ${JSON.stringify(path)}\n`);
  if (status === null) return made;
  const body = JSON.stringify(status);
  const socket = await openStatusSocket(path, {
    '/status': async () => ({ type: 'application/json', body }),
    '/metrics': async () => ({ type: 'text/plain', body: 'visitlog_keyring_keys 512\n' }),
  });
  onTestFinished(() => socket.close());
  return made;
}

const away = lineExample('line2', { state: 'absent', reason: 'port.ENOENT', unreadyAt: nowMs - 600_000 });

describe('visitlog status', () => {
  it.each([
    ['well', 0, statusExample()],
    ['degraded', 1, statusExample({ lines: [lineExample(), away] })],
    ['down', 2, statusExample({ lines: [away] })],
  ])('a gateway that is %s ends status with %i', async (verdict, code, status) => {
    const made = await bench(status);
    const { code: ended, stdout } = await made.run(['status', '--json']);
    expect([ended, JSON.parse(stdout)]).toEqual([code, status]);
    expect(status.status).toBe(verdict);
  });

  it("status speaks the reader's language", async () => {
    const made = await bench(statusExample());
    expect((await made.run(['status'])).stdout).toContain('visitlog 0.1.0: well');
    expect((await made.run(['--lang', 'ko', 'status'])).stdout).toContain('visitlog 0.1.0: 정상');
  });

  it('status --metrics prints the metrics, or says that no gateway answers', async () => {
    expect(await (await bench(statusExample())).run(['status', '--metrics'])).toMatchObject({
      code: 0,
      stdout: 'visitlog_keyring_keys 512\n',
    });
    const { code, stdout, stderr } = await (await bench(null)).run(['status', '--metrics']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('[gateway.absent]');
  });

  it.each(['0s', '500ms', 'often'])('status --watch refuses --every %s', async (every) => {
    const { code, stderr } = await (await bench(null)).run(['status', '--watch', '--every', every]);
    expect(code).toBe(2);
    expect(stderr).toContain('Give a duration of at least 1s');
  });

  it('status without a gateway shows the register and what to do, and ends with 2', async () => {
    const made = await bench(null);
    const register = made.temp.open();
    register.transact((unit) => unit.addVisit(visit()));
    register.close();
    const { code, stdout } = await made.run(['status']);
    expect(code).toBe(2);
    expect(stdout).toContain('DOWN');
    expect(stdout).toContain('1 visit');
    expect(stdout).toContain('! no gateway answers');
    expect(stdout).toContain('→ Start it: systemctl start visitlog');
    const status = JSON.parse((await made.run(['status', '--json'])).stdout) as Status;
    expect(Object.keys(status)).toEqual(Object.keys(statusExample()));
    expect(status).toMatchObject({
      status: 'down',
      pid: null,
      register: { visits: 1, oldest_at: '2026-11-23T14:00:00+09:00' },
    });
  });

  it('status tells a gateway without a socket from one that does not run', async () => {
    const made = await bench(null);
    made.temp.open();
    const { code, stdout } = await made.run(['status']);
    expect(code).toBe(2);
    expect(stdout.replaceAll('\n  ', ' ')).toContain(`does not answer at this socket [pid ${process.pid}]`);
  });

  it('status before the first start says only that no gateway answers', async () => {
    const made = await bench(null);
    const { code, stdout } = await made.run(['status']);
    expect(code).toBe(2);
    expect(stdout.split('\n').filter((line) => line.startsWith('!'))).toEqual(['! no gateway answers']);
  });

  it('status with a wrong configuration and no gateway says that it does not know, never that all is down', async () => {
    const made = await bench(null);
    appendFileSync(made.config, '[log]\nlevel = "loud"\n');
    const { code, stderr, stdout } = await made.run(['status']);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/log\.level is "loud"[\s\S]*\[status\.unknown\]/);
  });

  it.each([
    ['of its values', '[log]\nlevel = "loud"\n'],
    ['of its keys', '[metrics]\nx = 1\n'],
  ])('status asks a running gateway although the file has a fault %s, and says so', async (_, fault) => {
    const made = await bench(statusExample());
    appendFileSync(made.config, fault);
    const { code, stdout, stderr } = await made.run(['status', '--json']);
    const status = JSON.parse(stdout) as Status;
    expect([code, status.status]).toEqual([1, 'degraded']);
    expect(status.reasons).toContainEqual({
      code: 'config.refused',
      severity: 'degraded',
      line: null,
      detail: 'config.invalid',
    });
    expect(stderr).toContain('visitlog.toml');
    expect((await made.run(['status', '--metrics'])).stdout).toBe('visitlog_keyring_keys 512\n');
  });

  it.each([
    [['--watch', '--json'], 'usage.conflicting-option'],
    [['--watch', '--metrics'], 'usage.conflicting-option'],
    [['--json', '--metrics'], 'usage.conflicting-option'],
    [['--every', '5s'], 'usage.option-needs'],
  ])('status refuses options that do not go together: %j', async (flags, error) => {
    const { code, stderr } = await commandBench().run(['status', ...flags]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`[${error}]`)]);
  });

  it('status without a gateway does not call unknown what only a gateway knows 0, and has what the register counted', async () => {
    const { run } = commandBench();
    const { stdout } = await run(['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      texts: { today: null, last_hour: null },
      backlog: { texts: null, direct: null, parts: null },
    });
  });
});
