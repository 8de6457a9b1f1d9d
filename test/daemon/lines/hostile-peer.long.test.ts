import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { simulatedTransport } from '../../../src/cli/demo/run.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { startGateway } from '../../../src/daemon/gateway.ts';
import { openTcp } from '../../../src/modem/port/tcp.ts';
import { createModem } from '../../../src/simulator/modem.ts';
import { createVisitors } from '../../../src/simulator/visitors.ts';
import { until } from '../../support/until.ts';
import { makeWorkspace, scratchParent } from '../../support/workspace.ts';

/** On a thread of its own, so that it takes no time of the gateway's loop. */
const floodingPeer = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const octets = Buffer.from(Array.from({ length: 4000 }, (_, i) => '\\r\\n+CMTI: "SM",' + i + '\\r\\n').join(''));
const server = createServer((socket) => {
  socket.on('error', () => {});
  const pump = () => {
    while (!socket.destroyed && socket.write(octets));
    socket.once('drain', pump);
  };
  pump();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

it('B17 peer-flood: a peer that repeats +CMTI as fast as TCP takes it is closed and backed off, and another line goes on', async () => {
  const peer = new Worker(floodingPeer, { eval: true });
  const [port] = (await once(peer, 'message')) as [number];
  const modem = createModem({ family: 'ec25', clock: systemClock, capacity: 50 });
  const workspace = makeWorkspace(scratchParent);
  workspace.configure('tcp://127.0.0.1:1', `[[line]]\nname = "line2"\nport = "tcp://127.0.0.1:${port}"`);
  const { config } = await loadConfig({ file: workspace.configFile, env: {}, required: 'line' });
  const warnings: unknown[] = [];
  const gateway = startGateway({
    config,
    clock: systemClock,
    log: {
      write: (...[level, event, fields]) => {
        if (level === 'warn') warnings.push({ event, ...fields });
      },
    },
    openTransport: ({ name }) =>
      name === 'line1' ? simulatedTransport(modem) : () => openTcp('127.0.0.1', port),
  });
  try {
    const of = (name: string) => gateway.reports().get(name);
    const visitors = createVisitors({ seed: 1, plain: true });
    const { journal } = modem.network;
    for (let text = 0; text < 20; text += 1) {
      modem.network.sendParts(visitors.next(systemClock.wallMs() - (20 - text) * 60_000).parts);
      await until(() => journal.counts().queued + journal.counts().stored === 0);
    }
    expect(of('line1')).toMatchObject({ state: 'ready', texts: 20 });
    await until(() => (of('line2')?.opens ?? 0) >= 3);
    expect(of('line2')?.alarms).toEqual(['line.flooded']);
    expect(warnings).toContainEqual(
      expect.objectContaining({ event: 'line.recovering', reason: 'line.flooded', what: 'lines' }),
    );
    const { reasons } = await gateway.status();
    expect(reasons.map(({ code, line }) => `${code} ${line}`)).toContain('line.flooded line2');
  } finally {
    await gateway.stop();
    await peer.terminate();
    modem.dispose();
    workspace.remove();
  }
});
