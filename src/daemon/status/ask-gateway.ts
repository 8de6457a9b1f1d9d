import { request } from 'node:http';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import type { LineOfStatus, Status } from './status-object.ts';

const mostMs = 5_000;
const mostBytes = 8 * 1024 ** 2;

/**
 * The status of the gateway behind a socket.
 * @throws AppError `gateway.absent` (nothing listens), `gateway.forbidden` (no right to ask), `gateway.silent` (no answer
 * within 5 s), `gateway.unclear` (not an answer of a gateway)
 */
export async function askStatus(socketPath: string): Promise<Status> {
  return parse(socketPath, await askGateway(socketPath, '/status')) as Status;
}

/** Its lines alone; none if no gateway answers, or this user may not ask. */
export async function askLines(socketPath: string | null): Promise<readonly LineOfStatus[]> {
  if (socketPath === null) return [];
  try {
    return parse(socketPath, await askGateway(socketPath, '/lines')) as LineOfStatus[];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

function parse(socketPath: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw fault('gateway.unclear', { socket: socketPath, what: 'not JSON' });
  }
}

/** One answer of the gateway, as text. Errors: those of `askStatus`. */
export function askGateway(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, path, timeout: mostMs, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > mostBytes)
          asking.destroy(fault('gateway.unclear', { socket: socketPath, what: 'too long' }));
      });
      response.on('error', (error) => reject(unanswered(socketPath, error)));
      response.on('end', () => {
        clearTimeout(timeout);
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(fault('gateway.unclear', { socket: socketPath, what: String(response.statusCode) }));
      });
    });
    const timeout = setTimeout(() => asking.destroy(fault('gateway.silent', { socket: socketPath })), mostMs);
    asking.on('error', (error) => {
      clearTimeout(timeout);
      reject(unanswered(socketPath, error));
    });
    asking.end();
  });
}

/** Why a socket of the gateway's gave no answer. */
export function unanswered(socket: string, error: Error): AppError {
  if (error instanceof AppError) return error;
  const code = systemCodeOf(error) ?? 'unknown';
  if (code === 'EACCES' || code === 'EPERM') return fault('gateway.forbidden', { socket });
  if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTSOCK')
    return fault('gateway.absent', { socket });
  return fault('gateway.unclear', { socket, what: code });
}
