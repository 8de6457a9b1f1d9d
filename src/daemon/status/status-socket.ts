import { existsSync, lstatSync, unlinkSync } from 'node:fs';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { codeOf, fault, systemCodeOf } from '../../base/errors.ts';

export interface Answer {
  readonly type: string;
  readonly body: string;
}

/** The answers by path. An error becomes a 500 with its code. */
export type Answers = Readonly<Record<string, () => Promise<Answer>>>;

const mostWaiting = 16;
const mostHeaderBytes = 8_192;
const requestMs = 5_000;

/**
 * A server of few short answers: GET and HEAD only, one request for each connection, no body read, each within 5 s. If
 * there are too many connections, the one that has waited longest goes: whoever opens connections and asks nothing keeps
 * nobody else from an answer. `isOwnHost` says which `Host` is answered. The caller makes it listen.
 */
export function createAnswerServer(
  answers: Answers,
  isOwnHost: (host: string) => boolean = () => true,
): Server {
  /** Connections without a request yet, in the order that they came in. */
  const waiting = new Set<Socket>();
  const server = createHttpServer(
    {
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: requestMs,
      keepAlive: false,
    },
    (request, response) => {
      waiting.delete(request.socket);
      if (isOwnHost(request.headers.host ?? '')) void answer(answers, request, response);
      else end(response, 421, plain('not a name of this server\n'));
    },
  );
  server.on('connection', (socket: Socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    const [oldest] = waiting;
    if (waiting.size > mostWaiting) oldest?.destroy();
  });
  // Those that were asked something are ended by their answer.
  server.maxConnections = 4 * mostWaiting;
  // Nothing waits for a client that does not read on.
  server.setTimeout(requestMs, (socket) => socket.destroy());
  return server;
}

async function answer(answers: Answers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method } = request;
  const path = (request.url ?? '').split('?')[0] ?? '';
  const give = Object.hasOwn(answers, path) ? answers[path] : undefined;
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405, plain('GET is answered\n'));
  if (give === undefined) return end(response, 404, plain(`there are: ${Object.keys(answers).join(' ')}\n`));
  try {
    end(response, 200, await give());
  } catch (error) {
    end(response, 500, plain(`${codeOf(error)}\n`));
  }
}

function plain(body: string): Answer {
  return { type: 'text/plain; charset=utf-8', body };
}

function end(response: ServerResponse, status: number, { type, body }: Answer): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'content-type': type, 'content-length': length, connection: 'close' });
  response.end(body);
}

export interface OpenedSocket {
  /** Stops answering and removes the socket. */
  close(): Promise<void>;
}

/** `sun_path` holds 107 octets and a NUL. */
const mostPathBytes = 107;
const probeMs = 1_000;

/** Answers on a Unix socket of mode 0660. @throws as `openSocket` */
export function openStatusSocket(path: string, answers: Answers): Promise<OpenedSocket> {
  return openSocket(path, () => createAnswerServer(answers), 0o660);
}

/**
 * Opens a Unix socket for a server. Replaces the socket of a dead gateway, never one that answers.
 * @throws AppError `status.path-too-long`, `status.folder-missing`, `status.in-use`, `status.not-a-socket`,
 * `status.socket`
 */
export async function openSocket(
  path: string,
  createServer: () => Server,
  mode: 0o660 | 0o600,
): Promise<OpenedSocket> {
  if (Buffer.byteLength(path) > mostPathBytes) throw fault('status.path-too-long', { path });
  // Checked here, because libuv reports EACCES.
  if (!existsSync(dirname(path))) throw fault('status.folder-missing', { path });
  await clear(path);
  const server = createServer();
  await listen(server, path, mode);
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
  if (!there.isSocket()) throw fault('status.not-a-socket', { path });
  if (await isAnswered(path)) throw fault('status.in-use', { path });
  unlinkSync(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    // Only a refusal means that nobody listens; a gateway too busy to accept is alive.
    socket.setTimeout(probeMs, () => end(true));
    socket.once('connect', () => end(true));
    socket.once('error', (error) => end(systemCodeOf(error) !== 'ECONNREFUSED'));
  });
}

function listen(server: Server, path: string, mode: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(fault('status.socket', { path, system: systemCodeOf(error) }, { cause: error })),
    );
    // `listen` creates the socket, which must not be open to others, not even until a chmod.
    const before = process.umask(0o777 & ~mode);
    server.listen(path, () => resolve());
    process.umask(before);
  });
}
