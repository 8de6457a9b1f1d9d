import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { mainFile, startCommand } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Largest file that the gateway may write, KiB: the keyring fits, the database's log soon does not. */
const limitKiB = 400;

describe('a disk that is full', () => {
  let workspace: Workspace;
  let modem: SimulatedModem;
  let server: TcpServer;

  beforeEach(async () => {
    workspace = makeWorkspace();
    modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 50, latencyMs: 1 });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`);
  });

  afterEach(async () => {
    await server.close();
    modem.dispose();
    workspace.remove();
  });

  it('C20, G1, G8: a full disk stops deletion, is reported, and reception goes on by itself once there is room', async () => {
    const gateway = startCommand('bash', [
      '-c',
      `ulimit -S -f ${limitKiB}; exec "$@"`,
      ...['gateway', process.execPath, mainFile, '--config', workspace.configFile, 'run'],
    ]);
    const sent: VisitorText[] = [];
    const visitors = createVisitors({ seed: 3 });
    const firstMs = systemClock.wallMs() - 3_600_000;
    const holding = gateway.line((line) => line.includes('"state":"holding"'));
    let full = false;
    void holding.then(() => {
      full = true;
    });
    while (!full) {
      const text = visitors.next(firstMs + sent.length * 1_000);
      sent.push(text);
      modem.network.sendParts(text.parts);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(await holding).toMatch(/"reason":"register\.(?:disk-full|io)"/);
    const { deleted } = modem.network.journal.counts();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(modem.network.journal.counts().deleted).toBe(deleted);
    spawnSync('prlimit', ['--pid', String(gateway.child.pid), '--fsize=unlimited']);
    await emptied(modem);
    await gateway.kill('SIGTERM');
    expect(gateway.child.exitCode).toBe(0);
    expect(await recordedIn(workspace)).toEqual(expectedOf(sent));
    const refusals = gateway.stdout().match(/"event":"register\.refused"/g) ?? [];
    expect(refusals.length).toBeLessThan(4);
  });
});
