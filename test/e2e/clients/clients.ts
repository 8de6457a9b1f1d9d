import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { FamilyName } from '../../../src/simulator/families/families.ts';
import { type Running, startCommand } from '../../support/program.ts';
import { until } from '../../support/until.ts';

/** A text as a client tells of it: the sender's national digits, and the time that stands in the time stamp. */
export interface Received {
  readonly sender: string;
  readonly text: string;
  readonly time: string;
}

export interface Place {
  /** For its configuration and what it writes. */
  readonly folder: string;
  /** The terminal behind which the modem is. */
  readonly tty: string;
  /** The same modem, for a client that takes no terminal. */
  readonly port: number;
  readonly family: FamilyName;
}

/** Another project's program that receives texts from a modem. */
export interface Client {
  readonly name: string;
  /** What must be installed. */
  readonly programs: readonly string[];
  /** Families that it works with in the field, as far as it treats them differently. */
  readonly families: readonly FamilyName[];
  /** Calls `has` with all that it has received so far, until that is enough. */
  receive(place: Place, has: (texts: readonly Received[]) => boolean): Promise<void>;
}

const national = (sender: string) => sender.replace(/^\+?82/, '0');

/** Of the most significant octet first. */
const utf16 = (octets: Buffer) => Buffer.from(octets).swap16().toString('utf16le').replace('\ufeff', '');

function filesIn(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

/** Folders that a daemon wants. */
function makeFolders(folder: string, names: readonly string[]): void {
  for (const name of names) mkdirSync(join(folder, name));
}

async function whileRunning(
  running: Running,
  isEnough: () => boolean | Promise<boolean>,
  log: string,
): Promise<void> {
  try {
    await until(isEnough, () => `${running.stdout()}${running.stderr()}${tail(log)}`);
  } finally {
    await running.kill('SIGKILL');
  }
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Ask = (command: string, ...args: string[]) => Promise<Ran>;

/** Runs a command to its end. */
function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { env: { ...process.env, ...env }, cwd },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

function tail(file: string): string {
  try {
    return readFileSync(file, 'latin1').slice(-3_000);
  } catch {
    return '';
  }
}

const gammuSmsd: Client = {
  name: 'gammu-smsd',
  programs: ['gammu-smsd'],
  families: ['ec25', 'huawei', 'sim800'],
  async receive({ folder, tty }, has) {
    makeFolders(folder, ['in', 'out', 'sent', 'errors']);
    const config = join(folder, 'smsdrc');
    const log = join(folder, 'log');
    const settings = [
      ...['[gammu]', `port = ${tty}`, 'connection = at115200', '[smsd]', 'service = files'],
      ...[`logfile = ${log}`, 'debuglevel = 255', 'commtimeout = 1', 'loopsleep = 1', 'receivefrequency = 1'],
      ...['checksecurity = 0', 'checksignal = 0', 'checkbattery = 0', 'inboxformat = unicode'],
      ...[`inboxpath = ${folder}/in/`, `outboxpath = ${folder}/out/`],
      ...[`sentsmspath = ${folder}/sent/`, `errorsmspath = ${folder}/errors/`],
    ];
    writeFileSync(config, `${settings.join('\n')}\n`);
    const running = startCommand('gammu-smsd', ['-c', config]);
    const received = () =>
      filesIn(join(folder, 'in')).map((file) => {
        const name =
          /IN(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_\d+_(\+?\d+)_\d+\.txt$/.exec(file)?.slice(1) ?? [];
        const [year, month, day, hour, minute, second, sender = ''] = name;
        return {
          sender: national(sender),
          // It writes more of its buffer than the text's end.
          text: utf16(readFileSync(file)).split('\0')[0] ?? '',
          time: `${year}-${month}-${day} ${hour}:${minute}:${second}`,
        };
      });
    await whileRunning(running, () => has(received()), log);
  },
};

const smstools: Client = {
  name: 'smstools',
  programs: ['smsd'],
  families: ['ec25', 'huawei', 'zte'],
  async receive({ folder, tty }, has) {
    makeFolders(folder, ['in', 'out', 'sent', 'failed', 'checked']);
    const config = join(folder, 'smsd.conf');
    const log = join(folder, 'log');
    const settings = [
      ...['devices = line', `incoming = ${folder}/in`, `outgoing = ${folder}/out`, `sent = ${folder}/sent`],
      ...[`failed = ${folder}/failed`, `checked = ${folder}/checked`, `logfile = ${log}`, 'loglevel = 7'],
      ...[
        `infofile = ${folder}/info`,
        `pidfile = ${folder}/pid`,
        'delaytime = 1',
        'delaytime_mainprocess = 1',
      ],
      // Its own conversion ends at ISO 8859.
      ...['decode_unicode_text = no', 'incoming_utf8 = yes'],
      ...['[line]', `device = ${tty}`, 'baudrate = 115200', 'incoming = yes', 'outgoing = no'],
      ...['memory_start = 0', 'device_open_errorsleeptime = 1'],
    ];
    writeFileSync(config, `${settings.join('\n')}\n`);
    const running = startCommand('smsd', ['-t', `-c${config}`]);
    const received = () =>
      filesIn(join(folder, 'in')).map((file) => {
        const octets = readFileSync(file);
        const headEnd = octets.indexOf('\n\n');
        const head = octets.toString('utf8', 0, headEnd);
        const body = octets.subarray(headEnd + 2);
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1] ?? '';
        const text = field('Alphabet') === 'UCS2' ? utf16(body) : body.toString('utf8');
        return { sender: national(field('From')), text, time: `20${field('Sent')}` };
      });
    await whileRunning(running, () => has(received()), log);
  },
};

const gnokii: Client = {
  name: 'gnokii',
  programs: ['gnokii'],
  families: ['ec25', 'huawei', 'wavecom'],
  async receive({ folder, tty, family }, has) {
    const config = join(folder, 'gnokiirc');
    // It takes 31 characters.
    const settings = [
      '[global]',
      `port = ${basename(tty)}`,
      'model = AT',
      'connection = serial',
      'use_locking = no',
    ];
    writeFileSync(config, `${[...settings, 'serial_baudrate = 115200'].join('\n')}\n`);
    const memory = family === 'ec25' ? 'ME' : 'SM';
    // It reads once: what is there by then.
    let shown = '';
    await until(
      async () => {
        const words = ['--config', config, '--getsms', memory, '0', '25'];
        const { stdout, stderr } = await run('gnokii', words, { LC_ALL: 'C.UTF-8' }, dirname(tty));
        shown = `${stdout}${stderr}`;
        return has(
          stdout
            .split(/^\d+\. Inbox Message .*\n/m)
            .slice(1)
            .map(readByGnokii),
        );
      },
      () => shown,
    );
  },
};

function readByGnokii(message: string): Received {
  const [, day, month, year, time] = /^Date\/time: (\d\d)\/(\d\d)\/(\d{4}) ([\d:]+)/m.exec(message) ?? [];
  const sender = /^Sender: (\S+)/m.exec(message)?.[1] ?? '';
  const text = /^Text:\n(.*)$/m.exec(message)?.[1] ?? '';
  return { sender: national(sender), text, time: `${year}-${month}-${day} ${time}` };
}

const modemManager: Client = {
  name: 'ModemManager',
  programs: ['ModemManager', 'mmcli', 'dbus-daemon', 'dbus-send'],
  families: ['ec25', 'huawei', 'sim7600'],
  async receive({ folder, port }, has) {
    // Its interface for tests takes a modem behind a socket.
    const socket = join(folder, 'modem.sock');
    const relay = createServer((client) => {
      const modem = connect(port, '127.0.0.1');
      for (const side of [client, modem]) side.on('error', () => side.destroy());
      client.pipe(modem).pipe(client);
      client.on('close', () => modem.destroy());
    });
    relay.listen(socket);
    await once(relay, 'listening');
    const daemon = startCommand('dbus-daemon', ['--session', '--nofork', '--print-address']);
    const log = join(folder, 'log');
    try {
      const address = await daemon.line((line) => line.startsWith('unix:'));
      const env = { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address };
      const ask: Ask = (command, ...args) => run(command, args, env);
      const options = ['--test-session', '--test-enable', '--no-auto-scan', '--debug', `--log-file=${log}`];
      const manager = startCommand('ModemManager', options, env);
      await whileRunning(manager, managed(socket, ask, has), log);
    } finally {
      await daemon.kill();
      relay.close();
    }
  },
};

/** Asks it for one thing more each time: to take the modem, to enable it, which texts there are. */
function managed(
  socket: string,
  ask: Ask,
  has: (texts: readonly Received[]) => boolean,
): () => Promise<boolean> {
  const bus = 'org.freedesktop.ModemManager1';
  const call = ['--session', '--print-reply', `--dest=${bus}`, '/org/freedesktop/ModemManager1'];
  const profile = [`${bus}.Test.SetProfile`, 'string:line', 'string:generic', `array:string:${socket}`];
  const steps = [
    ['dbus-send', ...call, ...profile],
    ['mmcli', '-m', '0', '--enable'],
  ];
  const known = new Map<string, Received>();
  return async () => {
    const [[command = '', ...args] = []] = steps;
    if (command !== '') {
      if ((await ask(command, ...args)).code === 0) steps.shift();
      return false;
    }
    const listed = (await ask('mmcli', '-m', '0', '--messaging-list-sms')).stdout;
    for (const [path = ''] of listed.matchAll(/\/org\/freedesktop\/ModemManager1\/SMS\/\d+/g)) {
      if (known.has(path)) continue;
      const { sms } = JSON.parse((await ask('mmcli', '-s', path, '-J')).stdout);
      const [, day, time] = /^(\S+)T([\d:]{8})/.exec(sms.properties.timestamp) ?? [];
      known.set(path, {
        sender: national(sms.content.number),
        text: sms.content.text,
        time: `${day} ${time}`,
      });
    }
    return has([...known.values()]);
  };
}

export const clients: readonly Client[] = [gammuSmsd, smstools, gnokii, modemManager];
