import { spawn } from 'node:child_process';
import { type Clock, sleep } from '../../base/clock.ts';
import { fault, systemCodeOf } from '../../base/errors.ts';

const limitMs = 60_000;

export interface ResetCommand {
  /** The program's absolute path and its arguments, each as it is: no shell reads them. */
  readonly command: readonly string[];
  readonly line: string;
  readonly port: string;
}

/**
 * Runs the command that an administrator gave for resetting a line's modem, told of line and port by its environment.
 * What it prints is nobody's. Rejects with `reset.not-started`, `reset.failed` or, after a minute, with
 * `reset.timeout`, when it and what it has started are killed.
 */
export async function runResetCommand(clock: Clock, { command, line, port }: ResetCommand): Promise<void> {
  const [program = '', ...given] = command;
  const env = { PATH: process.env.PATH ?? '', VISITLOG_LINE: line, VISITLOG_PORT: port };
  // A process group of its own, so that all of it can be ended.
  const child = spawn(program, given, { stdio: 'ignore', detached: true, env });
  const enough = new AbortController();
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(fault('reset.not-started', { system: systemCodeOf(cause) }, { cause })),
    );
    child.once('exit', (exit, signal) =>
      exit === 0 ? resolve() : reject(fault('reset.failed', { exit, signal })),
    );
  });
  const late = sleep(clock, limitMs, enough.signal).then((isLate) => {
    if (isLate) throw fault('reset.timeout');
  });
  try {
    await Promise.race([ended, late]);
  } catch (cause) {
    ended.catch(() => {});
    endGroup(child.pid);
    throw cause;
  } finally {
    enough.abort();
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
