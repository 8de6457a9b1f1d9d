import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../src/simulator/tcp.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { mainFile, startCommand } from '../support/program.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;

/** Needs `strace` (Debian: apt-get install strace), which continuous integration installs. */
describe.runIf(hasStrace)('the system calls of a listing', () => {
  let workspace: Workspace;
  let modem: SimulatedModem;
  let server: TcpServer;

  beforeEach(async () => {
    workspace = makeWorkspace();
    modem = createModem({ family: 'ec25', clock: systemClock });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`);
  });

  afterEach(async () => {
    await server.close();
    modem.dispose();
    workspace.remove();
  });

  it('C20, G4: the commit is synced before the first deletion of that listing, and the hour’s key before its first row', async () => {
    const trace = join(workspace.folder, 'trace');
    const visitors = createVisitors({ seed: 7, plain: true });
    for (let i = 0; i < 30; i += 1)
      modem.network.sendParts(visitors.next(systemClock.wallMs() - i * 1_000).parts);
    const gateway = startCommand('strace', [
      ...[
        '-D',
        '-f',
        '-y',
        '-s',
        '64',
        '-o',
        trace,
        '-e',
        'trace=fdatasync,fsync,write,writev,sendto,sendmsg,pwrite64',
      ],
      ...[process.execPath, mainFile, '--config', workspace.configFile, 'run'],
    ]);
    await gateway.line((line) => line.includes('"event":"text.accepted"'));
    await emptied(modem);
    for (let i = 30; i < 60; i += 1)
      modem.network.sendParts(visitors.next(systemClock.wallMs() - i * 1_000).parts);
    await emptied(modem);
    await gateway.kill('SIGTERM');
    const calls = (await wholeTrace(trace, gateway.child.pid))
      .split('\n')
      .map(kindOf)
      .filter((kind) => kind !== null);
    const order = calls.join(' ');
    expect(order).toMatch(/list .*delete/);
    // From the moment a listing is asked for, no deletion is written before the log of the database was synced.
    const listings = order.split('list').slice(1);
    const deleting = listings.filter((calls) => calls.includes('delete'));
    expect(deleting.length).toBeGreaterThan(1);
    for (const calls of deleting) expect(calls.slice(0, calls.indexOf('delete'))).toContain('wal-sync');
    expect(order.indexOf('key-write')).toBeLessThan(order.indexOf('key-sync'));
    expect(order.slice(0, order.indexOf('delete'))).toMatch(/key-write key-sync .*wal-sync/);
  });
});

/** The tracer outlives what it traces by a moment: its last word is how the process ended. */
async function wholeTrace(file: string, pid: number | undefined): Promise<string> {
  const ended = new RegExp(`^${pid} +\\+\\+\\+ (?:exited|killed)`, 'm');
  const trace = () => readFileSync(file, 'utf8');
  await until(
    () => ended.test(trace()),
    () => trace().slice(-1_000),
  );
  return trace();
}

function kindOf(call: string): string | null {
  if (/AT\+CMGL=4/.test(call)) return 'list';
  if (/AT\+CMGD=/.test(call)) return 'delete';
  if (/f(?:data)?sync\(.*register\.sqlite-wal/.test(call)) return 'wal-sync';
  if (/f(?:data)?sync\(.*keyring>/.test(call)) return 'key-sync';
  return /pwrite64\(.*keyring>/.test(call) ? 'key-write' : null;
}
