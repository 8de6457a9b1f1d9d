import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSerial } from '../../../src/modem/port/serial.ts';
import type { Transport } from '../../../src/modem/port/transport.ts';
import { bridgeToPty, type PtyBridge } from '../../support/pty-bridge.ts';
import { until } from '../../support/until.ts';

let folder: string;
let server: Server;
let bridge: PtyBridge;
let transport: Transport | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-serial-'));
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  bridge = await bridgeToPty({ host: '127.0.0.1', port, link: join(folder, 'by-id') });
});

afterEach(async () => {
  await transport?.close();
  transport = null;
  await bridge.close();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

async function opened(): Promise<{ ours: Transport; theirs: Socket }> {
  const arriving = once(server, 'connection');
  transport = await openSerial(bridge.link, 115_200);
  const [theirs] = (await arriving) as [Socket];
  theirs.on('error', () => {});
  return { ours: transport, theirs };
}

describe('a modem on a serial device', () => {
  it('a modem on a pseudo-terminal, which has no modem control lines, gets commands and answers', async () => {
    const { ours, theirs } = await opened();
    const heard = new Promise<string>((resolve) =>
      ours.onBytes((bytes) => resolve(Buffer.from(bytes).toString())),
    );
    theirs.once('data', (bytes) => theirs.write(`heard ${bytes}`));
    await ours.write(Buffer.from('AT\r'));
    expect(await heard).toBe('heard AT\r');
  });

  it('a serial port loses nothing that the device has no room for yet', async () => {
    const { ours, theirs } = await opened();
    const sent = Buffer.alloc(300_000, 'AT+CMGS=0123456789\r');
    theirs.pause();
    const written = ours.write(sent);
    const heard: Buffer[] = [];
    setImmediate(() => theirs.on('data', (bytes: Buffer) => heard.push(bytes)).resume());
    await written;
    await until(() => Buffer.concat(heard).equals(sent));
  });

  it('a serial port reports that it was pulled, and opens again at its new path', async () => {
    const { ours } = await opened();
    ours.onBytes(() => {});
    const ended = new Promise((resolve) => ours.onClose(resolve));
    await bridge.drop();
    await ended;
    await expect(ours.write(Buffer.from('AT\r'))).rejects.toThrow();
    await expect(openSerial(bridge.link, 115_200)).rejects.toMatchObject({ code: 'ENOENT' });
    await ours.close();
    await bridge.back();
    const again = await opened();
    expect(again.theirs.destroyed).toBe(false);
  });

  it('C13, E5: a serial port that is open cannot be opened by another program that locks as well', async () => {
    await opened();
    await expect(openSerial(bridge.link, 115_200)).rejects.toMatchObject({ code: 'EBUSY' });
  });

  it('a serial port can be closed twice, and opened again after that', async () => {
    const first = await opened();
    const fresh = bridge.next('up');
    await first.ours.close();
    await first.ours.close();
    await expect(first.ours.write(Buffer.from('AT\r'))).rejects.toMatchObject({ code: 'port.closed' });
    await fresh;
    await opened();
  });
});
