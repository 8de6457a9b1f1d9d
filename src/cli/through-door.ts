import { Writable } from 'node:stream';
import { AppError, type ExitCode, exitCode } from '../base/errors.ts';
import { version } from '../daemon/version.ts';
import { askDoor } from '../door/ask-door.ts';
import type { DoorRequest } from '../door/request.ts';
import { originOf, systemProbe } from '../store/audit/audit-actor.ts';
import { answerTo } from './ask.ts';
import { isTab } from './command-line.ts';
import type { OpenDoor } from './find-door.ts';
import { isTerminal, type Shell } from './shell.ts';

/** Has a command done behind the socket, with this process's streams, files and terminal. */
export async function throughDoor(
  shell: Shell,
  args: readonly string[],
  { socket, connection, language }: OpenDoor & Pick<DoorRequest, 'language'>,
): Promise<ExitCode> {
  const { stdin, stdout, stderr, files, signal, env } = shell;
  const { tty, remote } = originOf(systemProbe(env));
  const columns = 'columns' in stdout ? Number(stdout.columns) || null : null;
  const asked = {
    args,
    language,
    terminal: { stdin: isTerminal(stdin), stdout: isTerminal(stdout), stderr: isTerminal(stderr), columns },
    told: { tty, remote },
    version: version(),
  };
  if (isTab(args))
    return silently(
      askDoor(
        socket,
        asked,
        {
          stdin,
          stdout,
          stderr: nowhere(),
          files,
          signal,
          ask: async () => null,
          patienceMs: tabMs,
        },
        connection,
      ),
    );
  const ask = (question: string, hidden: boolean) => answerTo(shell, question, hidden);
  const exit = await askDoor(socket, asked, { stdin, stdout, stderr, files, signal, ask }, connection);
  return exit as ExitCode;
}

/** Somebody waits with a finger on the key. */
const tabMs = 4_000;

/** Whatever is wrong (no role, no door, one that does not answer), a TAB does not report it. */
async function silently(asking: Promise<number>): Promise<ExitCode> {
  try {
    await asking;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return exitCode.done;
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
