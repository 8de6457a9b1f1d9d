import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp, type TcpServer } from '../../src/simulator/tcp.ts';
import { until } from '../support/until.ts';

let modem: SimulatedModem;
let server: TcpServer;
const sockets: Socket[] = [];

beforeEach(async () => {
  modem = createModem({ family: 'ec25', clock: systemClock, bootScale: 0 });
  server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
  modem.dispose();
});

async function open(): Promise<Socket> {
  // While nobody listens, a connection from the address that it goes to can meet itself.
  const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: '127.0.0.2' });
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function hear(socket: Socket, end: string): Promise<string> {
  let heard = '';
  while (!heard.endsWith(end)) heard += String(((await once(socket, 'data')) as [Buffer])[0]);
  return heard;
}

describe('a modem behind a serial server', () => {
  it('a modem behind a serial server answers over TCP', async () => {
    const socket = await open();
    socket.write('AT+CGMM\r');
    expect(await hear(socket, 'OK\r\n')).toBe('AT+CGMM\r\r\nEC25\r\n\r\nOK\r\n');
  });

  it('a modem behind a serial server serves one host at a time: a second one waits for a first that is going, a third is told and refused', async () => {
    const first = await open();
    const second = await open();
    const third = await open();
    expect(await hear(third, '\n')).toBe('Port already in use\r\n');
    await once(third, 'close');
    second.write('AT+CGMI\r');
    first.write('AT\r');
    expect(await hear(first, 'OK\r\n')).toBe('AT\r\r\nOK\r\n');
    const answer = hear(second, 'OK\r\n');
    first.destroy();
    expect(await answer).toBe('AT+CGMI\r\r\nQuectel\r\n\r\nOK\r\n');
  });

  it('a modem behind a serial server tells a second host whose first stays, and refuses it', async () => {
    const first = await open();
    const second = await open();
    expect(await hear(second, '\n')).toBe('Port already in use\r\n');
    await once(second, 'close');
    first.write('AT\r');
    expect(await hear(first, 'OK\r\n')).toBe('AT\r\r\nOK\r\n');
  });

  it('a modem behind a serial server hangs up while the stick is pulled, refuses connections, and then listens again at the same port', async () => {
    const socket = await open();
    socket.write('AT\r');
    await hear(socket, 'OK\r\n');
    const closed = once(socket, 'close');
    modem.unplug();
    await closed;
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    modem.plug();
    const again = await openSoon();
    let heard = '';
    again.on('data', (bytes: Buffer) => {
      heard += bytes;
    });
    // It starts up meanwhile, and does not hear what comes too early.
    await until(() => {
      again.write('AT\r');
      return heard.includes('OK\r\n');
    });
  });

  it('a serial server fails with a code if the address is in use', async () => {
    await expect(serveTcp(modem, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({
      code: 'simulator.tcp.listen',
    });
  });
});

async function openSoon(): Promise<Socket> {
  for (;;) {
    try {
      return await open();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
