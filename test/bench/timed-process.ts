import { type ChildProcess, type ChildProcessByStdio, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** How long a process took, from its start. */
export interface Timed {
  readonly ms: number;
  /** Until it had written the first line after its heading. */
  readonly firstRowMs: number;
  readonly lines: number;
  /** Known for our own processes only. */
  readonly maxRssMiB: number | null;
  readonly cpuMs: number | null;
}

/** Runs visitlog in a separate process whose clock starts at `startMs`. */
export async function timeCommand(startMs: number, args: readonly string[], stdin = ''): Promise<Timed> {
  const file = fileURLToPath(new URL('../../program/cli/at-time.js', import.meta.url));
  const beganMs = performance.now();
  const child = fork(file, [String(startMs), ...args], { silent: true, execArgv: [] });
  let used = { maxRssMiB: null, cpuMs: null };
  child.on('message', (message) => {
    used = message as typeof used;
  });
  child.stdin?.end(stdin);
  return { ...(await timed(child, beganMs, args[2] ?? '')), ...used };
}

/** Asks the `sqlite3` shell; its rows come as csv with a heading. */
export async function timeShell(database: string, sql: string, output: string | null = null): Promise<Timed> {
  const beganMs = performance.now();
  const asked = output === null ? sql : `.once ${output}\n${sql}`;
  const child = spawn('sqlite3', ['-readonly', '-csv', '-header', database], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(`${asked}\n`);
  return timed(child, beganMs, 'sqlite3');
}

async function timed(
  child: ChildProcess | ChildProcessByStdio<null, Readable, Readable>,
  beganMs: number,
  name: string,
): Promise<Timed> {
  let lines = 0;
  let firstRowMs = 0;
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
      lines += 1;
      if (lines === 2) firstRowMs = performance.now() - beganMs;
    }
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number];
  const ms = performance.now() - beganMs;
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${complaint}`);
  return { ms, firstRowMs, lines, maxRssMiB: null, cpuMs: null };
}
