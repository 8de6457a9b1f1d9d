import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { ownFiles } from '../../../src/cli/own-files.ts';
import { setUp } from '../../../src/cli/setup/set-up.ts';
import type { SetupFlags } from '../../../src/cli/setup/setup-context.ts';
import type { Status } from '../../../src/daemon/status/status-object.ts';
import { openStatusSocket } from '../../../src/daemon/status/status-socket.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { serveSmsc } from '../../../src/simulator/smsc/serve-smsc.ts';
import { createSmsc } from '../../../src/simulator/smsc/smsc.ts';
import { lineExample, statusExample } from '../../daemon/status/status-example.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';
import { type PluggedModems, plugModems } from '../../support/plugged-modems.ts';
import { makeWorkspace, type Workspace } from '../../support/workspace.ts';

const imei = '860000000000017';
const atMs = Date.UTC(2026, 10, 23, 5, 20);

let machine: MadeUpMachine;
let workspace: Workspace;
let clock: FakeClock;
let plugged: PluggedModems;
let orders: string[];
/** Orders that end with another code than 0. */
let missing: Set<string>;
const modems: SimulatedModem[] = [];

beforeEach(() => {
  machine = makeMachine();
  workspace = makeWorkspace();
  clock = new FakeClock(atMs);
  plugged = plugModems();
  orders = [];
  missing = new Set();
  const { configFile, dataDir, folder } = workspace;
  writeFileSync(
    configFile,
    `data_dir = "${dataDir}"\n[status]\nsocket = "${join(folder, 'visitlog.sock')}"\n`,
  );
});
afterEach(() => {
  for (const modem of modems.splice(0)) modem.dispose();
  machine.remove();
  workspace.remove();
});

function plug(position: string, firstTty: number, ownImei = imei): void {
  const modem = createModem({ family: 'ec25', clock, imei: ownImei });
  modems.push(modem);
  machine.plug(ec25(position, firstTty));
  plugged.putAll(firstTty, modem);
  for (const tty of [0, 1, 2, 3].map((number) => firstTty + number)) {
    machine.file(`dev/ttyUSB${tty}`, '');
    machine.link('by-path', `pci-usb-${position}-if0${tty - firstTty}`, `ttyUSB${tty}`);
  }
}

/** A serial adapter: anything may be behind it. */
function plugBridge(): void {
  machine.plug({ position: '1-9', id: '1a86:7523', maker: 'QinHeng', interfaces: [{ tty: 'ttyUSB20' }] });
  machine.file('dev/ttyUSB20', '');
}

function installService(): void {
  machine.file('run/systemd/system/.made', '');
  machine.file('usr/lib/systemd/system/visitlog.service', '[Service]\n');
}

interface Ran {
  readonly code: number | string;
  readonly said: string;
}

/** Runs setup, types what is given as it is asked for, and lets its clock go. */
async function setup(flags: SetupFlags, typed: readonly string[] = []): Promise<Ran> {
  let said = '';
  const lines = [...typed];
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const typeNext = () => void (lines.length > 0 ? stdin.write(`${lines.shift()}\n`) : stdin.end());
  const heard = (prompted: boolean) =>
    new Writable({
      write(chunk, _encoding, done) {
        said += chunk;
        if (prompted && said.trimEnd().endsWith(':')) setImmediate(typeNext);
        done();
      },
    });
  const shell = {
    ...{ stdin, stdout: heard(false), stderr: heard(true), env: {}, clock },
    files: ownFiles(() => stdin),
    ...{ language: 'en' as const, signal: new AbortController().signal },
  };
  const run = async (program: string, args: readonly string[]) => {
    const order = [program, ...args].join(' ');
    orders.push(order);
    return !missing.has(order) && !(program === 'systemctl' && args.includes('broken'));
  };
  const host = { root: machine.root, isRoot: true, openPort: plugged.openPort, run };
  let code: number | string | null = null;
  setUp({ shell, host, target: workspace.configFile, flags }).then(
    (exit) => {
      code = exit;
    },
    (error: unknown) => {
      code = error instanceof AppError ? error.code : String(error);
    },
  );
  while (code === null) {
    await settle();
    await new Promise((resolve) => setImmediate(resolve));
    if (clock.timers > 0) await clock.advance(50);
  }
  return { code, said };
}

const written = () => readFileSync(workspace.configFile, 'utf8');

describe('setup on a machine with modems', () => {
  it('setup takes the only modem by its IMEI, and opens no port of another device', async () => {
    plug('1-1', 0);
    plugBridge();
    const { code, said } = await setup({ number: '031-324-2900', yes: true, start: false });
    expect(code).toBe(0);
    expect(said).toContain('Quectel EC25, IMEI 860000000000017');
    expect(written()).toContain(`port = "imei:${imei}"`);
    expect(plugged.opened).not.toContain('ttyUSB20');
    expect(plugged.open).toBe(0);
    expect(orders).toEqual([]);
  });

  it('setup without systemd says how to start the gateway as the owner of the register', async () => {
    plug('1-1', 0);
    const { configFile, dataDir } = workspace;
    const flags = { number: '031-324-2900', yes: true, start: false } as const;
    const command = `visitlog --config ${configFile} run\n`;
    expect((await setup(flags)).said).toContain(`Start it when you like: ${command}`);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { uid, gid } = statSync(dataDir);
    machine.file('etc/passwd', `visitlog:x:${uid + 1}:${gid}::/var/lib/visitlog:/usr/sbin/nologin\n`);
    expect((await setup(flags)).said).toContain(`Start it when you like: ${command}`);
    machine.file('etc/passwd', `visitlog:x:${uid}:${gid}::/var/lib/visitlog:/usr/sbin/nologin\n`);
    expect((await setup(flags)).said).toContain(`Start it when you like: sudo -u visitlog ${command}`);
  });

  it('setup shows several modems, takes the chosen one, and asks no question twice', async () => {
    plug('1-1', 0);
    plug('1-2', 4, '860000000000025');
    const answers = ['2', '0313242900', '', '', '', '1', '2'];
    const { code, said } = await setup({}, answers);
    expect(code).toBe(0);
    expect(said).toMatch(/1 {2}Quectel EC25, IMEI 86.*\n.*SIM card {2}ready/);
    expect(written()).toContain('port = "imei:860000000000025"');
    const second = await setup({}, ['3', '1', '031-324-2901', '1', '2']);
    expect(second.said).toContain('line1   imei:860000000000025   031-324-2900');
    expect(second.said).toContain('IMEI 860000000000025: line1 has it');
    expect(second.said).not.toContain('Time zone');
    expect(written()).toContain(`name = "line2"\nport = "imei:${imei}"\nnumber = "031-324-2901"`);
  });

  it('setup names two modems with one IMEI by their sockets', async () => {
    plug('1-1', 0);
    plug('1-2', 4);
    const { code } = await setup({}, ['1', '0313242900', '', '', '', '1', '2']);
    expect(code).toBe(0);
    expect(written()).toMatch(/port = "\/dev\/serial\/by-path\/pci-usb-1-[12]-if02"/);
  });

  it('setup --yes does not choose between two modems', async () => {
    expect(await setup({ number: '031-324-2900', yes: true })).toMatchObject({ code: 'setup.port-wanted' });
    plug('1-1', 0);
    plug('1-2', 4, '860000000000025');
    expect(await setup({ number: '031-324-2900', yes: true })).toMatchObject({ code: 'setup.port-wanted' });
    expect(await setup({ port: `imei:${imei}`, yes: true })).toMatchObject({ code: 'setup.number-wanted' });
    expect(written()).not.toContain('[[line]]');
  });

  it('setup names the program that has a modem open, and looks again on request', async () => {
    plug('1-1', 0);
    const ttys = [0, 1, 2, 3].map((number) => `/dev/ttyUSB${number}`);
    machine.process(700, 'ModemManager', 'ModemManager', ttys);
    const { said, code } = await setup({}, ['1', '2', '/dev/nothing-there']);
    expect(said).toContain('Quectel EC25 is taken by ModemManager');
    expect(said).toContain('no modem answers at /dev/nothing-there [setup.port-closed]');
    expect(code).toBe('setup.stopped');
    expect(plugged.opened).toEqual([]);
  });

  it('setup takes a modem from ModemManager on request', async () => {
    plug('1-1', 0);
    installService();
    machine.process(700, 'ModemManager', 'ModemManager', [
      '/dev/ttyUSB0',
      '/dev/ttyUSB1',
      '/dev/ttyUSB2',
      '/dev/ttyUSB3',
    ]);
    const { said } = await setup({}, ['1']);
    expect(said).toContain('1  have ModemManager leave Quectel EC25 alone permanently, and look again');
    expect(orders.at(-1)).toBe('systemctl --quiet try-restart ModemManager.service');
    const rule = readFileSync(join(machine.root, 'etc/udev/rules.d/59-visitlog-lines.rules'), 'utf8');
    expect(rule).toContain('ENV{VISITLOG_LINE}="line1"');
  });

  it('setup does not give one modem to two lines', async () => {
    plug('1-1', 0);
    writeFileSync(workspace.configFile, `${written()}[[line]]\nname = "line1"\nport = "imei:${imei}"\n`);
    const before = written();
    const given = { port: `imei:${imei}`, name: 'line2', number: '031-324-2901', yes: true, start: false };
    expect(await setup(given)).toMatchObject({ code: 'setup.port-in-line' });
    expect(written()).toBe(before);
  });

  it('setup asks only for the number that a configured line lacks', async () => {
    writeFileSync(workspace.configFile, `${written()}[[line]]\nport = "imei:${imei}" # by hand\n`);
    const { code, said } = await setup({}, ['031-324-2900', '2']);
    expect(code).toBe(0);
    expect(said).toContain('The receiving number of line1 is missing.');
    expect(written()).toContain(`port = "imei:${imei}" # by hand\nnumber = "031-324-2900"`);
    expect(plugged.opened).toEqual([]);
  });
});

describe('setup of a carrier’s link', () => {
  const systemId = 'visitlog';
  const password = 'pw5550';

  async function carrier(): Promise<string> {
    const smsc = createSmsc({ clock, systemId, password });
    const server = await serveSmsc(smsc, { host: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      smsc.dispose();
      await server.close();
    });
    return `smpp://127.0.0.1:${server.port}`;
  }

  function passwordFile(text: string): string {
    const file = join(workspace.folder, 'carrier.password');
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    return file;
  }

  const given = { number: '031-324-2900', name: 'carrier', yes: true, start: false } as const;

  it('setup --yes binds once and writes the line; a second run changes nothing', async () => {
    const port = await carrier();
    const flags = { ...given, port, systemId, passwordFile: passwordFile(password) };
    const { code, said } = await setup(flags);
    expect([code, said.includes('binds as visitlog, receiver')]).toEqual([0, true]);
    expect(written()).toContain(
      `name = "carrier"\nport = "${port}"\nnumber = "031-324-2900"\nsystem_id = "visitlog"\n` +
        `password_file = "${flags.passwordFile}"\n`,
    );
    const before = written();
    expect((await setup({ ...given, bind: 'receiver' })).code).toBe(0);
    expect(written()).toBe(before);
  });

  it.each<[string, (port: string) => Partial<SetupFlags>, string]>([
    ['another password', () => ({ passwordFile: passwordFile('pw5551') }), 'smpp.password'],
    ['another system_id', () => ({ systemId: 'city' }), 'smpp.password'],
    ['a port at which nobody is', () => ({ port: 'smpp://127.0.0.1:1' }), 'setup.port-closed'],
    [
      'a password of nine characters',
      () => ({ passwordFile: passwordFile('123456789') }),
      'password.malformed',
    ],
    ['a modem beside its options', () => ({ port: 'tcp://127.0.0.1:1' }), 'setup.port-closed'],
  ])('setup --yes writes nothing for %s', async (_, changes, refused) => {
    const port = await carrier();
    const before = written();
    const flags = { ...given, port, systemId, passwordFile: passwordFile(password) };
    expect((await setup({ ...flags, ...changes(port) })).code).toBe(refused);
    expect(written()).toBe(before);
  });

  it('options of a carrier are refused for a modem', async () => {
    plug('1-1', 0);
    const { code } = await setup({ ...given, port: `imei:${imei}`, systemId });
    expect(code).toBe('setup.carrier');
    expect(written()).not.toContain('[[line]]');
  });

  it('setup asks for a carrier, says why it could not bind, and keeps the password to itself', async () => {
    const port = await carrier();
    const answers = ['3', port, 'visitlog', '1', 'wrong', '1', port, 'visitlog', '1', password];
    const { code, said } = await setup({}, [...answers, '0313242900', '', '', '', '1', '2']);
    expect(code).toBe(0);
    expect(said).toContain('[smpp.password]');
    expect(said).toContain('the carrier lets the line bind');
    expect(said).not.toContain(password);
    const file = join(workspace.folder, 'line1.password');
    expect(written()).toContain(`port = "${port}"`);
    expect(written()).toContain(`password_file = "${file}"`);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([`${password}\n`, 0o600]);
  });
});

describe('setup where systemd runs', () => {
  const given = { number: '031-324-2900', yes: true } as const;
  const text = (kind: 'visit' | 'unresolved', atMs: number) => ({ atMs, line: 'line1', kind });

  /** A gateway that tells one status after another, the last for ever; null: it does not run yet. */
  async function gatewaySays(...statuses: readonly (Status | null)[]): Promise<void> {
    const left = [...statuses];
    const give = async () => {
      const status = left.length > 1 ? left.shift() : left[0];
      if (status === null) throw new Error('starting');
      return { type: 'application/json', body: JSON.stringify(status) };
    };
    const lines = async () => ({ type: 'application/json', body: JSON.stringify(left[0]?.lines ?? []) });
    const socket = await openStatusSocket(join(workspace.folder, 'visitlog.sock'), {
      '/status': give,
      '/lines': lines,
    });
    onTestFinished(() => socket.close());
  }

  const lineAt = (port: string, report: Parameters<typeof lineExample>[1] = {}) => {
    const line = lineExample('line1', report);
    return { ...line, config: { ...line.config, port } };
  };

  it('setup under systemd names the modem, starts the service, and shows the first text', async () => {
    plug('1-1', 0);
    installService();
    const ready = lineExample('line1');
    await gatewaySays(
      null,
      statusExample({
        lines: [lineExample('line1', { state: 'setting-up' })],
        recent: [text('visit', atMs - 5_000)],
      }),
      statusExample({
        lines: [ready],
        recent: [text('unresolved', atMs + 60_000), text('visit', atMs - 5_000)],
      }),
      statusExample({
        lines: [ready],
        recent: [text('visit', atMs + 61_000), text('unresolved', atMs + 60_000)],
      }),
    );
    const { code, said } = await setup(given);
    expect(code).toBe(0);
    expect(said).toContain('line1: setting up');
    expect(said).toMatch(/\d\d:\d\d {2}\(kept; it names no place\)/);
    expect(said.match(/\d\d:\d\d {2}a visit/g)).toHaveLength(1);
    expect(said).not.toMatch(/0123|324-2114$/m);
    expect(orders).toEqual([
      'udevadm control --reload',
      'udevadm trigger --action=add --parent-match=/sys/bus/usb/devices/1-1',
      'udevadm settle --timeout=10',
      'systemctl --quiet enable visitlog.service',
      'systemctl --quiet restart visitlog.service',
    ]);
    const rule = readFileSync(join(machine.root, 'etc/udev/rules.d/59-visitlog-lines.rules'), 'utf8');
    expect(rule).toContain('ATTRS{idVendor}=="2c7c", ATTRS{idProduct}=="0125", ENV{VISITLOG_LINE}="line1"');
  });

  it('setup expects a register in the folder from the first start on, and not before', async () => {
    plug('1-1', 0);
    installService();
    expect((await setup({ ...given, start: false })).code).toBe(0);
    await setup({ ...given, wait: false });
    expect(written()).not.toContain('existing');
    // The gateway that the order started.
    mkdirSync(workspace.dataDir, { recursive: true });
    writeFileSync(join(workspace.dataDir, 'register.sqlite'), '');
    expect((await setup({ ...given, wait: false })).code).toBe(0);
    expect(written()).toMatch(/\[data\]\nexpect = "existing"\n/);
  });

  it('setup without a service signals no process but the one that holds its register', async () => {
    plug('1-1', 0);
    const innocent = spawn('sleep', ['60']);
    onTestFinished(() => void innocent.kill());
    await gatewaySays(statusExample({ pid: innocent.pid ?? 0, lines: [lineExample('line1')] }));
    expect(await setup({ ...given, wait: false })).toMatchObject({ code: 0 });
    await settle();
    expect([innocent.signalCode, innocent.exitCode]).toEqual([null, null]);
    innocent.kill('SIGHUP');
    await once(innocent, 'exit');
    expect(innocent.signalCode).toBe('SIGHUP');
  });

  it('setup stops waiting if only a person can start the line', async () => {
    plug('1-1', 0);
    installService();
    await gatewaySays(
      statusExample({ lines: [lineExample('line1', { state: 'pin-needed', reason: 'pin.refused' })] }),
    );
    expect(await setup(given)).toMatchObject({ code: 'setup.line-blocked' });
  });

  it('setup reloads a gateway that runs, and restarts it only for what a reload does not take over', async () => {
    plug('1-1', 0);
    installService();
    await setup({ ...given, start: false });
    await gatewaySays(statusExample({ lines: [lineExample('line1')] }));
    orders.length = 0;
    await setup({ ...given, contact: 'City Hall', wait: false });
    expect(orders.at(-1)).toBe('systemctl --quiet reload visitlog.service');
    await setup({ ...given, timeZone: 'Asia/Tokyo', wait: false });
    expect(orders.at(-1)).toBe('systemctl --quiet restart visitlog.service');
  });

  it('setup beside a gateway that runs says how to take a new line over, if that is not wanted now', async () => {
    plug('1-1', 0);
    plug('1-2', 4, '860000000000025');
    installService();
    await setup({ ...given, port: `imei:${imei}`, start: false });
    await gatewaySays(statusExample({ lines: [lineExample('line1')] }));
    const added = { ...given, port: 'imei:860000000000025', name: 'line2', number: '031-324-2901' } as const;
    const { code, said } = await setup({ ...added, start: false });
    expect(code).toBe(0);
    expect(said).toContain('sudo systemctl reload visitlog');
    expect(said).not.toContain('enable --now');
  });

  it('setup says whose a port is before it asks a modem there', async () => {
    installService();
    const port = 'tcp://127.0.0.1:1';
    writeFileSync(
      workspace.configFile,
      `${written()}[[line]]\nname = "line1"\nport = "${port}"\nnumber = "031-324-2900"\n`,
    );
    expect(await setup({ ...given, port, name: 'line2' })).toMatchObject({ code: 'setup.port-in-line' });
    expect(plugged.opened).toEqual([]);
    // A person adds a line and types the port of the first.
    await gatewaySays(statusExample({ lines: [lineAt(port)] }));
    const typed = ['3', '2', port];
    const { said } = await setup({}, typed);
    expect(said).toContain('[setup.port-in-line]');
    expect(plugged.opened).toEqual([]);
  });

  it('setup asks anew for a PIN that the SIM has refused, of a line that the gateway serves', async () => {
    installService();
    const port = `imei:${imei}`;
    const pinFile = join(workspace.folder, 'line1.pin');
    writeFileSync(pinFile, '0000\n', { mode: 0o600 });
    const line = `[[line]]\nname = "line1"\nport = "${port}"\nnumber = "031-324-2900"\npin_file = "${pinFile}"\n`;
    writeFileSync(workspace.configFile, written() + line);
    const refused = lineAt(port, { state: 'pin-needed', reason: 'pin.refused' });
    await gatewaySays(statusExample({ lines: [refused] }));
    // Change a line, as it is, same number, another PIN, right, take it over.
    const { said } = await setup({ wait: false }, ['2', '1', '', '2', '4711', '1', '1']);
    expect(said).toContain('The SIM has refused the PIN on file');
    expect(readFileSync(pinFile, 'utf8')).toBe('4711\n');
    expect(orders.at(-1)).toBe('systemctl --quiet restart visitlog.service');
  });

  it('setup lets the service reach a serial server, and no other address', async () => {
    installService();
    const configured = `${written()}[[line]]\nname = "line1"\nport = "tcp://192.0.2.10:4001"\n`;
    writeFileSync(workspace.configFile, configured);
    expect(await setup({ ...given, wait: false })).toMatchObject({ code: 0 });
    const dropIn = join(machine.root, 'etc/systemd/system/visitlog.service.d/serial-server.conf');
    const rows = readFileSync(dropIn, 'utf8').split('\n');
    expect(rows.filter((row) => row.startsWith('IPAddressAllow'))).toEqual(['IPAddressAllow=192.0.2.10']);
    expect(rows).toContain('PrivateNetwork=no');
    await setup({ ...given, wait: false });
    expect(readFileSync(dropIn, 'utf8').split('\n')).toEqual(rows);
    expect(orders.filter((order) => order.includes('daemon-reload'))).toHaveLength(1);
  });

  it('setup gives accounts their roles: the configuration, the groups, and who is in them', async () => {
    plug('1-1', 0);
    installService();
    const role = { reveal: ['kim', 'park'], audit: ['han'] } as const;
    const { code, said } = await setup({ ...given, start: false, role });
    expect(code).toBe(0);
    expect(written()).toContain('[roles]\nreveal = ["visitlog-officer"]\naudit = ["visitlog-auditor"]\n');
    expect(orders.filter((order) => !order.startsWith('udevadm'))).toEqual([
      'getent passwd kim',
      'getent passwd park',
      'getent passwd han',
      'getent group visitlog-officer',
      'usermod --append --groups visitlog-officer kim',
      'usermod --append --groups visitlog-officer park',
      'getent group visitlog-auditor',
      'usermod --append --groups visitlog-auditor han',
    ]);
    expect(said).toContain('park has the role reveal (group visitlog-officer)');
    const before = written();
    writeFileSync(workspace.configFile, before.replace('"visitlog-officer"', '"health", "other"'));
    missing.add('getent group health');
    expect(await setup({ ...given, start: false, role: { reveal: ['lee'] } })).toMatchObject({ code: 0 });
    expect(orders.slice(-3)).toEqual([
      'getent group health',
      'groupadd --system health',
      'usermod --append --groups health lee',
    ]);
    expect(written()).toBe(before.replace('"visitlog-officer"', '"health", "other"'));
  });

  it('setup asks at a terminal who may do what, and again when it is wanted', async () => {
    plug('1-1', 0);
    installService();
    const line = ['1', '0313242900', '', '', ''];
    const { code, said } = await setup({}, [...line, '1', 'lee!', 'lee', 'kim park', '', '', '1', '2']);
    expect(code).toBe(0);
    expect(said).toContain('Type names of accounts of this machine');
    expect(said).toMatch(/ {2}masked: lee\n {2}reveal: kim, park\n/);
    expect(written()).toContain('[roles]\nmasked = ["visitlog-desk"]\nreveal = ["visitlog-officer"]\n');
    expect(orders).toContain('usermod --append --groups visitlog-officer park');
    const later = await setup({}, ['5', '', '', '', 'han', '1', '2']);
    expect(later.code).toBe(0);
    expect(written()).toContain('audit = ["visitlog-auditor"]');
    expect(orders.at(-1)).toBe('usermod --append --groups visitlog-auditor han');
  });

  it('setup changes nothing if an account does not exist, and says what to do if a group cannot be had', async () => {
    plug('1-1', 0);
    installService();
    const before = written();
    const grant = { ...given, start: false, role: { manage: ['choi'] } };
    missing.add('getent passwd choi');
    expect(await setup(grant)).toMatchObject({ code: 'setup.no-account' });
    expect(written()).toBe(before);
    missing.clear();
    missing.add('usermod --append --groups visitlog-clerk choi');
    expect(await setup(grant)).toMatchObject({ code: 'setup.not-granted' });
  });

  it('setup --no-start does not start the service', async () => {
    plug('1-1', 0);
    installService();
    const { said } = await setup({ ...given, start: false });
    expect(said).toContain('sudo systemctl enable --now visitlog');
    expect(orders.filter((order) => order.startsWith('systemctl'))).toEqual([]);
    expect(existsSync(workspace.dataDir)).toBe(false);
  });
});
