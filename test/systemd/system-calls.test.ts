import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { readPeer } from '../../src/door/peer.ts';
import { createModem } from '../../src/simulator/modem.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { begin, makeHouse, openOffice } from '../cli/door/officers.ts';
import { emptied } from '../support/emptied.ts';
import { modemOnPty } from '../support/modem-on-pty.ts';
import { receiveNotices } from '../support/notify-receiver.ts';
import { mainFile, startCommand } from '../support/program.ts';
import { until } from '../support/until.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { analyze, hasSystemdAnalyze, readUnitFile } from './unit-bench.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;

/** What the unit lets through: its sets, less those that it takes away again. */
function allowedCalls(unit: string): Set<string> {
  const filters = [...readUnitFile(unit).matchAll(/^SystemCallFilter=(~?)(.*)$/gm)];
  const allowed = new Set(['execve', 'exit', 'exit_group', 'rt_sigreturn']);
  for (const [, minus, sets = ''] of filters)
    for (const call of sets.split(' ').flatMap(callsOf)) {
      if (minus) allowed.delete(call);
      else allowed.add(call);
    }
  return allowed;
}

function callsOf(set: string): string[] {
  if (!set.startsWith('@')) return [set];
  const rows = analyze(['syscall-filter', set]).said.split('\n').slice(1);
  const names = rows.map((row) => row.trim()).filter((row) => row !== '' && !row.startsWith('#'));
  return names.flatMap(callsOf);
}

/** Needs `strace` and `systemd-analyze`. */
describe.runIf(hasStrace && hasSystemdAnalyze)('a gateway under systemd', () => {
  it('a gateway under systemd needs no system call that its unit forbids: start, texts over a terminal, notifications, reload, stop', async () => {
    const workspace = makeWorkspace();
    onTestFinished(workspace.remove);
    const systemd = receiveNotices();
    onTestFinished(systemd.close);
    const modem = createModem({ family: 'ec25', clock: systemClock });
    const port = await modemOnPty(modem, workspace.folder);
    onTestFinished(() => port.close());
    workspace.configure(port.path);
    const trace = join(workspace.folder, 'trace');
    const gateway = startCommand(
      'strace',
      ['-D', '-f', '-o', trace, process.execPath, mainFile, '--config', workspace.configFile, 'run'],
      { NOTIFY_SOCKET: systemd.path, WATCHDOG_USEC: '2000000' },
    );
    await systemd.notice('READY');
    const visitors = createVisitors({ seed: 1 });
    for (let i = 0; i < 5; i += 1) modem.network.sendParts(visitors.next(systemClock.wallMs()).parts);
    await emptied(modem);
    await systemd.notice('WATCHDOG');
    gateway.child.kill('SIGHUP');
    await systemd.notice('RELOADING');
    await gateway.kill('SIGTERM');
    expect(forbiddenCalls(trace, 'visitlog.service')).toEqual([]);
  });
});

/** Needs `strace` and `systemd-analyze`. */
describe.runIf(hasStrace && hasSystemdAnalyze)("an officer's command under systemd", () => {
  it("an officer's command under systemd needs no system call that its unit forbids: who asks, rows, a workbook, a list, an erasure", async () => {
    const { groups } = await readPeer({ pid: process.pid, uid: process.geteuid?.() ?? 0 });
    const roles = ['reveal', 'manage'].map((role) => `${role} = ${JSON.stringify(groups)}\n`).join('');
    const house = makeHouse(2_000, `[roles]\n${roles}`);
    const trace = join(house.folder, 'trace');
    const { socket, servers } = await openOffice(house, { inside: ['strace', '-A', '-f', '-o', trace] });
    const window = ['--from', '-1d', '--to', '-0h'];
    const why = ['--reason', 'drill'];
    for (const [args, input] of [
      [['export', ...window, '--reveal', ...why]],
      [['export', ...window, ...why, '--format', 'xlsx', '--output', 'out.xlsx']],
      [['venue', 'import', '-'], 'number,name\n031-324-2118,Bath\n'],
      [['erase', '--visitor', '-', ...why, '--yes'], '010-5550-0001'],
    ] as const) {
      const options = { cwd: house.desk, env: { VISITLOG_DOOR: socket }, input: input ?? '' };
      const { code, stderr } = await begin(args, options).done;
      expect([code, stderr.includes('error')], stderr).toEqual([0, false]);
    }
    await until(() => servers().length === 0);
    expect(forbiddenCalls(trace, 'visitlog-door@.service')).toEqual([]);
  });
});

/** The system calls in a trace that the unit's filter stops. */
function forbiddenCalls(trace: string, unit: string): string[] {
  const allowed = allowedCalls(unit);
  expect(allowed.size).toBeGreaterThan(200);
  // Node tries to raise its own limit of open files, and may fail; SQLite gives files to their owner as root alone.
  const refusable = new Set(['prlimit64', 'setrlimit', 'fchown']);
  const made = new Set(
    [...readFileSync(trace, 'utf8').matchAll(/^\d+ +(?:<\.\.\. )?(\w+)(?:\(| resumed)/gm)].map(
      ([, name = '']) => name,
    ),
  );
  expect(made.size).toBeGreaterThan(30);
  return [...made].filter((name) => !allowed.has(name) && !refusable.has(name)).sort();
}
