import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Log } from '../log/log.ts';
import { type Service, serveAtSocket } from '../status/serve-status.ts';
import { openSocket } from '../status/status-socket.ts';
import type { IngestLine } from './ingest-line.ts';
import { ingestSocketOf, refusedTrailer, writeInto } from './ingest-socket.ts';

interface IngestLines {
  ingestLineOf(name: string): IngestLine | undefined;
}

const mostSenders = 16;
const requestMs = 5_000;

/** Takes texts at the socket for them, if there is a status socket. */
export function serveIngest(lines: IngestLines, { status }: Pick<Config, 'status'>, log: Log): Service {
  if (status.socket === null) return { close: async () => {} };
  const path = ingestSocketOf(status.socket);
  return serveAtSocket(
    path,
    openSocket(path, () => createIngestServer(lines), 0o660),
    log,
  );
}

/** `POST /LINE`: JSON lines in, and one out for each once its text is on disk; both for as long as the sender likes. */
function createIngestServer(lines: IngestLines): Server {
  const server = createServer(
    { headersTimeout: requestMs, requestTimeout: 0, keepAlive: false },
    (request, response) => void take(lines, request, response),
  );
  server.maxConnections = mostSenders;
  return server;
}

async function take(lines: IngestLines, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Whoever leaves is noticed by what is written next.
  for (const stream of [request, response]) stream.on('error', () => {});
  const line = request.method === 'POST' ? lines.ingestLineOf((request.url ?? '').slice(1)) : undefined;
  if (line === undefined) {
    response.writeHead(request.method === 'POST' ? 404 : 405, { connection: 'close' }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/x-ndjson',
    trailer: refusedTrailer,
    connection: 'close',
  });
  response.flushHeaders();
  try {
    const refused = await line.serve(request, (answers) => writeInto(response, answers));
    response.addTrailers({ [refusedTrailer]: String(refused) });
    response.end();
  } catch (error) {
    // What was answered goes out; without the trailer the sender knows that it is not all.
    if (error instanceof AppError) response.end();
    else response.destroy();
  }
}
