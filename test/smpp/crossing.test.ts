import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createLineStatus } from '../../src/modem/line-report.ts';
import type { Arrival } from '../../src/modem/receive/arrival.ts';
import { AnswerMemory } from '../../src/smpp/answer-memory.ts';
import { encodePdu } from '../../src/smpp/codec.ts';
import { linkOpener } from '../../src/smpp/open-link.ts';
import { CarrierSession } from '../../src/smpp/session.ts';
import { until } from '../support/until.ts';

const text = (sequence: number) =>
  encodePdu('deliver_sm', {
    sequence,
    fields: { source_addr: '01055500123', short_message: Buffer.from('0313242114') },
  });

/** A centre in a thread of its own: it hands a text over, and again once `again` is set, whatever was answered. */
const centre = `
const { workerData, parentPort } = require('node:worker_threads');
require('node:net').createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    socket.write(Buffer.concat([workerData.bound, workerData.first]));
    Atomics.wait(workerData.again, 0, 0);
    socket.write(workerData.copy, () => {
      Atomics.store(workerData.again, 0, 2);
      Atomics.notify(workerData.again, 0);
    });
  });
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });`;

it('a copy that reaches this machine while the first text is being recorded is the same text', async () => {
  const again = new Int32Array(new SharedArrayBuffer(4));
  const bound = encodePdu('bind_receiver_resp', { sequence: 1 });
  const worker = new Worker(centre, {
    eval: true,
    workerData: { again, bound, first: text(1), copy: text(2) },
  });
  const [port] = (await once(worker, 'message')) as [number];
  const transport = await linkOpener({ host: '127.0.0.1', port, isSecure: false }, null)();
  const slots: (number | null)[] = [];
  let next = 0;
  const ignore = () => {};
  const session = new CarrierSession(transport, {
    ...{ clock: systemClock, alphabet: 'gsm7', window: 10 },
    memory: new AnswerMemory({ resendMs: 60_000, earlier: [], nowMs: 0, newSlot: () => next++ }),
    status: createLineStatus(() => systemClock.wallMs(), ignore, ignore),
    accept(listing: readonly Arrival[]) {
      slots.push(...listing.map(({ slot }) => slot));
      if (slots.length > 1) return { left: new Set(), known: 1 };
      // As long as a sync of a busy disk takes, nothing is read here.
      Atomics.store(again, 0, 1);
      Atomics.notify(again, 0);
      Atomics.wait(again, 0, 1);
      return { left: new Set(), known: 0 };
    },
    release: () => null,
    findEarlier: () => [],
    forget: ignore,
  });
  await session.bind({ kind: 'receiver', systemId: 'visitlog', password: '' });
  await until(() => slots.length === 2);
  expect(slots[1]).toBe(slots[0]);
  await worker.terminate();
  await session.close();
});
