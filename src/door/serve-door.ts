import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, type ExitCode, fault } from '../base/errors.ts';
import { DoorConversation } from './door-conversation.ts';
import { decodeJson, FrameReader, fromClient, protocolFault } from './frames.ts';
import { type DoorRequest, doorPath, exitTrailer } from './request.ts';

export interface DoorOptions {
  /**
   * Does what was asked for and resolves to the exit code. A fault that it throws before anything went out is a
   * refusal, and is sent as one.
   */
  readonly run: (request: DoorRequest, conversation: DoorConversation) => Promise<ExitCode>;
  /** A client that takes or sends nothing for so long is ended. */
  readonly idleMs?: number;
}

const usualIdleMs = 60_000;
/** From the connection to the first frame: a client on a busy machine loads its modules meanwhile. */
const helloMs = 30_000;
const mostHeaderBytes = 4_096;

/** Serves connections that the caller accepts: `server.emit('connection', socket)`. */
export function doorServer(options: DoorOptions): Server {
  const server = new Server(
    {
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: helloMs,
      // A request lasts as long as its command.
      requestTimeout: 0,
      keepAlive: false,
    },
    (request, response) => void serve(request, response, options),
  );
  server.maxRequestsPerSocket = 1;
  return server;
}

/** Serves one connection; resolves when it is closed. */
export function serveConnection(socket: Socket, options: DoorOptions): Promise<void> {
  const server = doorServer(options);
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    // Whoever connects and says nothing is not waited for.
    const silent = setTimeout(() => socket.destroy(), helloMs);
    server.once('request', () => clearTimeout(silent));
    socket.once('close', () => clearTimeout(silent));
    server.emit('connection', socket);
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { run, idleMs = usualIdleMs }: DoorOptions,
): Promise<void> {
  response.shouldKeepAlive = false;
  if (request.method !== 'POST' || request.url !== doorPath) {
    response.writeHead(request.url === doorPath ? 405 : 404).end();
    return;
  }
  const conversation = new DoorConversation(request, response, { idleMs, exitTrailer });
  try {
    const asked = await firstRequest(request, conversation);
    await conversation.end(await run(asked, conversation));
  } catch (thrown) {
    if (!(thrown instanceof AppError)) {
      conversation.cut();
      throw thrown;
    }
    conversation.refuse(thrown);
  }
}

async function firstRequest(request: IncomingMessage, conversation: DoorConversation): Promise<DoorRequest> {
  const frames = new FrameReader(fromClient);
  const late = setTimeout(() => conversation.cut(), helloMs);
  const first = await conversation.listen(request, frames);
  clearTimeout(late);
  if (first === null) throw fault('door.cut');
  if (first.type !== 'request') throw protocolFault('no request');
  return parseRequest(decodeJson(first));
}

const mostArgs = 4_096;

/** Error: `door.protocol`. */
function parseRequest(value: Readonly<Record<string, unknown>>): DoorRequest {
  const { args, language, version } = value;
  const terminal = tableIn(value, 'terminal');
  const told = tableIn(value, 'told');
  if (!Array.isArray(args) || args.length > mostArgs || !args.every((arg) => typeof arg === 'string'))
    throw protocolFault('args');
  if (language !== 'en' && language !== 'ko' && language !== null) throw protocolFault('language');
  if (typeof version !== 'string' || version.length > 64) throw protocolFault('version');
  const { columns } = terminal;
  return {
    args,
    language,
    version,
    terminal: {
      stdin: terminal.stdin === true,
      stdout: terminal.stdout === true,
      stderr: terminal.stderr === true,
      columns:
        typeof columns === 'number' && Number.isInteger(columns) && columns > 0 && columns < 10_000
          ? columns
          : null,
    },
    told: { tty: shortText(told.tty), remote: shortText(told.remote) },
  };
}

function tableIn(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const table = value[key];
  if (typeof table !== 'object' || table === null) throw protocolFault(key);
  return table as Readonly<Record<string, unknown>>;
}

/** Goes into the audit log: a terminal's name, an address. */
function shortText(value: unknown): string | null {
  return typeof value === 'string' && /^[\w./:%-]{1,64}$/.test(value) ? value : null;
}
