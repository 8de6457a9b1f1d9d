import { getEventListeners, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import type { Config } from '../../../src/config/config.ts';
import { watchCentral } from '../../../src/daemon/central/watch-central.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/until.ts';

/** A watch of two addresses at which this answers. */
async function watched(answer: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    answer(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stopping = new AbortController();
  onTestFinished(() => {
    stopping.abort();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const hosts = [1, 2].map(() => ({ host: '127.0.0.1', port }));
  const central = { url: { hosts, user: 'a', database: 'a' }, caFile: null, passwordFile: null };
  const clock = new FakeClock(0);
  const settings = () => ({ central }) as unknown as Config;
  const watch = watchCentral({ settings, clock, signal: stopping.signal });
  return { watch, clock, stopping, sockets };
}

it('a watch over servers that do not answer ends at once when it is no longer wanted', async () => {
  const { watch, stopping, sockets } = await watched((socket) => void socket.resume());
  await until(() => sockets.length > 0);
  stopping.abort();
  await watch.ended;
  // Whoever waits until the first is given up asks the second.
  expect(sockets).toHaveLength(1);
});

it('a watch that goes on for long keeps nothing of the connections that it had', async () => {
  const { watch, clock, stopping, sockets } = await watched((socket) => void socket.destroy());
  await until(() => watch.reasons() !== null);
  expect(watch.reasons()?.map(({ code }) => code)).toEqual(['central.unreachable', 'central.unreachable']);
  const before = getEventListeners(stopping.signal, 'abort').length;
  for (let minute = 1; minute <= 5; minute += 1) {
    await clock.advance(minuteMs);
    await until(() => sockets.length === 2 + 2 * minute);
  }
  await until(() => getEventListeners(stopping.signal, 'abort').length <= before);
});
