import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { start, visitlog } from '../../support/program.ts';

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

  it('the demo shows texts become visits, masked, and says how to export them', async () => {
    const { code, stdout, stderr } = await visitlog(['demo', '--texts', '8']);
    const config = configIn(stdout);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/010-\*{4}-\*{2}\d{2}/);
    // Its visitors are of the made-up block 010-555x; a place may have a mobile number.
    expect(stdout).not.toMatch(/010-?555\d-?\d{4}/);
    expect(stdout).toContain('8 texts: ');
    const exported = await visitlog([
      '--config',
      config,
      'export',
      '--from',
      '-1h',
      '--to',
      '-0h',
      '--reason',
      'drill',
    ]);
    const visits = Number(/8 texts: (\d+) visit/.exec(stdout)?.[1]);
    expect(exported.code).toBe(visits === 0 ? 4 : 0);
    expect(exported.stdout.trim().split('\r\n')).toHaveLength(visits + 1);
  });

  it('the demo writes over no file that a link in its folder leads to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'visitlog-demo-linked-'));
    folders.push(folder);
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync(join(folder, 'mine'), join(folder, 'visitlog.toml'));
    expect((await visitlog(['demo', '--texts', '1', '--data', folder])).code).toBe(0);
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
  });

  it('an interrupted demo ends with 0 and sums up what it showed', async () => {
    const demo = start(['demo', '--texts', '0']);
    await demo.line((line) => line.includes('010-****-'));
    await demo.kill('SIGINT');
    expect(demo.child.exitCode).toBe(0);
    expect(demo.stdout()).toMatch(/\d+ texts?: /);
    expect(existsSync(configIn(demo.stdout()))).toBe(true);
  });

  it('demo --city brings texts by a carrier and two modems to places by their names, and is the same each time', async () => {
    const play = async () => {
      const { code, stdout, stderr } = await visitlog(['demo', '--city', '--texts', '60']);
      configIn(stdout);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/60 texts: .*Nothing was dropped\./);
      const [, carrier, modem1, modem2] = /^carrier (\d+), modem1 (\d+), modem2 (\d+)$/m.exec(stdout) ?? [];
      expect(Number(carrier) + Number(modem1) + Number(modem2)).toBe(60);
      expect(Number(modem1) * Number(modem2)).toBeGreaterThan(0);
      expect(stdout).toMatch(
        / {2}carrier {3}010-\*{4}-\*{2}\d{2} {4}\w+ (?:Library|Bakery|Clinic|Gym|Market)/,
      );
      return stdout.split('\n').flatMap((row) => /^\d\d:\d\d:\d\d {2}(\S.*)$/.exec(row)?.[1] ?? []);
    };
    const first = await play();
    expect((await play()).toSorted()).toEqual(first.toSorted());
  });

  it('demo --city ends cleanly at Ctrl-C, and plays no faults', async () => {
    const demo = start(['demo', '--city']);
    await demo.line((line) => line.includes('010-****-'));
    await demo.kill('SIGINT');
    expect([demo.child.exitCode, demo.stderr()]).toEqual([0, '']);
    expect(demo.stdout()).toMatch(/^carrier \d+, modem1 \d+, modem2 \d+$/m);
    configIn(demo.stdout());
    expect((await visitlog(['demo', '--city', '--fault', 'hang:9'])).code).toBe(2);
  });

  it('the demo refuses --texts without a number', async () => {
    const { code, stderr } = await visitlog(['demo', '--texts', 'many']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[usage.invalid-argument]')]);
  });
});

describe('faults from a file', () => {
  function faultFile(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'visitlog-faults-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'faults.txt');
    writeFileSync(file, text);
    return file;
  }

  it('the demo plays faults of a file and of options together', async () => {
    const file = faultFile('# a noisy line\nurc-mid-reply:1\n\nunknown-urc:each=1s\n');
    const { code, stdout, stderr } = await visitlog([
      ...['demo', '--texts', '5', '--fault-file', file],
      ...['--fault', 'line-ends:mixed'],
    ]);
    rmSync(dirname(/ --config (\S+)/.exec(stdout)?.[1] ?? ''), { recursive: true });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('5 texts: ');
  });

  it.each([
    ['hang:9\nhung', "error [simulator.fault.unknown] line 2: there is no fault 'hung'"],
    ['hang:some', "error [simulator.fault.value] line 1: fault 'hang' does not take 'every=some'"],
  ])('a file of faults that says %j is refused with its line', async (text, message) => {
    const { code, stderr } = await visitlog(['simulate', '--fault-file', faultFile(text)]);
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(message);
  });

  it('a missing file of faults is refused with its name', async () => {
    const { code, stderr } = await visitlog(['demo', '--fault-file', '/nowhere/faults.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'error [simulator.fault.file] cannot read the faults of /nowhere/faults.txt (it does not exist)',
    );
  });
});

describe('visitlog simulate', () => {
  it('simulate gives a gateway a modem on a TCP port, and stops at SIGTERM', async () => {
    const simulated = start(['simulate', '--listen', '127.0.0.1:0', '--family', 'sim800', '--every', '50ms']);
    const port = await simulated.line((line) => line.includes('port = '));
    expect(port).toMatch(/port = "tcp:\/\/127\.0\.0\.1:\d+"/);
    await simulated.kill('SIGTERM');
    expect(simulated.child.exitCode).toBe(0);
  });

  it('simulate --faults lists the faults, and ends', async () => {
    const { code, stdout } = await visitlog(['simulate', '--faults']);
    expect(code).toBe(0);
    expect(stdout).toContain('late-reply         B4   an answer comes after the host has given up on it\n');
  });

  it.each([
    [['--family', 'nokia'], 'simulator.family.unknown'],
    [['--fault', 'no-such-fault'], 'simulator.fault'],
    [['--every', '0s'], 'usage.invalid-argument'],
    [['--listen', '7000'], 'usage.invalid-argument'],
  ])('simulate refuses %j in one line, with exit 2', async (args, id) => {
    const { code, stderr } = await visitlog(['simulate', ...args]);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`error [${id}`);
  });
});
