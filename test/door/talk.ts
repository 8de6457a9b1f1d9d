import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { ownFiles } from '../../src/cli/own-files.ts';
import type { AskingSide } from '../../src/door/ask-door.ts';
import { encodeJson } from '../../src/door/frames.ts';
import { type DoorRequest, doorPath } from '../../src/door/request.ts';
import { type DoorOptions, doorServer } from '../../src/door/serve-door.ts';

export const asked: DoorRequest = {
  args: ['export', '--output', 'out'],
  language: 'en',
  terminal: { stdin: false, stdout: false, stderr: false, columns: null },
  told: { tty: null, remote: null },
  version: '1',
};

/** A door on a socket of its own, and a folder beside it. */
export async function openDoor(
  options: DoorOptions,
): Promise<{ readonly socket: string; readonly folder: string; readonly server: Server }> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-door-'));
  const socket = join(folder, 'door.sock');
  const server = doorServer(options);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { socket, folder, server };
}

export interface Person extends AskingSide {
  readonly said: () => string;
  readonly complained: () => string;
}

/** A person whose terminal keeps what it shows. */
export function person(input = '', more: Partial<AskingSide> = {}): Person {
  const stdin = Readable.from(input === '' ? [] : [input]);
  const [stdout, said] = kept();
  const [stderr, complained] = kept();
  return {
    ...{ stdin, stdout, stderr, said, complained },
    files: ownFiles(() => stdin),
    signal: new AbortController().signal,
    ask: async () => null,
    ...more,
  };
}

function kept(): [Writable, () => string] {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return [stream, () => Buffer.concat(chunks).toString('utf8')];
}

/** A client that sends what it likes. */
export function rawClient(socket: string): {
  readonly sending: ClientRequest;
  readonly response: Promise<IncomingMessage>;
  readonly closed: Promise<unknown>;
} {
  const sending = httpRequest({ socketPath: socket, path: doorPath, method: 'POST', agent: false });
  const response = new Promise<IncomingMessage>((resolve) => sending.once('response', resolve));
  const closed = new Promise<void>((resolve) => sending.once('close', () => resolve()));
  sending.on('error', () => {});
  return { sending, response, closed };
}

/** The same, having asked properly. */
export function askingClient(socket: string): ReturnType<typeof rawClient> {
  const client = rawClient(socket);
  client.sending.write(encodeJson('request', asked));
  return client;
}
