import { existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { start, visitlog } from '../support/program.ts';

describe('visitlog demo', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function configIn(output: string): string {
    const file = / --config (\S+)/.exec(output)?.[1] ?? '';
    folders.push(dirname(file));
    return file;
  }

  it('shows texts become visits, masked, and says how to export them', async () => {
    const { code, stdout, stderr } = await visitlog(['demo', '--texts', '8']);
    const config = configIn(stdout);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/010-\*{4}-\d{4}/);
    // Its visitors are of the made-up block 010-555x; a place may have a mobile number.
    expect(stdout).not.toMatch(/010-?555\d-?\d{4}/);
    expect(stdout).toContain('8 texts: ');
    const exported = await visitlog(['--config', config, 'export', '--from', '-1h', '--to', '-0h']);
    const visits = Number(/8 texts: (\d+) visit/.exec(stdout)?.[1]);
    expect(exported.code).toBe(visits === 0 ? 4 : 0);
    expect(exported.stdout.trim().split('\r\n')).toHaveLength(visits + 1);
  });

  it('ends well when it is interrupted, and tells what it has seen', async () => {
    const demo = start(['demo', '--texts', '0']);
    await demo.line((line) => line.includes('010-****-'));
    await demo.kill('SIGINT');
    expect(demo.child.exitCode).toBe(0);
    expect(demo.stdout()).toMatch(/\d+ texts?: /);
    expect(existsSync(configIn(demo.stdout()))).toBe(true);
  });

  it('refuses a number that is none', async () => {
    const { code, stderr } = await visitlog(['demo', '--texts', 'many']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[usage.invalid-argument]')]);
  });
});

describe('visitlog simulate', () => {
  it('gives a gateway a modem on a TCP port, and stops when told', async () => {
    const simulated = start(['simulate', '--listen', '127.0.0.1:0', '--family', 'sim800', '--every', '50ms']);
    const port = await simulated.line((line) => line.includes('port = '));
    expect(port).toMatch(/port = "tcp:\/\/127\.0\.0\.1:\d+"/);
    await simulated.kill('SIGTERM');
    expect(simulated.child.exitCode).toBe(0);
  });

  it.each([
    [['--family', 'nokia'], 'simulator.family.unknown'],
    [['--fault', 'no-such-fault'], 'simulator.fault'],
    [['--every', '0s'], 'usage.invalid-argument'],
    [['--listen', '7000'], 'usage.invalid-argument'],
  ])('refuses %j in one line, with exit 2', async (args, id) => {
    const { code, stderr } = await visitlog(['simulate', ...args]);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`error [${id}`);
  });
});
