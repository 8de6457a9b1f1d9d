import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { formatFindings } from '../../../src/cli/machine/doctor.ts';
import { buildProgram } from '../../../src/cli/program.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../../src/simulator/tcp.ts';
import { makeWorkspace, type Workspace } from '../../support/workspace.ts';

const finding = (more: Partial<Finding>): Finding => ({
  severity: 'ok',
  id: 'port.free',
  subject: 'line1',
  message: 'nobody has it open',
  fix: null,
  facts: {},
  ...more,
});

describe('what visitlog doctor prints', () => {
  it('stands under what it is about, with what to do', () => {
    const lines = formatFindings(
      [
        finding({}),
        finding({ severity: 'warn', id: 'clock.free', subject: 'machine', message: 'free', fix: 'Set it' }),
        finding({ severity: 'fail', id: 'sim.absent', message: 'no SIM', fix: 'Put it in' }),
      ],
      'en',
    );
    expect(lines).toEqual([
      'line1',
      '  ok    nobody has it open',
      '  FAIL  no SIM [sim.absent]',
      '        → Put it in',
      '',
      'machine',
      '  warn  free [clock.free]',
      '        → Set it',
      '',
      '1 that must be mended, 1 that should be',
    ]);
  });

  it('says that nothing is wrong', () => {
    expect(formatFindings([finding({})], 'en').at(-1)).toBe('Nothing is wrong.');
  });

  it('fits 80 columns, and leaves what is to be copied whole', () => {
    const path = `/dev/serial/by-id/${'x'.repeat(90)}`;
    const lines = formatFindings(
      [finding({ severity: 'fail', message: 'word '.repeat(60), fix: `Use ${path}` })],
      'en',
    );
    expect(lines.filter((line) => line.length > 80)).toEqual([`        ${path}`]);
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

  it('asks the modem of a line, and never gives it a PIN', async () => {
    const { code, lines } = await run('doctor', '--json');
    const findings = lines.map((line) => JSON.parse(line) as Finding);
    expect(findings).toContainEqual(
      expect.objectContaining({ severity: 'fail', id: 'sim.pin-wanted', subject: 'line1' }),
    );
    expect(code).toBe(1);
    expect(modem.sim.pinTries).toBe(3);
  });

  it('tells it in words', async () => {
    const { lines } = await run('doctor');
    expect(lines[0]).toBe('line1');
    expect(lines.join('\n')).toContain('wants its PIN');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says that no modem answers behind a serial server that is off', async () => {
    await server.close();
    const { lines } = await run('doctor', '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      id: 'modem.unopened',
      fix: expect.stringContaining('serial server'),
    });
  });

  it('makes nothing: no folder, no register', async () => {
    await run('doctor');
    expect(workspace.files()).toEqual([]);
  });
});
