import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { askGateway, askStatus } from '../../src/daemon/status/ask-gateway.ts';
import { createModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { type Running, start, visitlog } from '../support/program.ts';
import { until } from '../support/until.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** A gateway of its own process on a simulated modem. */
async function bench() {
  const workspace = makeWorkspace();
  const modem = createModem({ family: 'ec25', clock: systemClock, latencyMs: 1 });
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  workspace.configure(`tcp://127.0.0.1:${server.port}`);
  const running: Running[] = [];
  onTestFinished(async () => {
    for (const each of running) if (each.child.exitCode === null) await each.kill();
    await server.close();
    modem.dispose();
    workspace.remove();
  });
  return {
    workspace,
    modem,
    socket: join(workspace.folder, 'visitlog.sock'),
    async run(): Promise<Running> {
      const gateway = start(['--config', workspace.configFile, 'run']);
      running.push(gateway);
      await gateway.line((line) => line.includes('"state":"ready"'));
      return gateway;
    },
    status: (...more: string[]) => visitlog(['--config', workspace.configFile, 'status', ...more]),
  };
}

describe('a gateway that runs', () => {
  it('a gateway answers with its status, replaces a killed one, and shows no visitor', async () => {
    const { modem, socket, run, status } = await bench();
    const first = await run();
    const visitors = createVisitors({ seed: 5, plain: true });
    const texts = Array.from({ length: 12 }, () => visitors.next(systemClock.wallMs()));
    for (const text of texts) modem.network.sendParts(text.parts);
    await until(async () => (await askStatus(socket)).register?.visits === 12);
    const said = [await askGateway(socket, '/status'), await askGateway(socket, '/metrics')];
    const told = await status();
    expect(told.stdout).toContain('12 visits');
    expect(said[1]).toContain('visitlog_texts_total{line="line1",outcome="visit"} 12');
    for (const { sender } of texts) {
      const digits = sender.replace(/\D/g, '').slice(-8);
      for (const text of [...said, told.stdout]) expect(text.replaceAll('-', '')).not.toContain(digits);
    }
    await first.kill('SIGKILL');
    expect(existsSync(socket)).toBe(true);
    expect((await status()).code).toBe(2);
    const second = await run();
    expect((await askStatus(socket)).pid).toBe(second.child.pid);
    await second.kill('SIGTERM');
    expect(existsSync(socket)).toBe(false);
  });

  it('a gateway goes on if its socket cannot be opened, and logs that', async () => {
    const { workspace, socket, run } = await bench();
    const config = readFileSync(workspace.configFile, 'utf8');
    writeFileSync(
      workspace.configFile,
      config.replace(socket, join(workspace.folder, 'none', 'visitlog.sock')),
    );
    const gateway = await run();
    expect(gateway.stdout()).toContain('"code":"status.folder-missing"');
    await gateway.kill('SIGTERM');
    expect(gateway.child.exitCode).toBe(0);
  });
});
