import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../../base/errors.ts';

export interface Answer {
  readonly type: string;
  readonly body: string;
}

/** What is answered, by path. What throws becomes a 500 with the error's code. */
export type Answers = Readonly<Record<string, () => Promise<Answer>>>;

const mostConnections = 16;
const mostHeaderBytes = 8_192;
const requestMs = 5_000;

/**
 * A server of few short answers: GET and HEAD only, one request a connection, no body read, each within 5 s.
 * Where it listens is up to the caller.
 */
export function createAnswerServer(answers: Answers): Server {
  const server = createServer(
    {
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: requestMs,
      keepAlive: false,
    },
    (request, response) => void answer(answers, request, response),
  );
  server.maxConnections = mostConnections;
  // A reader that stops reading is let go: nothing of ours waits for it.
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
    end(response, 500, plain(`${error instanceof AppError ? error.code : 'internal'}\n`));
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
