import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program that reads texts from a modem and deletes them. */
export interface ReceivingProgram {
  readonly name: string;
  /** How it stores a text, for the comparison. */
  readonly keeps: string;
  /** Null if it is not installed. */
  version(): string | null;
  /** Starts it in the foreground on a terminal; it stores everything in `folder`. */
  start(link: string, folder: string): ChildProcess;
}

/** The first version number that a program prints; null if there is no such program. */
function installedVersion(program: string, args: readonly string[]): string | null {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  if (error) return null;
  return /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? '';
}

/** The command that was compiled for the measurement. */
export const visitlogMain = fileURLToPath(new URL('../../../program/cli/main.js', import.meta.url));

export function writeVisitlogConfig(port: string, folder: string): string {
  const file = `${folder}/visitlog.toml`;
  const socket = `${folder}/status.sock`;
  writeFileSync(
    file,
    `data_dir = "${folder}/data"\nkey_file = "${folder}/data/keyring"\n[[line]]\nname = "line1"\nport = "${port}"\n[status]\nsocket = "${socket}"\n`,
  );
  return file;
}

/** As it is shipped: every text sealed and on disk before it is deleted, a log line for each. */
export const visitlog: ReceivingProgram = {
  name: 'visitlog',
  keeps: 'sealed in SQLite, synced before it is deleted',
  version: () => '',
  start(link, folder) {
    const log = openSync(`${folder}/visitlog.log`, 'w');
    const args = [visitlogMain, '--config', writeVisitlogConfig(link, folder), 'run'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  },
};

/**
 * gammu-smsd (Debian package gammu-smsd), tuned: it asks for texts only and stores them in files, its simplest store.
 * Once with its default pause of a second between two polls, once without: then it polls all the time.
 */
const gammuSmsd = gammuWith('gammu-smsd', 1);
const gammuSmsdPauseless = gammuWith('gammu-smsd, no pause', 0);

function gammuWith(name: string, loopSleepS: number): ReceivingProgram {
  return {
    name,
    keeps: `a file each, not synced; LoopSleep = ${loopSleepS}`,
    version: () => installedVersion('gammu-smsd', ['--version']),
    start(link, folder) {
      const file = `${folder}/gammu-smsdrc`;
      for (const box of ['inbox', 'outbox', 'sent', 'error']) mkdirSync(`${folder}/${box}`);
      writeFileSync(file, gammuConfig(link, folder, loopSleepS));
      return spawn('gammu-smsd', ['--config', file], { stdio: 'ignore' });
    },
  };
}

const gammuConfig = (link: string, folder: string, loopSleepS: number): string => `[gammu]
port = ${link}
connection = at
logformat = nothing

[smsd]
service = files
logfile = ${folder}/gammu.log
debuglevel = 0
loopsleep = ${loopSleepS}
receivefrequency = 0
statusfrequency = 0
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
hangupcalls = 0
send = false
inboxpath = ${folder}/inbox/
outboxpath = ${folder}/outbox/
sentsmspath = ${folder}/sent/
errorsmspath = ${folder}/error/
`;

/** smsd of the SMS Server Tools 3 (Debian package smstools), tuned: no pauses, only receiving, the listing as its way to read. */
export const smstools: ReceivingProgram = {
  name: 'smstools',
  keeps: 'a file each, not synced',
  version: () => installedVersion('/usr/sbin/smsd', ['-V']),
  start(link, folder) {
    const file = `${folder}/smsd.conf`;
    for (const box of ['outgoing', 'checked', 'failed', 'incoming', 'sent']) mkdirSync(`${folder}/${box}`);
    writeFileSync(file, smstoolsConfig(link, folder));
    const process = [`-c${file}`, `-p${folder}/smsd.pid`, `-i${folder}/smsd.working`, '-t'];
    return spawn('/usr/sbin/smsd', process, { stdio: 'ignore' });
  },
};

const smstoolsConfig = (link: string, folder: string): string => `devices = GSM1
logfile = ${folder}/smsd.log
loglevel = 3
delaytime = 0
delaytime_mainprocess = 0
blocktime = 1
outgoing = ${folder}/outgoing
checked = ${folder}/checked
failed = ${folder}/failed
incoming = ${folder}/incoming
sent = ${folder}/sent

[GSM1]
device = ${link}
baudrate = 115200
init = ATE0
incoming = high
outgoing = no
check_memory_method = 5
communication_delay = 0
send_delay = 0
signal_quality_ber_ignore = yes
poll_faster = 0
rtscts = no
`;

/** A limit, not a peer: the time of the modem and the wire alone. */
export const bareHost: ReceivingProgram = {
  name: 'the modem alone',
  keeps: 'nothing: lists and deletes',
  version: () => '',
  start(link) {
    const script = fileURLToPath(new URL('./bare-host.js', import.meta.url));
    return spawn(process.execPath, [script, link], { stdio: ['ignore', 'ignore', 'inherit'] });
  },
};

/** The peers that are installed, and a sentence for each that is not. */
export function peerReceivers(): {
  readonly peers: readonly ReceivingProgram[];
  readonly absent: readonly string[];
} {
  const all = [gammuSmsd, gammuSmsdPauseless, smstools];
  const peers = all.filter((peer) => peer.version() !== null);
  const absent = all
    .filter((peer) => !peers.includes(peer))
    .map(({ name }) => `${name} is not installed and is not compared (Debian packages gammu-smsd, smstools)`);
  return { peers, absent };
}

export const describeReceiver = ({ name, version, keeps }: ReceivingProgram): string =>
  `${name} ${version() ?? ''}: ${keeps}`;
