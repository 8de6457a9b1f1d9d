import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../src/simulator/tcp.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { type Running, start, visitlog } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Needs the right to mount (root). */
describe('a disk that something else fills', () => {
  let folder: string;
  let workspace: Workspace;
  let modem: SimulatedModem;
  let server: TcpServer;
  let gateway: Running;

  beforeEach(async (context) => {
    const disk = mountSmallDisk(16);
    if (disk === null) return context.skip('this user may not mount a file system');
    folder = disk;
    workspace = makeWorkspace(folder);
    mkdirSync(join(folder, 'other'));
    modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 50, latencyMs: 1 });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`, '[retention]\nsweep_interval = "1s"', '2MiB');
    onTestFinished(async () => {
      await server.close();
      modem.dispose();
    });
  });

  it('G1: a gateway on a disk that fills takes no text, goes on with the sweep and the audit log, and recovers by itself', async () => {
    const visitors = createVisitors({ seed: 5, plain: true });
    const sent = Array.from({ length: 40 }, (_, i) => visitors.next(systemClock.wallMs() - i * 1_000));
    gateway = start(['--config', workspace.configFile, 'run']);
    await gateway.line((line) => line.includes('"event":"disk.reserved"'));
    for (const text of sent.slice(0, 20)) modem.network.sendParts(text.parts);
    await emptied(modem);
    const filler = join(folder, 'other', 'filler');
    fill(filler);
    await gateway.line((line) => line.includes('"event":"disk.full"'));
    for (const text of sent.slice(20)) modem.network.sendParts(text.parts);
    await gateway.line((line) => line.includes('"state":"holding"'));
    expect(existsSync(join(workspace.dataDir, 'reserve'))).toBe(false);
    const sweep = await visitlog(['--config', workspace.configFile, 'sweep', '--json']);
    const audit = await visitlog(['--config', workspace.configFile, 'audit', 'verify']);
    expect([sweep.code, sweep.stderr, audit.code]).toEqual([0, '', 0]);
    rmSync(filler);
    await emptied(modem);
    await gateway.kill('SIGTERM');
    expect(await recordedIn(workspace)).toEqual(expectedOf(sent));
  });
});

/** To the last octet. */
function fill(path: string): void {
  const block = Buffer.alloc(65_536, 1);
  try {
    for (;;) writeFileSync(path, block, { flag: 'a' });
  } catch {
    // It is full.
  }
}
