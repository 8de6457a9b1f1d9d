import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { startGateway } from '../../src/daemon/gateway.ts';
import type { LogFields } from '../../src/daemon/log/log.ts';
import type { Notice } from '../../src/daemon/service/notify-socket.ts';
import { createServiceNotices } from '../../src/daemon/service/service-notices.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../src/simulator/tcp.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type NotifyReceiver, receiveNotices } from '../support/notify-receiver.ts';
import { type Running, start } from '../support/program.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Nothing listens on it. */
const nobody = 'tcp://127.0.0.1:1';

describe('the gateway under systemd', () => {
  let workspace: Workspace;
  let systemd: NotifyReceiver;
  let modem: SimulatedModem;
  let server: TcpServer;

  beforeEach(async () => {
    workspace = makeWorkspace();
    systemd = receiveNotices();
    modem = createModem({ family: 'ec25', clock: systemClock });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`);
  });

  afterEach(async () => {
    systemd.close();
    await server.close();
    modem.dispose();
    workspace.remove();
  });

  function startService(env: Readonly<Record<string, string>> = {}): Running {
    return start(['--config', workspace.configFile, 'run'], { NOTIFY_SOCKET: systemd.path, ...env });
  }

  const events = (gateway: Running, event: string): Record<string, unknown>[] =>
    gateway
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((entry) => entry.event === event);

  it('the gateway under systemd is ready once every line was tried, feeds the watchdog, and stops within five seconds', async () => {
    const gateway = startService({ WATCHDOG_USEC: '2000000' });
    const { STATUS } = await systemd.notice('READY');
    expect(STATUS).toMatch(/^line1: .*texts? today$/);
    expect(events(gateway, 'line.state').at(-1)).toMatchObject({ state: 'ready' });
    await systemd.notice('WATCHDOG');
    const beganMs = systemClock.monotonicMs();
    await gateway.kill('SIGTERM');
    expect(systemClock.monotonicMs() - beganMs).toBeLessThan(5_000);
    expect(gateway.child.exitCode).toBe(0);
    expect(systemd.notices[0]).toMatchObject({ STATUS: 'opening the register' });
    expect(systemd.notices.at(-1)).toEqual({ STOPPING: '1', STATUS: 'stopping' });
  });

  it('the gateway under systemd reads its configuration again: a new line starts and the old ones are left alone', async () => {
    const gateway = startService();
    await systemd.notice('READY');
    appendFileSync(
      workspace.configFile,
      `[[line]]\nname = "line2"\nport = "${nobody}"\n[log]\nlevel = "debug"\n[metrics]\nlisten = "127.0.0.1:9560"\n`,
    );
    gateway.child.kill('SIGHUP');
    await gateway.line((line) => line.includes('"line":"line2"') && line.includes('"absent"'));
    const { MONOTONIC_USEC } = await systemd.notice('RELOADING');
    expect(Number(MONOTONIC_USEC)).toBeLessThanOrEqual(Number(process.hrtime.bigint() / 1_000n));
    expect(events(gateway, 'config.reloaded')).toMatchObject([{ keys: 'log.level', lines_added: 'line2' }]);
    expect(events(gateway, 'config.restart-needed')).toMatchObject([{ keys: 'metrics.listen' }]);
    const touched = events(gateway, 'line.state').filter(
      ({ line, state }) => line === 'line1' && state === 'stopped',
    );
    expect(touched).toEqual([]);
    await gateway.kill('SIGTERM');
    expect(systemd.notices.filter((notice) => notice.READY === '1')).toHaveLength(2);
  });

  it('the gateway under systemd refuses a configuration with faults, logs all of them, and works on', async () => {
    const gateway = startService();
    await systemd.notice('READY');
    const before = readFileSync(workspace.configFile, 'utf8');
    writeFileSync(workspace.configFile, `${before}prot = "x"\n[retention]\nperiod = "3y"\n`);
    gateway.child.kill('SIGHUP');
    await gateway.line((line) => line.includes('period') && line.includes('config.refused'));
    await systemd.notice('RELOADING');
    const refused = events(gateway, 'config.refused');
    expect(refused.map(({ fault }) => fault)).toEqual([
      expect.stringContaining('"prot"'),
      expect.stringContaining('retention.period is "3y"'),
    ]);
    expect(gateway.child.exitCode).toBeNull();
    await gateway.kill('SIGTERM');
    expect(events(gateway, 'config.reloaded')).toEqual([]);
  });
});

/** A clock whose timers can be made never to fire any more: what a hang looks like from outside. */
class StallingClock extends FakeClock {
  stalled = false;
  override after(delayMs: number, act: () => void) {
    return super.after(delayMs, () => {
      if (!this.stalled) act();
    });
  }
}

it('G6 fake-watchdog: supervisors without progress stop the watchdog although its timer runs, and are named', async () => {
  const workspace = makeWorkspace();
  onTestFinished(workspace.remove);
  workspace.configure(nobody);
  const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
  const gatewayClock = new StallingClock();
  const clock = new FakeClock();
  const told: Notice[] = [];
  const withheld: LogFields[] = [];
  const log = {
    write: (_level: string, event: string, fields: LogFields = {}) =>
      void (event === 'watchdog.withheld' && withheld.push(fields)),
  };
  const notices = createServiceNotices({
    socket: { send: (notice) => void told.push(notice), close() {} },
    clock,
    log,
    watchdogMs: 60_000,
  });
  const absent = () => Promise.reject(new Error('no such port'));
  const gateway = startGateway({
    config,
    clock: gatewayClock,
    log,
    openTransport: () => absent,
    watchers: [notices.watcher],
  });
  notices.started({ ...gateway, describe: async () => '' });
  const fed = () => told.filter((notice) => 'WATCHDOG' in notice).length;
  const pass = async (minutes: number) => {
    for (let second = 0; second < minutes * 60; second += 1)
      await Promise.all([gatewayClock.advance(1_000), clock.advance(1_000)]);
  };

  await pass(30);
  expect([fed(), withheld]).toEqual([30 * 4, []]);
  gatewayClock.stalled = true;
  await pass(30);
  const before = fed();
  await pass(30);
  expect(fed()).toBe(before);
  expect(new Set(withheld.map(({ part }) => part))).toEqual(new Set(['line line1', 'store', 'sweep']));
  gatewayClock.stalled = false;
  notices.stopping();
  const stopping = gateway.stop();
  await gatewayClock.advance(10_000);
  await stopping;
});
