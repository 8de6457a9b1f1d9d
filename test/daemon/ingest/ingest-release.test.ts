import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { startIngestLine } from '../../../src/daemon/ingest/ingest-line.ts';
import type { Fate } from '../../../src/daemon/intake/take-listing.ts';
import type { Arrival } from '../../../src/modem/receive/arrival.ts';
import { FakeClock } from '../../support/fake-clock.ts';

it('a text that another program brings is answered once the central register has it, and recorded once', async () => {
  const clock = new FakeClock();
  let accepted = 0;
  let isThere = false;
  const line = startIngestLine({
    ...{ clock, window: 10, retentionMs: 86_400_000, quietAlarmMs: null },
    recordTimeMs: () => clock.wallMs(),
    accept(arrivals) {
      accepted += arrivals.length;
      const fates = new Map<Arrival, Fate>(arrivals.map((arrival) => [arrival, 'visit']));
      return { fates, left: new Set() };
    },
    release: () => (isThere ? Promise.resolve() : Promise.reject(new AppError('central.not-committed'))),
    onState: () => {},
    onEvent: () => {},
  });
  const input = new PassThrough();
  let answers = '';
  const served = line.serve(input, async (lines) => {
    answers += lines;
  });
  input.end('{"id":"a","from":"01055500123","text":"031-324-2114"}\n');
  await clock.advance(5_000);
  expect(line.report()).toMatchObject({ state: 'holding', reason: 'central.not-committed' });
  expect(answers).toBe('');
  isThere = true;
  await clock.advance(30_000);
  expect(await served).toBe(0);
  expect([answers, accepted]).toEqual(['{"id":"a","kept":"visit"}\n', 1]);
  expect(line.report().state).toBe('ready');
  const stopping = line.stop();
  await clock.advance(5_000);
  await stopping;
});
