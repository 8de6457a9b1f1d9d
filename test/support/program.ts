import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { patienceMs } from './until.ts';

/** The built command. */
export const mainFile = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command to its end. */
export async function visitlog(args: readonly string[], input = ''): Promise<Finished> {
  const running = start(args);
  running.child.stdin?.end(input);
  await running.exit;
  return { code: running.child.exitCode, stdout: running.stdout(), stderr: running.stderr() };
}

export interface Running {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown>;
  stdout(): string;
  stderr(): string;
  /** Resolves once standard output has a line that `wanted` accepts; fails if the process ends before. */
  line(wanted: (line: string) => boolean): Promise<string>;
  /** Sends a signal and waits for the end; fails if that does not come. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the built command as a separate process. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  return startCommand(process.execPath, [mainFile, ...args], env);
}

/** Starts any command. */
export function startCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const exit = once(child, 'exit');
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    child.emit('printed');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return {
    child,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    async line(wanted) {
      for (;;) {
        const found = stdout.split('\n').slice(0, -1).find(wanted);
        if (found !== undefined) return found;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`ended before it said so: ${stderr}${stdout.slice(-2_000)}`);
        await Promise.race([once(child, 'printed'), exit]);
      }
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      const late = setTimeout(() => child.emit('late'), patienceMs);
      await Promise.race([exit, once(child, 'late')]);
      clearTimeout(late);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      throw new Error(`still there ${patienceMs} ms after ${signal}: ${stderr}${stdout.slice(-2_000)}`);
    },
  };
}
