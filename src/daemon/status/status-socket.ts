import { existsSync, lstatSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { type AppError, systemCodeOf, WordedError } from '../../base/errors.ts';
import { type Answers, createAnswerServer } from './answers.ts';

export interface OpenedSocket {
  /** Stops answering and removes the socket. */
  close(): Promise<void>;
}

/** `sun_path` holds 107 octets and a NUL. */
const mostPathBytes = 107;
const probeMs = 1_000;

/**
 * Answers on a Unix socket of mode 0660. One that a gateway left behind is replaced, one that answers never is.
 * @throws AppError `status.path-too-long`, `status.folder-missing`, `status.in-use`, `status.not-a-socket`,
 * `status.socket`
 */
export async function openStatusSocket(path: string, answers: Answers): Promise<OpenedSocket> {
  if (Buffer.byteLength(path) > mostPathBytes) throw tooLong(path);
  // Asked for here, because libuv makes EACCES of it.
  if (!existsSync(dirname(path))) throw folderMissing(path);
  await clear(path);
  const server = createAnswerServer(answers);
  await listen(server, path);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function clear(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket()) throw notASocket(path);
  if (await isAnswered(path)) throw inUse(path);
  unlinkSync(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    // Only a refusal says that nobody listens; whoever is too busy to accept is alive.
    socket.setTimeout(probeMs, () => end(true));
    socket.once('connect', () => end(true));
    socket.once('error', (error) => end(systemCodeOf(error) !== 'ECONNREFUSED'));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(cannot(path, error)));
    // The socket is made within `listen`, and must never be open to others, not even until a chmod.
    const before = process.umask(0o117);
    server.listen(path, () => resolve());
    process.umask(before);
  });
}

function cannot(path: string, error: Error): AppError {
  const code = systemCodeOf(error) ?? 'unknown';
  return new WordedError('status.socket', `the status socket ${path} cannot be made (${code})`, {
    hint: 'Give the user of the gateway the right to write to its folder, or set another [status] socket.',
    context: { path, code },
    cause: error,
  });
}

function folderMissing(path: string): AppError {
  return new WordedError('status.folder-missing', `the folder of the status socket ${path} is not there`, {
    hint: 'Make it, or set another [status] socket; systemd makes it by RuntimeDirectory=visitlog.',
    context: { path },
  });
}

function tooLong(path: string): AppError {
  return new WordedError('status.path-too-long', `the status socket ${path} has more than 107 octets`, {
    hint: 'Set a shorter [status] socket.',
    context: { path },
  });
}

function inUse(path: string): AppError {
  return new WordedError('status.in-use', `another gateway answers at the status socket ${path}`, {
    hint: 'Give each gateway a [status] socket of its own.',
    context: { path },
  });
}

function notASocket(path: string): AppError {
  return new WordedError('status.not-a-socket', `${path} is there and is no socket`, {
    hint: 'Remove it, or set another [status] socket.',
    context: { path },
  });
}
