import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { formatFindings } from '../../../src/cli/doctor/run.ts';
import { ownFiles } from '../../../src/cli/own-files.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import { type Finding, findingsOn } from '../../../src/doctor/finding.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../../src/simulator/tcp.ts';
import { makeWorkspace, type Workspace } from '../../support/workspace.ts';

const line = findingsOn('line1');

describe('what visitlog doctor prints', () => {
  it('doctor puts each finding under its subject, with what to do', () => {
    const lines = formatFindings(
      [
        line('port.free', { port: '/dev/ttyUSB2' }),
        findingsOn('machine')('clock.free', { accepted: false }),
        line('sim.absent'),
      ],
      'en',
    );
    expect(lines).toEqual([
      'line1',
      '  ok    no program has /dev/ttyUSB2 open',
      '  FAIL  there is no SIM in the modem [sim.absent]',
      '        → Put it in, contacts first, and run again',
      '',
      'machine',
      '  warn  no time service has set the clock since the machine started [clock.free]',
      '        → Run: timedatectl set-ntp true; on a closed network name its time',
      '        server in timesyncd.conf, or set the clock by hand and [clock] expect =',
      '        "anything"',
      '',
      '1 finding to be repaired, 1 warning',
    ]);
  });

  it('doctor says that nothing is wrong', () => {
    expect(formatFindings([line('sim.ready')], 'en').at(-1)).toBe('Nothing is wrong.');
  });

  it('doctor fits 80 columns, but does not break what is to be copied', () => {
    const port = `/dev/serial/by-id/${'x'.repeat(90)}`;
    const lines = formatFindings([line('port.unstable', { port: '/dev/ttyUSB2', stable: port })], 'en');
    expect(lines.filter((each) => each.length > 80)).toEqual([`        "${port}"`]);
  });
});

describe('visitlog doctor', () => {
  let workspace: Workspace;
  let modem: SimulatedModem;
  let server: TcpServer;

  beforeEach(async () => {
    workspace = makeWorkspace();
    modem = createModem({ family: 'sim7600', clock: systemClock, pin: '1234' });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`);
  });
  afterEach(async () => {
    modem.dispose();
    await server.close();
    workspace.remove();
  });

  async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
    let printed = '';
    let code = -1;
    const stdout = new Writable({
      write(chunk, _encoding, done) {
        printed += chunk;
        done();
      },
    });
    const shell = {
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough(),
      env: {},
      files: ownFiles(() => process.stdin),
      clock: systemClock,
      language: 'en' as const,
      signal: new AbortController().signal,
    };
    const typed = ['--config', workspace.configFile, ...args];
    const finish = (exit: number) => {
      code = exit;
    };
    const program = await buildProgram({ shell, args: typed, finish });
    await program.parseAsync(typed, { from: 'user' });
    return { code, lines: printed.trim().split('\n') };
  }

  it('doctor asks the modem of a line, and never gives it a PIN', async () => {
    const { code, lines } = await run('doctor', '--json');
    const findings = lines.map((line) => JSON.parse(line) as Finding);
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'fail', id: 'sim.pin-wanted', subject: 'line1' }),
    );
    expect(code).toBe(1);
    expect(modem.sim.pinTries).toBe(3);
  });

  it('doctor prints its findings in words', async () => {
    const { lines } = await run('doctor');
    expect(lines[0]).toBe('line1');
    expect(lines.join('\n')).toContain('requires its PIN');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('doctor says that a serial server does not answer', async () => {
    await server.close();
    const { lines } = await run('doctor', '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      id: 'modem.unopened',
      fix: expect.stringContaining('serial server'),
    });
  });

  it('doctor creates neither a folder nor a register', async () => {
    await run('doctor');
    expect(workspace.files()).toEqual([]);
  });
});
