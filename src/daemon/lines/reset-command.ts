import { spawn } from 'node:child_process';
import { minuteMs } from '../../base/amounts.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { fault, systemCodeOf } from '../../base/errors.ts';

const limitMs = minuteMs;

interface ResetCommandCall {
  /** The program's absolute path and its arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly line: string;
  readonly port: string;
}

/**
 * Runs the administrator's command that resets a line's modem; its environment names line and port. Its output is
 * ignored. After a minute it is killed, with its children.
 * @throws AppError `reset.not-started`, `reset.failed`, `reset.timeout`
 */
export async function runResetCommand(
  clock: Clock,
  { command, line, port }: ResetCommandCall,
): Promise<void> {
  const [program = '', ...given] = command;
  const env = { PATH: process.env.PATH ?? '', VISITLOG_LINE: line, VISITLOG_PORT: port };
  // A process group of its own, so that its children can be killed too.
  const child = spawn(program, given, { stdio: 'ignore', detached: true, env });
  const timer = new AbortController();
  const exited = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(fault('reset.not-started', { system: systemCodeOf(cause) }, { cause })),
    );
    child.once('exit', (exit, signal) =>
      exit === 0 ? resolve() : reject(fault('reset.failed', { exit, signal })),
    );
  });
  const late = sleep(clock, limitMs, timer.signal).then((isLate) => {
    if (isLate) throw fault('reset.timeout');
  });
  try {
    await Promise.race([exited, late]);
  } catch (cause) {
    exited.catch(() => {});
    endGroup(child.pid);
    throw cause;
  } finally {
    timer.abort();
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
