import { type IncomingMessage, request } from 'node:http';
import { fault, systemCodeOf } from '../../base/errors.ts';
import { type WireMessage, wireSocketOf } from './wire-message.ts';

interface FollowOptions {
  readonly statusSocket: string;
  readonly line: string;
  /** The gateway sets the line up anew once it is listened to. */
  readonly restart: boolean;
  /** Ends the trace. */
  readonly signal: AbortSignal;
  /** The next message is read when this has resolved. */
  readonly tell: (message: WireMessage) => Promise<void>;
}

/**
 * Follows what passes on a line's wire until `signal` aborts or the gateway ends it.
 * @throws AppError `wire.forbidden`, `wire.no-line`, `gateway.absent`, `gateway.unclear`
 */
export async function followWire(options: FollowOptions): Promise<void> {
  const socketPath = wireSocketOf(options.statusSocket);
  const answer = await ask(socketPath, options);
  if (answer === null) return;
  if (answer.statusCode === 404) throw fault('wire.no-line', { line: options.line });
  if (answer.statusCode !== 200)
    throw fault('gateway.unclear', { socket: socketPath, what: String(answer.statusCode) });
  for await (const line of linesOf(answer)) {
    if (options.signal.aborted) break;
    await options.tell(parse(socketPath, line));
  }
}

/** The reader who leaves and a gateway that is killed end an answer alike. */
async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of answer.setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (!cutShort.includes(systemCodeOf(error) ?? '')) throw error;
  }
}

const cutShort = ['ABORT_ERR', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'];

/** Null: the reader left before the answer. */
function ask(socketPath: string, { line, restart, signal }: FollowOptions): Promise<IncomingMessage | null> {
  const path = `/${encodeURIComponent(line)}${restart ? '?restart' : ''}`;
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, path, agent: false, signal }, resolve);
    asking.on('error', (error) => {
      if (signal.aborted) resolve(null);
      else reject(failure(socketPath, error));
    });
    asking.end();
  });
}

function failure(socket: string, error: Error): Error {
  const code = systemCodeOf(error) ?? 'unknown';
  if (code === 'EACCES' || code === 'EPERM') return fault('wire.forbidden', { socket });
  if (code === 'ENOENT' || code === 'ECONNREFUSED') return fault('gateway.absent', { socket });
  return fault('gateway.unclear', { socket, what: code });
}

function parse(socket: string, text: string): WireMessage {
  try {
    return JSON.parse(text) as WireMessage;
  } catch {
    throw fault('gateway.unclear', { socket, what: 'not JSON' });
  }
}
