import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import type { Config } from '../../config/config.ts';
import type { WireTap } from '../../modem/port/wire-tap.ts';
import type { Log } from '../log/log.ts';
import { type Service, serveAtSocket } from '../status/serve-status.ts';
import { openSocket } from '../status/status-socket.ts';
import { longestTraceMs, type WireMessage, wireSocketOf } from './wire-message.ts';

/** The lines whose wires can be traced. */
interface TracedLines {
  tapOf(name: string): WireTap | undefined;
  restart(name: string): Promise<void>;
}

/** What a reader may leave unread; what comes then is counted and dropped, because the line waits for nobody. */
const mostUnreadBytes = 1_048_576;
const mostReaders = 4;
const requestMs = 5_000;

/** Serves what passes on the wires, if there is a status socket. */
export function serveWire(
  lines: TracedLines,
  { status }: Pick<Config, 'status'>,
  clock: Clock,
  log: Log,
): Service {
  if (status.socket === null) return { close: async () => {} };
  const path = wireSocketOf(status.socket);
  return serveAtSocket(
    path,
    openSocket(path, () => createWireServer(lines, clock), 0o600),
    log,
  );
}

/** `GET /LINE` tells until the reader leaves or ten minutes are over; `?restart` first sets the line up anew. */
function createWireServer(lines: TracedLines, clock: Clock): Server {
  const server = createServer(
    { headersTimeout: requestMs, requestTimeout: requestMs },
    (request, response) => {
      const { name, restart } = wantedOf(request);
      const tap = lines.tapOf(name);
      if (tap === undefined) {
        response.writeHead(404, { connection: 'close' }).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'application/x-ndjson', connection: 'close' });
      response.flushHeaders();
      tell(tap, response, clock);
      if (restart) void lines.restart(name);
    },
  );
  server.maxConnections = mostReaders;
  return server;
}

function wantedOf({ url = '/' }: IncomingMessage): { name: string; restart: boolean } {
  const [path = '', query] = url.slice(1).split('?');
  return { name: decodeName(path), restart: query === 'restart' };
}

function decodeName(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

function tell(tap: WireTap, response: ServerResponse, clock: Clock): void {
  let lostLines = 0;
  const send = (message: WireMessage) => response.write(`${JSON.stringify(message)}\n`);
  const tellLost = () => {
    if (lostLines > 0) send({ lostLines });
    lostLines = 0;
  };
  const stopListening = tap.listen((source, octets) => {
    if (response.writableLength > mostUnreadBytes) {
      lostLines += linesIn(source === 'host' ? carriageReturn : lineFeed, octets);
      return;
    }
    tellLost();
    send({ atMs: clock.wallMs(), source, octets: Buffer.from(octets).toString('latin1') });
  });
  const limit = clock.after(longestTraceMs, () => response.end());
  response.on('drain', tellLost);
  response.on('error', () => {});
  response.once('close', () => {
    stopListening();
    limit.cancel();
  });
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** At least one: something was lost. */
function linesIn(lineEnd: number, octets: Uint8Array): number {
  return Math.max(1, octets.filter((octet) => octet === lineEnd).length);
}
