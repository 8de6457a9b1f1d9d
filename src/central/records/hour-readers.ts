import { Worker } from 'node:worker_threads';
import { builtModule } from '../../base/built-module.ts';
import { died, type PlainError, revived } from '../../store/readers/thread-errors.ts';
import { stopThread } from '../../store/readers/threads.ts';
import type { Window } from '../../store/records.ts';
import type { HourReaderPlace } from './central-reader.ts';
import type { OpenedHour } from './fetched-hours.ts';
import type { LineOfGateway } from './lines-of-gateways.ts';
import type { VisitFilter } from './open-rows.ts';

/** What a thread is started with. */
export interface HourReaderTask {
  readonly place: HourReaderPlace;
  readonly password: string | null;
  readonly window: Window;
  readonly filter: VisitFilter;
  readonly lines: readonly LineOfGateway[];
}

/** To a reader: one more hour, into memory that goes to and fro; or that no more is wanted. */
export type ToHourReader = { readonly room: ArrayBuffer } | 'stop';

/** From a reader: hours in their order. */
export type FromHourReader =
  | { readonly kind: 'opened'; readonly opened: OpenedHour }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** Hours in work at once: one that is written, one that waits, and one that the thread opens. */
const mostHours = 3;

/** The opened hours of a window, by a thread with a connection of its own. Errors: `central.…`, `register.reader-died`. */
export async function* hoursByThread(task: HourReaderTask): AsyncGenerator<OpenedHour> {
  const worker = new Worker(builtModule('central/records/hour-reader'), { workerData: task });
  const come: FromHourReader[] = [];
  let failure: unknown = null;
  let wake = () => {};
  worker.on('message', (message: FromHourReader) => {
    come.push(message);
    wake();
  });
  const fail = (error: unknown) => {
    failure ??= error;
    wake();
  };
  worker.on('error', (error) => fail(died(error)));
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      fail(died());
      resolve();
    });
  });
  const give = (room: ArrayBuffer) => worker.postMessage({ room } satisfies ToHourReader, [room]);
  try {
    for (let hour = 0; hour < mostHours; hour += 1) give(new ArrayBuffer(0));
    for (;;) {
      const message = come.shift();
      if (message === undefined) {
        if (failure !== null) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (message.kind === 'failed') throw revived(message.error);
      if (message.kind === 'end') return;
      yield message.opened;
      give(message.opened.octets.buffer as ArrayBuffer);
    }
  } finally {
    await stopThread(worker, exited);
  }
}
