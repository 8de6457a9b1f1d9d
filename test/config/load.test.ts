import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { AppError } from '../../src/base/errors.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { type LoadOptions, loadConfig } from '../../src/config/load.ts';
import type { ConfigFault } from '../../src/words/config-faults.ts';
import { exitOf, sayFault } from '../../src/words/faults/say.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function write(content: string | Uint8Array): string {
  const file = join(folder, `${++count}.toml`);
  writeFileSync(file, content);
  return file;
}

const load = async (content: string | Uint8Array, options: Partial<LoadOptions> = {}) =>
  (await loadConfig({ file: write(content), env: {}, ...options })).config;

async function errorOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('an AppError was expected');
  return error;
}

async function faultsOf(content: string | Uint8Array, options: Partial<LoadOptions> = {}) {
  const error = await errorOf(load(content, options));
  if (!(error instanceof ConfigError)) throw error;
  return error.faults;
}

const place = (fault: ConfigFault) => `${fault.place.line}:${fault.place.column} ${fault.message('en')}`;

describe('a configuration', () => {
  it('an empty file gives the defaults', async () => {
    expect(await load('')).toMatchObject({
      timeZone: 'Asia/Seoul',
      dataDir: '/var/lib/visitlog',
      keyFile: '/var/lib/visitlog/keyring',
      numbering: { country: 'KR', areaCode: '031' },
      retention: {
        periodMs: 28 * dayMs,
        sweepIntervalMs: hourMs,
        sweepMaxShare: 0.25,
        auditPeriodMs: 730 * dayMs,
      },
      lines: [],
      cipher: { algorithm: 'aes-256-gcm', masterFile: null },
      disk: { reserveBytes: 32 * 1024 ** 2, alarmBytes: 200 * 1024 ** 2 },
      log: { level: 'info', format: 'json' },
      status: { socket: '/run/visitlog/visitlog.sock' },
      roles: { masked: [], reveal: [], manage: [], audit: [] },
      door: { socket: '/run/visitlog-door/door.sock' },
      metrics: { listen: null, textfile: null },
      export: { smallCells: 5 },
      audit: { workingHours: '08:00-20:00', workingDays: 'mon-fri' },
      poster: { contact: null },
    });
  });

  it('a line needs only its port', async () => {
    expect(
      (await load('[[line]]\nport = "/dev/ttyUSB2"\n[[line]]\nport = "tcp://box:7000"\n')).lines,
    ).toMatchObject([
      {
        name: 'line1',
        port: '/dev/ttyUSB2',
        baudRate: 115_200,
        number: null,
        pinFile: null,
        pollIntervalMs: 30_000,
        resetCommand: [],
        quietAlarmMs: 86_400_000,
        quietHours: '02:00-05:00',
      },
      {
        name: 'line2',
        port: 'tcp://box:7000',
        baudRate: 115_200,
        number: null,
        pinFile: null,
        pollIntervalMs: 30_000,
        resetCommand: [],
        quietAlarmMs: 86_400_000,
        quietHours: '02:00-05:00',
      },
    ]);
  });

  it('a line without a name gets one that no other line has', async () => {
    const config = await load(
      '[[line]]\nport = "/dev/a"\n[[line]]\nport = "/dev/b"\nname = "line1"\n[[line]]\nport = "/dev/c"\n',
    );
    expect(config.lines.map((line) => line.name)).toEqual(['line2', 'line1', 'line3']);
  });

  it('a configuration is frozen', async () => {
    const config = await load('[[line]]\nport = "/dev/a"\n');
    for (const part of [config, config.lines, config.lines[0], config.retention])
      expect(Object.isFrozen(part)).toBe(true);
  });

  it('the keyring moves with the data folder', async () => {
    expect((await load('data_dir = "/srv/visitlog"')).keyFile).toBe('/srv/visitlog/keyring');
    expect((await load('data_dir = "/srv/visitlog"\nkey_file = "/k/ring"')).keyFile).toBe('/k/ring');
  });

  it.each([
    ['', {}, null],
    ['file:/etc/visitlog/master.key', {}, '/etc/visitlog/master.key'],
    ['credential:visitlog', { CREDENTIALS_DIRECTORY: '/run/credentials/x' }, '/run/credentials/x/visitlog'],
    ['credential:visitlog', {}, '/run/credentials/visitlog.service/visitlog'],
    ['credential:visitlog', { CREDENTIALS_DIRECTORY: '' }, '/run/credentials/visitlog.service/visitlog'],
  ])('the master key %j in the environment %j has a file', async (master, env, file) => {
    const config = await load(`[cipher]\nmaster = ${JSON.stringify(master)}\n`, { env });
    expect(config.cipher.masterFile).toBe(file);
  });

  it.each([
    ['', {}, null],
    ['/etc/visitlog/line1.pin', {}, '/etc/visitlog/line1.pin'],
    ['credential:line1.pin', { CREDENTIALS_DIRECTORY: '/run/credentials/x' }, '/run/credentials/x/line1.pin'],
    ['credential:line1.pin', {}, '/run/credentials/visitlog.service/line1.pin'],
  ])('the PIN %j in the environment %j has a file', async (pin, env, file) => {
    const text = `[[line]]\nport = "/dev/a"\npin_file = ${JSON.stringify(pin)}\n`;
    expect((await load(text, { env })).lines[0]?.pinFile).toBe(file);
  });

  it('the environment overrides the file, and an empty variable does not', async () => {
    const text = 'data_dir = "/srv/a"\n[log]\nlevel = "warn"\nformat = "text"\n';
    const env = { VISITLOG_DATA_DIR: '/srv/b', VISITLOG_LOG_LEVEL: 'debug' };
    expect(await load(text, { env })).toMatchObject({
      dataDir: '/srv/b',
      log: { level: 'debug', format: 'text' },
    });
    expect(await load(text, { env: { VISITLOG_DATA_DIR: '', VISITLOG_LOG_LEVEL: '' } })).toMatchObject({
      dataDir: '/srv/a',
      log: { level: 'warn' },
    });
    expect((await load('', { env })).log.level).toBe('debug');
  });

  it('--config comes before $VISITLOG_CONFIG', async () => {
    const named = write('time_zone = "Asia/Tokyo"');
    const env = { VISITLOG_CONFIG: write('time_zone = "Europe/Berlin"') };
    expect((await loadConfig({ file: named, env })).config.timeZone).toBe('Asia/Tokyo');
    expect((await loadConfig({ env })).config.timeZone).toBe('Europe/Berlin');
  });

  it('a named file that is missing is an error, never the defaults', async () => {
    const missing = join(folder, 'missing.toml');
    for (const options of [{ file: missing, env: {} }, { env: { VISITLOG_CONFIG: missing } }]) {
      expect(await errorOf(loadConfig(options))).toMatchObject({
        code: 'config.not-found',
        facts: { file: missing },
      });
    }
  });

  it('the usual file may be missing, unless a line is required', async () => {
    const usualFile = join(folder, 'missing.toml');
    expect(await loadConfig({ env: {}, usualFile })).toMatchObject({ file: null, config: { lines: [] } });
    expect(await errorOf(loadConfig({ env: {}, usualFile, required: 'line' }))).toMatchObject({
      code: 'config.not-found',
    });
  });

  it('an unreadable file is an error', async () => {
    expect(await errorOf(loadConfig({ file: folder, env: {} }))).toMatchObject({
      code: 'config.unreadable',
      facts: { file: folder, system: 'EISDIR' },
    });
  });

  it('a file without a line is refused only if a line is required', async () => {
    for (const text of ['', 'line = []\n']) {
      expect(await load(text)).toMatchObject({ lines: [] });
      const [fault] = await faultsOf(text, { required: 'line' });
      expect(fault).toMatchObject({ kind: 'no-line', place: { line: null } });
      expect(fault?.message('en')).toMatch(/^no \[\[line\]\]; .*port/);
    }
  });
});

describe('a mistake in a configuration', () => {
  it('all mistakes are reported at once, in the order of the file', async () => {
    const faults = await faultsOf(
      [
        'timezone = "Asia/Seoul"',
        'data_dir = 5',
        '[retention]',
        'period = "4 weeks"',
        '  sweep-interval = "1h"',
        '[[line]]',
        'name = "Line 1"',
        'prot = "/dev/ttyUSB0"',
        '[metrics]',
        'listen = "9560"',
      ].join('\n'),
    );
    expect(faults.map(place)).toEqual([
      '1:1 unknown key "timezone"; did you mean "time_zone"?',
      '2:1 data_dir is 5; allowed is an absolute path, such as "/var/lib/visitlog"',
      '4:1 retention.period is "4 weeks"; allowed is a duration from 1h to 366d, such as "28d"',
      '5:3 unknown key "sweep-interval" in [retention]; did you mean "sweep_interval"?',
      '6:1 port is missing in [[line]]; allowed is a device such as "/dev/serial/by-id/usb-…-if02-port0", "tcp://host:port", "imei:" and its 15 digits, "iccid:" or "imsi:" and the number of its SIM, "smpp://host:port" or "smpps://host:port", or "ingest:"',
      '7:1 line.name is "Line 1"; allowed is 1 to 32 of the letters a-z, digits and hyphens, such as "line1"',
      '8:1 unknown key "prot" in [[line]]; did you mean "port"?',
      '10:1 metrics.listen is "9560"; allowed is an address of this machine alone and a port from 1 to 65535, such as "127.0.0.1:9560", or "" for none',
    ]);
  });

  it('a mistake ends a command with exit 2 and one line that counts the others', async () => {
    const file = write('a = 1\nb = 2\n');
    const error = await errorOf(loadConfig({ file, env: {} }));
    expect(error).toMatchObject({ code: 'config.invalid', facts: { file, faults: 2 } });
    expect(exitOf(error)).toBe(2);
    const { message } = sayFault(error, 'en');
    expect(message).toMatch(/^.*\.toml:1:1: unknown key "a"; allowed are time_zone, .* \(and 1 more\)$/);
    expect(message).not.toContain('\n');
  });

  it('a caret marks the key of a mistake, also after Hangul and tabs', async () => {
    const [plain, hangul, tab] = await faultsOf(
      'data_dir = "here"\nline = [{ number = "회선", port = "/dev/a" }]\n[log]\n\tlevel = "loud"\n',
    );
    expect(plain?.place.excerpt).toBe('data_dir = "here"\n^^^^^^^^');
    expect(hangul?.place.excerpt).toBe(
      `line = [{ number = "회선", port = "/dev/a" }]\n${' '.repeat(10)}^^^^^^`,
    );
    expect(tab?.place.excerpt).toBe('\tlevel = "loud"\n\t^^^^^');
    const [behind] = await faultsOf('line = [{ number = "02-123", name = "회선", port = "/dev/a" }]');
    expect(behind?.place.excerpt?.split('\n')[1]?.indexOf('^')).toBe(29);
    const [wide] = await faultsOf('status = { socket = "/회선", colour = 1 }');
    expect(wide?.place.excerpt?.split('\n')[1]).toBe(`${' '.repeat(29)}^^^^^^`);
  });

  it('the value of a key that may hold a secret is never shown', async () => {
    const error = await errorOf(load('[[line]]\nport = "/dev/a"\npin = "4711"\npin_file = "4711"\n'));
    expect((error as ConfigError).faults.map((fault) => fault.message('en'))).toEqual([
      'unknown key "pin" in [[line]]; did you mean "pin_file"?',
      'line.pin_file is not right; allowed is an absolute path, such as "/etc/visitlog/line1.pin", "credential:" and the name of a systemd credential, or "" for none',
    ]);
    const master = await errorOf(load('[cipher]\nmaster = "hunter2"\n'));
    expect((master as ConfigError).faults.map((fault) => fault.message('en'))).toEqual([
      'cipher.master is not right; allowed is "credential:" and the name of a systemd credential, "file:" and an absolute path, or "" for none',
    ]);
    expect(JSON.stringify([error, (error as ConfigError).faults])).not.toContain('4711');
    expect(JSON.stringify([master, (master as ConfigError).faults])).not.toContain('hunter2');
  });

  it('a mistake in the environment names the variable', async () => {
    const faults = await faultsOf('', {
      env: { VISITLOG_DATA_DIR: 'data', VISITLOG_LOG_LEVEL: 'loud' },
    });
    expect(faults.map((fault) => fault.say('en'))).toEqual([
      'VISITLOG_DATA_DIR: data_dir is "data"; allowed is an absolute path, such as "/var/lib/visitlog"',
      'VISITLOG_LOG_LEVEL: log.level is "loud"; allowed is "error" or "warn" or "info" or "debug"',
    ]);
  });

  it.each([
    [
      'a key of another table',
      '[log]\nperiod = "1d"',
      '2:1 unknown key "period" in [log]; did you mean "period" below [retention]?',
    ],
    [
      'a key of the top that slid under a table',
      '[log]\ndata_dir = "/x"',
      '2:1 unknown key "data_dir" in [log]; "data_dir" belongs above the first [table] of the file',
    ],
    ['an unknown table', '[lines]\nport = "x"', '1:1 unknown key "lines"; did you mean "line"?'],
    [
      'a table in place of a list',
      '[line]\nport = "/dev/a"',
      '1:1 line is a table; allowed is one [[line]] table for each line, with two brackets',
    ],
    ['a value in place of a table', 'log = "info"', '1:1 log is "info"; allowed is a table of keys'],
    [
      'a list in place of a value',
      'time_zone = ["Asia/Seoul"]',
      '1:1 time_zone is a list; allowed is a time zone of the IANA list, such as "Asia/Seoul"',
    ],
    [
      'a date in place of a value',
      'time_zone = 2026-11-23',
      '1:1 time_zone is a date; allowed is a time zone of the IANA list, such as "Asia/Seoul"',
    ],
    [
      'a dotted key',
      'retention.perod = "1d"',
      '1:1 unknown key "perod" in [retention]; did you mean "period"?',
    ],
    [
      'a key of an inline table',
      'log = { lvl = "info" }',
      '1:9 unknown key "lvl" in [log]; did you mean "level"?',
    ],
    [
      'the same name twice',
      '[[line]]\nport="/dev/a"\nname="x"\n[[line]]\nport="/dev/b"\nname="x"',
      '6:1 line.name is "x" a second time; allowed is each name once',
    ],
    [
      'the same port twice',
      '[[line]]\nport="/dev/a"\n[[line]]\nport="/dev/a"',
      '4:1 line.port is "/dev/a" a second time; allowed is each port once',
    ],
    [
      'the same number twice, in another notation',
      '[[line]]\nport="/dev/a"\nnumber="031-324-2900"\n[[line]]\nport="/dev/b"\nnumber="+82 31 324 2900"',
      '6:1 line.number is "+82 31 324 2900" a second time; allowed is each number once',
    ],
    [
      'a key that no one can guess',
      '[cipher]\nzzz = 1',
      '2:1 unknown key "zzz" in [cipher]; allowed are algorithm, master',
    ],
    [
      'a key called as objects are built',
      '__proto__ = 1',
      '1:1 unknown key "__proto__"; allowed are time_zone, data_dir, key_file, general, data, clock, numbering, retention, cipher, disk, log, status, roles, door, metrics, export, audit, poster, central, holder, line',
    ],
  ])('a mistake is explained: %s', async (_what, text, expected) => {
    expect((await faultsOf(text)).map(place)).toContain(expected);
  });

  it.each([
    ['a value that is missing', 'a = 1\nb = \n', 2, 5, 'not TOML: invalid value', 'b = \n    ^'],
    [
      'a string that is not closed',
      'data_dir = "/x\n',
      1,
      15,
      'not TOML: control characters are not allowed in strings',
      'data_dir = "/x\n              ^',
    ],
    [
      'a key that comes twice',
      '[log]\nlevel = "info"\nlevel = "warn"',
      3,
      1,
      'not TOML: trying to redefine an already defined table or value',
      'level = "warn"\n^',
    ],
    [
      'bare words',
      'level = info # loud',
      1,
      9,
      'not TOML: a text stands in "quotes"',
      'level = info # loud\n        ^',
    ],
    [
      'a bare duration',
      'period = 28d',
      1,
      10,
      'not TOML: a text stands in "quotes"',
      'period = 28d\n         ^',
    ],
    [
      'a bare path',
      'port = /dev/ttyUSB0',
      1,
      8,
      'not TOML: a text stands in "quotes"',
      'port = /dev/ttyUSB0\n       ^',
    ],
  ])('a mistake of syntax has a place: %s', async (_what, text, line, column, message, excerpt) => {
    const error = await errorOf(load(text));
    expect(error).toMatchObject({ code: 'config.syntax' });
    const [fault] = (error as ConfigError).faults;
    expect(fault?.place).toMatchObject({ line, column, excerpt });
    expect(fault?.message('en')).toBe(message);
  });

  it('a mistake of encoding has a place', async () => {
    const error = await errorOf(load(Buffer.from('a = 1\nb = "\xbc\xad\xbf\xef"', 'latin1')));
    expect(error).toMatchObject({ code: 'config.syntax' });
    expect((error as ConfigError).faults.map(place)).toEqual([
      '2:6 not UTF-8; allowed is a file saved as UTF-8',
    ]);
  });
});
