import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { Act } from '../../../src/store/audit/audit-acts.ts';
import { openAuditReader } from '../../../src/store/audit/audit-reader.ts';
import { openRegister } from '../../../src/store/register.ts';
import type { RegisterOptions } from '../../../src/store/register-types.ts';
import { text, visit } from '../../store/temp-register.ts';
import { mainFile } from '../../support/program.ts';

const acceptFile = fileURLToPath(new URL('../../support/accept-door.py', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Ran>;
}

/** A folder with a register and its configuration, and where officers work. */
export interface House {
  readonly folder: string;
  readonly config: string;
  readonly options: RegisterOptions;
  /** For the files of officers. */
  readonly desk: string;
  acts(): Act[];
  shown(visitor: string): number[];
}

const hall = '0313242114';
export const visitors = ['01055500001', '01055500002', '01055500003'];

/** Times of one test: the same for every register that it makes. */
const firstMs = Date.now() - 3 * hourMs;

/** `rows` visits to the hall within the last hours, and two texts that name no place. */
export function makeHouse(rows: number, more = '', parent = tmpdir()): House {
  const folder = mkdtempSync(join(parent, 'visitlog-officers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const options = {
    dataDir,
    keyFile: join(dataDir, 'keyring'),
    retentionMs: 28 * dayMs,
    algorithm: 'aes-256-gcm',
    clock: systemClock,
  } as const;
  const register = openRegister(options);
  register.putVenues([{ number: hall, name: 'Hall', address: 'Street 1', issued: false }]);
  register.transact((unit) => {
    for (let index = 0; index < rows; index += 1) {
      const visitor = visitors[index] ?? `0102${String(index).padStart(7, '0')}`;
      unit.addVisit(visit({ visitor, venue: hall, atMs: firstMs + index * 50 }));
    }
    for (const said of ['hello', '031-324-2115'])
      unit.addText(text({ text: said, sender: visitors[0] ?? '', atMs: firstMs, receivedAtMs: firstMs }));
  });
  register.close();
  return houseIn(folder, options, more);
}

function houseIn(folder: string, options: RegisterOptions, more: string): House {
  const config = join(folder, 'visitlog.toml');
  writeFileSync(
    config,
    `data_dir = ${JSON.stringify(options.dataDir)}\ndisk.reserve = "0"\n[poster]\ncontact = "City 031-324-2000"\n${more}\n[[line]]\nport = "/dev/null"\nnumber = "031-324-2900"\n`,
  );
  const desk = join(folder, 'desk');
  mkdirSync(desk);
  const read = <T>(work: (reader: ReturnType<typeof openAuditReader>) => T): T => {
    const reader = openAuditReader(options);
    try {
      return work(reader);
    } finally {
      reader.close();
    }
  };
  return {
    ...{ folder, config, options, desk },
    acts: () => read((reader) => [...reader.contents().acts]),
    shown: (visitor) => read((reader) => [...reader.thatShowed(visitor).keys()]),
  };
}

/** Another with the same contents. */
export function copyHouse({ folder, options }: House, more = ''): House {
  const copy = mkdtempSync(join(tmpdir(), 'visitlog-officers-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  const dataDir = join(copy, 'data');
  cpSync(join(folder, 'data'), dataDir, { recursive: true });
  chmodSync(dataDir, 0o700);
  return houseIn(copy, { ...options, dataDir, keyFile: join(dataDir, 'keyring') }, more);
}

/** Gives the register to an account, as the package does. */
export function giveTo(house: House, uid: number): void {
  chmodSync(house.folder, 0o755);
  chmodSync(house.desk, 0o777);
  const dataDir = house.options.dataDir;
  chmodSync(dataDir, 0o700);
  chownSync(dataDir, uid, uid);
  for (const name of readdirSync(dataDir)) chownSync(join(dataDir, name), uid, uid);
}

/**
 * A socket where each connection gets a process of its own, as under systemd. `around`: the command that all of it runs
 * in; `inside`: the command that each process runs in.
 */
export async function openOffice(
  house: House,
  {
    uid = process.geteuid?.() ?? 0,
    around = [],
    inside = [],
  }: { uid?: number; around?: readonly string[]; inside?: readonly string[] } = {},
): Promise<{ readonly socket: string; readonly said: () => string; servers(): number[] }> {
  const socket = join(house.folder, 'door.sock');
  const command = [
    ...inside,
    process.execPath,
    mainFile,
    '--config',
    house.config,
    'door',
    '--instance',
    '%i',
  ];
  const accept = ['python3', acceptFile, socket, String(uid), String(uid)];
  const [program = '', ...words] = [...around, ...accept, ...command];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return { socket, said: () => said, servers: () => serversOf(house) };
}

/** The processes that serve officers of this register. */
function serversOf({ config }: House): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.includes(config) && words.includes('--instance') && words[0]?.includes('node') === true;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The program as an officer runs it. `input`: null leaves standard input open. */
export function begin(
  args: readonly string[],
  options: {
    cwd: string;
    env?: Readonly<Record<string, string>>;
    input?: string | null;
    as?: readonly string[];
  },
): Running {
  const [command = '', ...words] = [...(options.as ?? []), process.execPath, mainFile, ...args];
  const child = spawn(command, words, {
    cwd: options.cwd,
    env: { ...process.env, LC_ALL: 'C', ...options.env },
  });
  const chunks = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.stdout += chunk.toString('latin1');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    chunks.stderr += chunk.toString('latin1');
  });
  child.stdin.on('error', () => {});
  if (options.input !== null) child.stdin.end(options.input ?? '');
  const done = once(child, 'close').then(() => ({ code: child.exitCode, ...chunks }));
  return { child, done };
}
