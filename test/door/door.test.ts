import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError, fault } from '../../src/base/errors.ts';
import { askDoor } from '../../src/door/ask-door.ts';
import { encodeFrame, encodeJson, frameTypes } from '../../src/door/frames.ts';
import type { DoorRequest } from '../../src/door/request.ts';
import { until } from '../support/until.ts';
import { asked, askingClient, openDoor, person, rawClient } from './talk.ts';

const write = (stream: Writable, text: string | Buffer) =>
  new Promise<Error | null | undefined>((resolve) => stream.write(text, resolve));

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no fault',
    (thrown: unknown) => (thrown instanceof AppError ? thrown.code : String(thrown)),
  );
}

describe('a command through the door', () => {
  it('a command through the door has the streams, the exit code and the request of its client', async () => {
    const seen: DoorRequest[] = [];
    const { socket } = await openDoor({
      async run(request, conversation) {
        seen.push(request);
        await write(conversation.output('stdout', null), 'rows\n');
        await write(conversation.output('stderr', null), 'said\n');
        return 4;
      },
    });
    const side = person();
    expect(await askDoor(socket, asked, side)).toBe(4);
    expect([side.said(), side.complained()]).toEqual(['rows\n', 'said\n']);
    expect(seen).toEqual([asked]);
  });

  it('a command through the door asks at the terminal of its client', async () => {
    const answers: (string | null)[] = [];
    const { socket } = await openDoor({
      async run(_request, conversation) {
        answers.push(await conversation.ask('Number: ', true), await conversation.ask('Sure? ', false));
        return 0;
      },
    });
    const questions: unknown[] = [];
    const ask = async (...question: [string, boolean]) => {
      questions.push(question);
      return question[1] ? '010-5550-0123' : null;
    };
    expect(await askDoor(socket, asked, person('', { ask }))).toBe(0);
    expect(questions).toEqual([
      ['Number: ', true],
      ['Sure? ', false],
    ]);
    expect(answers).toEqual(['010-5550-0123', null]);
  });

  it('a command through the door reads standard input as a stream, and sees terminals where the client has them', async () => {
    const seen: unknown[] = [];
    const { socket } = await openDoor({
      async run({ terminal }, conversation) {
        const input = conversation.input(false);
        seen.push((await input.toArray()).join(''));
        const stdout = conversation.output('stdout', terminal.stdout ? terminal : null);
        seen.push('isTTY' in stdout && stdout.isTTY, 'columns' in stdout && stdout.columns);
        return 0;
      },
    });
    const terminal = { stdin: false, stdout: true, stderr: false, columns: 100 };
    expect(await askDoor(socket, { ...asked, terminal }, person('two\nlines\n'))).toBe(0);
    expect(seen).toEqual(['two\nlines\n', true, 100]);
  });
});

describe('files of the client', () => {
  it('files of the client are read by the client, and only those that its command line names', async () => {
    const { socket, folder } = await openDoor({
      async run(_request, conversation) {
        const list = await conversation.files.read(join(folder, 'list.csv'), 1_000_000);
        const input = await conversation.files.read('-', 100);
        await write(conversation.output('stdout', null), `${list.length} ${input}`);
        await conversation.files.read('/etc/passwd', 100);
        return 0;
      },
    });
    writeFileSync(join(folder, 'list.csv'), 'x'.repeat(300_000));
    const side = person('typed');
    const args = ['venue', 'import', join(folder, 'list.csv')];
    expect(await codeOf(askDoor(socket, { ...asked, args }, side))).toBe('door.foreign-file');
    expect(side.said()).toBe('300000 typed');
  });

  it('files of the client are written by the client, mode 0600, whole or not at all', async () => {
    const { socket, folder } = await openDoor({
      async run({ args: [, , name = ''] }, conversation) {
        const output = await conversation.files.open(name, { force: false, of: 'export' });
        await output.write(Buffer.from('half, '));
        expect(existsSync(name)).toBe(false);
        await output.write(Buffer.alloc(200_000, 'x'));
        await output.finish();
        return 0;
      },
    });
    const name = join(folder, 'out');
    const request = { ...asked, args: ['export', '--output', name] };
    expect(await askDoor(socket, request, person())).toBe(0);
    expect(readFileSync(name, 'utf8')).toBe(`half, ${'x'.repeat(200_000)}`);
    expect(statSync(name).mode & 0o777).toBe(0o600);
  });

  it('files that cannot be made, read or written are faults of the command as they are without a door', async () => {
    const faults: string[] = [];
    const note = async (work: Promise<unknown>) => void faults.push(await codeOf(work));
    const { socket, folder } = await openDoor({
      async run({ args: [taken = '', nowhere = ''] }, { files }) {
        await note(files.open(taken, { force: false, of: 'export' }));
        await note(files.open(nowhere, { force: false, of: 'poster' }));
        await note(files.makeFolder(join(taken), 'poster'));
        const error: unknown = await files.read(nowhere, 10).catch((thrown: unknown) => thrown);
        faults.push(String((error as { code?: unknown }).code));
        return 0;
      },
    });
    const taken = join(folder, 'taken');
    writeFileSync(taken, 'mine');
    const args = [taken, join(folder, 'no', 'where')];
    expect(await askDoor(socket, { ...asked, args }, person())).toBe(0);
    expect(faults).toEqual(['export.exists', 'poster.unwritable', 'poster.exists', 'ENOENT']);
    expect(readFileSync(taken, 'utf8')).toBe('mine');
  });

  it('files of the client leave nothing behind if the command fails, or its server is killed', async () => {
    for (const end of ['fails', 'is cut'] as const) {
      const { socket, folder } = await openDoor({
        async run({ args: [name = ''] }, conversation) {
          const output = await conversation.files.open(name, { force: false, of: 'export' });
          await output.write(Buffer.alloc(100_000, 'x'));
          if (end === 'is cut') conversation.cut();
          else await output.abandon();
          return 1;
        },
      });
      const code = await codeOf(askDoor(socket, { ...asked, args: [join(folder, 'out')] }, person()));
      expect(code).toBe(end === 'is cut' ? 'door.cut' : 'no fault');
      expect(readdirSync(folder)).toEqual(['door.sock']);
    }
  });

  it('a disk that is full ends the command at its next write', async () => {
    let ended: Promise<string> | null = null;
    const { socket, folder } = await openDoor({
      run({ args: [name = ''] }, conversation) {
        const work = (async () => {
          const output = await conversation.files.open(name, { force: false, of: 'export' });
          for (;;) await output.write(Buffer.alloc(60_000, 'x'));
        })();
        ended = codeOf(work);
        return ended.then(() => 1 as const);
      },
    });
    const side = person();
    const full: unknown = Object.assign(new Error('full'), { code: 'ENOSPC' });
    const files = {
      ...side.files,
      open: async () => ({
        write: () => Promise.reject(full),
        finish: async () => {},
        abandon: async () => {},
      }),
    };
    const name = join(folder, 'out');
    const asking = askDoor(socket, { ...asked, args: [name] }, { ...side, files });
    expect(await asking).toBe(1);
    expect(await ended).toBe('export.unwritable');
  });
});

describe('the end of one side', () => {
  it('a server that ends without an exit code is an error of the client', async () => {
    const { socket } = await openDoor({
      async run(_request, conversation) {
        await write(conversation.output('stdout', null), 'half');
        conversation.cut();
        return 0;
      },
    });
    const side = person();
    expect(await codeOf(askDoor(socket, asked, side))).toBe('door.cut');
    expect(side.said()).toBe('half');
  });

  it('a body that ends properly, but without the trailer, is an error too', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.end(encodeFrame('stdout', Buffer.from('looks whole')));
    });
    const { socket, folder } = await openDoor({ run: async () => 0 });
    const other = join(folder, 'other.sock');
    await new Promise<void>((resolve) => server.listen(other, resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    expect(await codeOf(askDoor(other, asked, person()))).toBe('door.cut');
    expect(await askDoor(socket, asked, person())).toBe(0);
  });

  it('a client that is gone aborts the command', async () => {
    let ended: Promise<unknown> = Promise.resolve();
    const { socket } = await openDoor({
      run(_request, conversation) {
        const work = (async () => {
          const stdout = conversation.output('stdout', null);
          let error: Error | null | undefined = null;
          while (!error) error = await write(stdout, Buffer.alloc(10_000));
          return [(error as NodeJS.ErrnoException).code, conversation.signal.aborted];
        })();
        ended = work;
        return work.then(() => 1 as const);
      },
    });
    const { sending, response } = askingClient(socket);
    await once(await response, 'data');
    sending.destroy();
    expect(await ended).toEqual(['EPIPE', true]);
  });

  it('Ctrl-C aborts the command, which ends as it ends without a door', async () => {
    const ctrlC = new AbortController();
    const { socket } = await openDoor({
      async run(_request, { signal }) {
        ctrlC.abort();
        if (!signal.aborted) await once(signal, 'abort');
        return signal.aborted ? 1 : 0;
      },
    });
    expect(await askDoor(socket, asked, person('', { signal: ctrlC.signal }))).toBe(1);
  });

  it('a client that takes nothing is ended, and the command with it', async () => {
    let ended: Promise<unknown> = Promise.resolve();
    const { socket } = await openDoor({
      idleMs: 300,
      run(_request, conversation) {
        const work = (async () => {
          const stdout = conversation.output('stdout', null);
          let error: Error | null | undefined = null;
          while (!error) error = await write(stdout, Buffer.alloc(60_000));
          return conversation.signal.aborted;
        })();
        ended = work;
        return work.then(() => 1 as const);
      },
    });
    const { response } = askingClient(socket);
    (await response).pause();
    expect(await ended).toBe(true);
  });

  it('a client that takes slowly gets everything', async () => {
    const { socket } = await openDoor({
      idleMs: 2_000,
      async run(_request, conversation) {
        const stdout = conversation.output('stdout', null);
        for (let i = 0; i < 40; i += 1) await write(stdout, Buffer.alloc(50_000, 'x'));
        return 0;
      },
    });
    let bytes = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        void setTimeout(5).then(() => done());
      },
    });
    expect(await askDoor(socket, asked, person('', { stdout: slow }))).toBe(0);
    expect(bytes).toBe(2_000_000);
  });
});

describe('a refusal', () => {
  it('a refusal reaches the client as a fault, and nothing was done', async () => {
    const { socket } = await openDoor({
      run: () => Promise.reject(fault('door.refused', { command: 'export', user: 'desk', roles: 'reveal' })),
    });
    const error: unknown = await askDoor(socket, asked, person()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'door.refused',
      facts: { command: 'export', user: 'desk', roles: 'reveal' },
    });
  });
});

describe('what a hostile client sends', () => {
  const bad: readonly [what: string, bytes: Buffer][] = [
    ['garbage', Buffer.from('0123456789abcdef'.repeat(100))],
    [
      'a frame of 4 GiB',
      Buffer.concat([encodeJson('request', asked), Buffer.from('1100000000ffffff', 'hex')]),
    ],
    ['an answer that nobody asked for', Buffer.concat([encodeJson('request', asked), encodeFrame('done')])],
    ['data that nobody asked for', Buffer.concat([encodeJson('request', asked), encodeFrame('data')])],
    ['a second request', Buffer.concat([encodeJson('request', asked), encodeJson('request', asked)])],
    ['no request first', encodeFrame('interrupt')],
    ['a request that is no JSON', encodeFrame('request', Buffer.from('{'))],
    ['a request without arguments', encodeJson('request', { ...asked, args: undefined as never })],
    ['a language that is none', encodeJson('request', { ...asked, language: 'de' })],
    ['arguments that are no texts', encodeJson('request', { ...asked, args: [{}] })],
  ];

  it.each(bad)('%s ends the connection, and no command goes on', async (_what, bytes) => {
    const signals: AbortSignal[] = [];
    const { socket } = await openDoor({
      async run(_request, { signal }) {
        signals.push(signal);
        if (!signal.aborted) await once(signal, 'abort');
        return 0;
      },
    });
    const { sending, response, closed } = rawClient(socket);
    sending.write(bytes);
    const refused = response.then((answer) => {
      answer.resume();
      return answer.statusCode;
    });
    const end = await Promise.race([closed.then(() => 'closed'), refused]);
    expect(['closed', 400]).toContain(end);
    await until(() => signals.every(({ aborted }) => aborted));
  });

  it('another path or method is not served', async () => {
    const { socket } = await openDoor({ run: async () => 0 });
    for (const [text, status] of [
      ['GET /v1/run HTTP/1.1\r\nHost: x\r\n\r\n', '405'],
      ['POST /v1/other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n', '404'],
      ['not http at all\r\n\r\n', '400'],
    ] as const) {
      const connection = connect(socket);
      connection.write(text);
      let answer = '';
      for await (const chunk of connection) answer += String(chunk);
      expect(answer.split(' ')[1]).toBe(status);
    }
  });
});

describe('what a hostile server does', () => {
  it('a hostile server cannot make the client write what its command line does not name', async () => {
    const { socket, folder } = await openDoor({
      async run(_request, { files }) {
        await files.open(join(folder, 'profile'), { force: true, of: 'export' });
        return 0;
      },
    });
    expect(await codeOf(askDoor(socket, asked, person()))).toBe('door.foreign-file');
    expect(readdirSync(folder)).toEqual(['door.sock']);
  });

  it('garbage is an error of the client', async () => {
    const garbage = createNetServer((connection) => {
      connection.on('error', () => {});
      connection.end('HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n0123456789abcdef');
    });
    const { folder } = await openDoor({ run: async () => 0 });
    const socket = join(folder, 'garbage.sock');
    await new Promise<void>((resolve) => garbage.listen(socket, resolve));
    onTestFinished(() => void garbage.close());
    expect(await codeOf(askDoor(socket, asked, person()))).toBe('door.protocol');
    expect(frameTypes.stdout).not.toBe('0'.charCodeAt(0));
  });

  it('a connection that was made before is used, unless it has ended or the socket is not to be trusted', async () => {
    const { socket, folder } = await openDoor({ run: async () => 4 });
    const opened = async () => {
      const connection = connect(socket);
      await once(connection, 'connect');
      return connection;
    };
    const good = await opened();
    expect(await askDoor(socket, asked, person(), good)).toBe(4);
    expect(good.destroyed).toBe(true);
    const ended = await opened();
    ended.destroy();
    expect(await codeOf(askDoor(socket, asked, person(), ended))).toBe('door.cut');
    const other = await opened();
    expect(await codeOf(askDoor(join(folder, 'gone'), asked, person(), other))).toBe('door.unreachable');
    expect(other.destroyed).toBe(true);
  });

  it('a socket at which nothing listens is reported', async () => {
    const { folder } = await openDoor({ run: async () => 0 });
    expect(await codeOf(askDoor(join(folder, 'none'), asked, person()))).toBe('door.unreachable');
    writeFileSync(join(folder, 'file'), '');
    expect(await codeOf(askDoor(join(folder, 'file'), asked, person()))).toBe('door.unreachable');
  });
});
