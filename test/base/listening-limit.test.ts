import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { listeningLimit } from '../../src/base/listening-limit.ts';

const limitMs = 200;

describe('the limit of what another is waited for', () => {
  const ends: (() => unknown)[] = [];

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  /** A server in a thread of its own: it answers a connection while this thread does something else; or never. */
  async function beginServer(answer: string): Promise<number> {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       const server = require('node:net').createServer((socket) => socket.write(${JSON.stringify(answer)}));
       server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
      { eval: true },
    );
    ends.push(() => worker.terminate());
    const [port] = (await once(worker, 'message')) as [number];
    return port;
  }

  async function ask(port: number, busyMs: number): Promise<{ what: string; afterMs: number }> {
    const socket = connect(port, '127.0.0.1');
    ends.push(() => socket.destroy());
    await once(socket, 'connect');
    const beganMs = performance.now();
    const came = new Promise<string>((resolve) => {
      const limit = listeningLimit(limitMs, () => resolve('expired'));
      socket.once('data', (data) => {
        limit.clear();
        resolve(String(data));
      });
    });
    while (performance.now() - beganMs < busyMs);
    const what = await came;
    return { what, afterMs: performance.now() - beganMs };
  }

  it('reads an answer that came while the process was busy for longer than that', async () => {
    const port = await beginServer('ready');
    expect((await ask(port, 3 * limitMs)).what).toBe('ready');
  });

  it('ends for one who does not answer, also after the process was busy', async () => {
    const port = await beginServer('');
    expect(await ask(port, 0)).toMatchObject({ what: 'expired' });
    const { what, afterMs } = await ask(port, 3 * limitMs);
    expect(what).toBe('expired');
    expect(afterMs).toBeGreaterThanOrEqual(3 * limitMs);
  });
});
