import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visitlog } from '../../support/program.ts';

describe('visitlog config', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-config-'));
    file = join(folder, 'visitlog.toml');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('config check says that there is no fault', async () => {
    writeFileSync(file, '[[line]]\nport = "tcp://127.0.0.1:7000"\n');
    const { code, stdout } = await visitlog(['--config', file, 'config', 'check']);
    expect([code, stdout]).toEqual([0, `${file}: no fault, 1 line\n`]);
  });

  it('config check names files that do not exist', async () => {
    writeFileSync(
      file,
      '[cipher]\nmaster = "file:/nowhere/key"\n[[line]]\nport = "/dev/x"\npin_file = "/nowhere/pin"\npassword_file = "/nowhere/password"\nca_file = "/nowhere/ca.pem"\n',
    );
    const { code, stdout } = await visitlog(['--config', file, 'config', 'check']);
    expect(code).toBe(0);
    expect(stdout).toContain('note: cipher.master names /nowhere/key, which does not exist');
    expect(stdout).toContain('note: line1: pin_file names /nowhere/pin, which does not exist');
    expect(stdout).toContain('note: line1: password_file names /nowhere/password, which does not exist');
    expect(stdout).toContain('note: line1: ca_file names /nowhere/ca.pem, which does not exist');
  });

  it('config check explains what a carrier is to do if texts wait for the central register', async () => {
    const carrier = '[[line]]\nname = "aggregator"\nport = "smpp://127.0.0.1:2775"\nsystem_id = "x"\n';
    const central = `[central]\nurl = "postgres://visitlog_gateway_x@127.0.0.1/visitlog"\ngateway = "x"\nholders = ["a:MCowBQYDK2VwAyEA${'A'.repeat(43)}="]\n`;
    const checked = async (wait: string) => {
      writeFileSync(
        file,
        `${central}wait = "${wait}"\n${carrier}[[line]]\nname = "modem"\nport = "/dev/x"\n`,
      );
      return (await visitlog(['--config', file, 'config', 'check'])).stdout;
    };
    expect(await checked('journal')).toBe(`${file}: no fault, 2 lines\n`);
    expect(await checked('central')).toMatch(
      /\nnote: by central\.wait = "central" line aggregator refuses .*resend_time.*\n$/,
    );
  });

  it('config check names every fault with its place, a caret and the key that was meant', async () => {
    writeFileSync(file, '[retention]\nperiod = "3y"\n\n[[line]]\nprot = "/dev/ttyUSB0"\n');
    const { code, stderr } = await visitlog(['--config', file, 'config', 'check']);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}:2:1`);
    expect(stderr).toContain(`${file}:5:1`);
    expect(stderr).toMatch(/prot[^\n]*"port"/);
    expect(stderr).toMatch(/\n {4}\^{4}\n/);
  });

  it('every other command reports a wrong configuration in one line', async () => {
    writeFileSync(file, '[retention]\nperiod = "3y"\n\n[[line]]\nprot = "/dev/ttyUSB0"\n');
    const { code, stderr } = await visitlog(['--config', file, 'run']);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('error [config.invalid]');
  });

  it('config show prints each value and where it came from', async () => {
    writeFileSync(file, 'time_zone = "Europe/Paris"\n');
    const { code, stdout } = await visitlog(['--config', file, 'config', 'show', '--json']);
    expect(code).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows[0]).toEqual({ key: 'time_zone', value: '"Europe/Paris"', from: `${file}:1` });
    expect(rows.find(({ key }) => key === 'retention.period')).toMatchObject({
      value: '"28d"',
      from: 'default',
    });
  });

  it('run without a file says which is missing', async () => {
    const { code, stderr } = await visitlog(['--config', file, 'run']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[config.not-found]')]);
  });

  it('run without a line says that it needs one', async () => {
    writeFileSync(file, '');
    const { code, stderr } = await visitlog(['--config', file, 'run']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[[line]]')]);
  });

  it('--debug shows the line of the source at which an error arose', async () => {
    const { stderr } = await visitlog(['--debug', '--config', join(folder, 'none.toml'), 'config', 'check']);
    const [, place = '', line = ''] = /at readConfigFile \((.*):(\d+):\d+\)/.exec(stderr) ?? [];
    const source = readFileSync(new URL('../../../src/config/load.ts', import.meta.url), 'utf8').split('\n');
    expect(place).toMatch(/\/src\/config\/load\.ts$/);
    expect(source[Number(line) - 1]).toContain("fault('config.not-found'");
  });
});
