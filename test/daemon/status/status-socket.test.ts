import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { askGateway, askStatus } from '../../../src/daemon/status/ask-gateway.ts';
import { type Answers, openStatusSocket } from '../../../src/daemon/status/status-socket.ts';
import { startCommand } from '../../support/program.ts';
import { until } from '../../support/until.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'visitlog-socket-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const answers: Answers = {
  '/status': async () => ({ type: 'application/json', body: '{"status":"well"}' }),
  '/bad': async () => {
    throw new AppError('register.io');
  },
};

async function opened(path = join(folder(), 'visitlog.sock')) {
  const socket = await openStatusSocket(path, answers);
  onTestFinished(() => socket.close());
  return { path, socket };
}

function fileAt(path: string): string {
  writeFileSync(path, '');
  return path;
}

const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => 'none',
    (error: AppError) => error.code,
  );

/** What comes back for octets as they are. */
async function say(path: string, octets: string): Promise<string> {
  const socket = connect(path);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  socket.on('error', () => {});
  socket.write(octets);
  await once(socket, 'close');
  return heard.split('\r\n')[0] ?? '';
}

describe('the status socket', () => {
  it('the status socket answers, has the mode 0660, and is removed at its end', async () => {
    const { path, socket } = await opened();
    expect(await askStatus(path)).toEqual({ status: 'well' });
    expect(statSync(path).mode & 0o777).toBe(0o660);
    await socket.close();
    expect(existsSync(path)).toBe(false);
  });

  it('the status socket replaces the socket of a gateway that was killed', async () => {
    const path = join(folder(), 'visitlog.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
    const dead = startCommand(process.execPath, ['-e', script]);
    await dead.line((line) => line === 'up');
    await dead.kill();
    expect(existsSync(path)).toBe(true);
    await opened(path);
    expect(await askStatus(path)).toEqual({ status: 'well' });
  });

  it('the status socket never replaces a socket that something answers at', async () => {
    const path = join(folder(), 'visitlog.sock');
    const other = createServer(() => {}).listen(path);
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    expect(await codeOf(openStatusSocket(path, answers))).toBe('status.in-use');
    expect(existsSync(path)).toBe(true);
  });

  it.each<[string, string, (path: string) => string]>([
    ['there is a file in its place', 'status.not-a-socket', fileAt],
    ['its folder is not there', 'status.folder-missing', (path) => join(path, 'no', 'visitlog.sock')],
    [
      'its path is longer than the kernel takes',
      'status.path-too-long',
      (path) => join(path, 'x'.repeat(107)),
    ],
  ])('the status socket is refused if %s', async (_, code, place) => {
    expect(await codeOf(openStatusSocket(place(join(folder(), 'visitlog.sock')), answers))).toBe(code);
  });

  it.each([
    ['GET /status HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 200 OK'],
    ['HEAD /status HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 200 OK'],
    ['GET /status?verbose HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 200 OK'],
    ['GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 404 Not Found'],
    ['GET /constructor HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 404 Not Found'],
    ['POST /status HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 405 Method Not Allowed'],
    ['GET /bad HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 500 Internal Server Error'],
    [
      `GET /status HTTP/1.1\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`,
      'HTTP/1.1 431 Request Header Fields Too Large',
    ],
    ['AT+CMGL=4\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
  ])('the status socket answers %j with %s', async (octets, first) => {
    const { path } = await opened();
    expect(await say(path, octets)).toBe(first);
  });

  it('the status socket reads no more than eight thousand octets of a request', async () => {
    const { path } = await opened();
    const first = await say(path, `GET /status HTTP/1.1\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`);
    expect(first).toBe('HTTP/1.1 431 Request Header Fields Too Large');
  });

  it.each([24, 48])(
    'the status socket answers while %i connections are open that ask nothing',
    async (many) => {
      const { path } = await opened();
      const idle = Array.from({ length: many }, () => connect(path).on('error', () => {}));
      onTestFinished(() => {
        for (const socket of idle) socket.destroy();
      });
      await Promise.all(idle.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])));
      expect(await askStatus(path)).toEqual({ status: 'well' });
      await until(() => idle.filter((socket) => !socket.closed).length <= 16);
    },
  );
});

describe('a command that asks the gateway', () => {
  it('a command that asks the gateway learns that no gateway runs', async () => {
    expect(await codeOf(askStatus(join(folder(), 'visitlog.sock')))).toBe('gateway.absent');
  });

  it('a command that asks the gateway learns that something else answers', async () => {
    const { path } = await opened();
    expect(await codeOf(askGateway(path, '/nothing'))).toBe('gateway.unclear');
    const other = join(folder(), 'other.sock');
    const server = createServer((socket) => socket.end('220 ready\r\n')).listen(other);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    expect(await codeOf(askStatus(other))).toBe('gateway.unclear');
  });

  it.skipIf(process.getuid?.() === 0)(
    'a command without the rights to ask the gateway is refused',
    async () => {
      const { path } = await opened();
      chmodSync(path, 0o000);
      expect(await codeOf(askStatus(path))).toBe('gateway.forbidden');
    },
  );
});
