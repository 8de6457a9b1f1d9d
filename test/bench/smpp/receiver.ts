import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { visitlogMain } from '../peers/receivers.ts';

/** A program that is bound to a centre; several processes may make it. */
export interface LinkReceiver {
  readonly name: string;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** `more`: further lines of its configuration. `command`: what runs it, in place of node and the built program. */
export function startVisitlog(
  folder: string,
  port: number,
  more: readonly string[] = [],
  command: readonly string[] = [process.execPath, visitlogMain],
): LinkReceiver {
  const config = join(folder, 'visitlog.toml');
  const keys = [
    `data_dir = ${JSON.stringify(join(folder, 'data'))}`,
    'disk.reserve = "0"',
    'status.socket = ""',
    ...more,
    '[[line]]',
    `port = "smpp://127.0.0.1:${port}"`,
  ];
  writeFileSync(config, `${keys.join('\n')}\n`);
  const [program = '', ...words] = command;
  return receiverOf('visitlog', [spawn(program, [...words, '--config', config, 'run'], { stdio: 'ignore' })]);
}

export function receiverOf(name: string, processes: readonly ChildProcess[]): LinkReceiver {
  return {
    name,
    pids: processes.flatMap(({ pid }) => pid ?? []),
    async stop() {
      const ends = processes.map((each) =>
        each.exitCode === null && each.signalCode === null ? once(each, 'exit') : null,
      );
      for (const each of processes.toReversed()) each.kill('SIGTERM');
      const late = setTimeout(() => {
        for (const each of processes) each.kill('SIGKILL');
      }, 10_000);
      await Promise.all(ends);
      clearTimeout(late);
    },
  };
}

/** Resident memory of these processes. */
export function rssOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return sum + Number(kB) * 1_024;
  }, 0);
}

/** In user and system mode, of all their threads; the kernel counts hundredths of a second. */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

/** Resident memory once a second, until `stop`. */
export function watchRss(pids: readonly number[]): { stop(): readonly number[] } {
  const samples = [rssOf(pids)];
  const timer = setInterval(() => samples.push(rssOf(pids)), 1_000);
  return {
    stop() {
      clearInterval(timer);
      return [...samples, rssOf(pids)];
    },
  };
}
