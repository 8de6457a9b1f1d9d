import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createModemFinder } from '../../../src/modem/discovery/modem-finder.ts';
import { openerOf } from '../../../src/modem/port/open-port.ts';
import type { Transport } from '../../../src/modem/port/transport.ts';

const modems = createModemFinder({ clock: systemClock, reserved: () => [] });
let server: Server;
let transport: Transport | null = null;

beforeEach(async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await transport?.close();
  transport = null;
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

async function connected(): Promise<{ ours: Transport; theirs: Socket }> {
  const { port } = server.address() as AddressInfo;
  const arriving = once(server, 'connection');
  transport = await openerOf(`tcp://127.0.0.1:${port}`, 0, modems)();
  const [theirs] = (await arriving) as [Socket];
  theirs.on('error', () => {});
  return { ours: transport, theirs };
}

describe('a modem behind a serial server', () => {
  it('a modem behind a serial server gets commands and answers', async () => {
    const { ours, theirs } = await connected();
    const heard = new Promise<string>((resolve) =>
      ours.onBytes((bytes) => resolve(Buffer.from(bytes).toString())),
    );
    theirs.once('data', (bytes) => theirs.write(`heard ${bytes}`));
    await ours.write(Buffer.from('AT\r'));
    expect(await heard).toBe('heard AT\r');
  });

  it('a TCP port does not open if nothing listens', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(openerOf(`tcp://127.0.0.1:${port}`, 0, modems)()).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it.each([
    ['says goodbye', (theirs: Socket) => theirs.end(), null],
    ['breaks off', (theirs: Socket) => theirs.resetAndDestroy(), 'ECONNRESET'],
  ])('a TCP port reports that the other end %s', async (_name, part, code) => {
    const { ours, theirs } = await connected();
    ours.onBytes(() => {});
    const ended = new Promise<Error | null>((resolve) => ours.onClose(resolve));
    part(theirs);
    const why = await ended;
    expect((why as NodeJS.ErrnoException | null)?.code ?? null).toBe(code);
    await expect(ours.write(Buffer.from('AT\r'))).rejects.toThrow();
  });

  it('a closed TCP port reports nothing more and writes nothing', async () => {
    const { ours, theirs } = await connected();
    const told: unknown[] = [];
    ours.onBytes((bytes) => told.push(bytes));
    ours.onClose((why) => told.push(why));
    const gone = once(theirs, 'close');
    theirs.resume();
    await ours.close();
    await gone;
    await expect(ours.write(Buffer.from('AT\r'))).rejects.toMatchObject({ code: 'port.closed' });
    await ours.close();
    expect(told).toEqual([]);
  });
});
