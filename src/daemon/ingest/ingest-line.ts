import { minuteMs, secondMs } from '../../base/amounts.ts';
import { type Clock, every, sleep } from '../../base/clock.ts';
import { codeOf, fault } from '../../base/errors.ts';
import type { Line, LineEvent, LineReport } from '../../modem/line.ts';
import { createLineStatus } from '../../modem/line-report.ts';
import { within } from '../../modem/port/deadline.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { waivedProofs } from '../../modem/recover/proofs.ts';
import { retryWaitMs } from '../../modem/recover/recovery.ts';
import { watchQuiet } from '../../modem/recover/watch-quiet.ts';
import type { Fate, ListingOutcome } from '../intake/take-listing.ts';
import { type RecordTaker, takeRecords } from './take-records.ts';

export interface IngestLineOptions extends Pick<RecordTaker, 'window' | 'retentionMs' | 'recordTimeMs'> {
  readonly clock: Clock;
  /** Returns once the texts are on disk; throws what the register refuses them with. */
  readonly accept: (arrivals: readonly Arrival[]) => Pick<ListingOutcome, 'fates' | 'left'>;
  /** Null if what was taken may be answered, else resolves once it may; rejects with why it may not yet. */
  readonly release: () => Promise<void> | null;
  /** A line that receives nothing for so long raises an alarm; null: never. */
  readonly quietAlarmMs: number | null;
  readonly onState: (report: LineReport) => void;
  readonly onEvent: (event: LineEvent) => void;
}

/** A line whose texts come through the gateway's own socket. */
export interface IngestLine extends Line {
  /**
   * Takes an input to its end, as `takeRecords`; while the register refuses texts it waits. Rejects with `line.stopped` if
   * the line stops: what is under way is answered first.
   */
  serve(input: AsyncIterable<Buffer>, answer: RecordTaker['answer']): Promise<number>;
}

const stopMs = 4 * secondMs;
const nothingTaken = { fates: new Map<Arrival, Fate>(), left: new Set<Arrival>() };
/** What a line may bring that cannot be decoded grows by one a second. */
const rubbishWaitMs = secondMs;

/** Starts the line. It is `ready` while somebody is connected, and for the time of its alarm after the last one left. */
export function startIngestLine(options: IngestLineOptions): IngestLine {
  const { clock, accept, release, quietAlarmMs } = options;
  const stopping = new AbortController();
  const status = createLineStatus(options.recordTimeMs, options.onState, options.onEvent);
  status.learn({ proofs: waivedProofs });
  const serving = new Set<Promise<unknown>>();
  let leftMs: number | null = null;
  let refusal: string | null = null;
  enter();
  const quiet = watchQuiet(clock, status, { alarm: 'ingest.quiet', alarmMs: quietAlarmMs });
  const watch = every(clock, minuteMs, enter);

  /** Nothing shows that texts come through a socket at which nobody is. */
  function enter(): void {
    const sinceMs = leftMs === null ? Number.POSITIVE_INFINITY : clock.monotonicMs() - leftMs;
    const isExpected = leftMs !== null && (quietAlarmMs === null || sinceMs < quietAlarmMs);
    if (refusal !== null) status.enter('holding', refusal);
    else if (serving.size > 0 || isExpected) status.enter('ready');
    else status.enter('unproven', 'ingest.nobody');
  }

  async function take(arrivals: readonly Arrival[]): Promise<ReadonlyMap<Arrival, Fate>> {
    const fates = new Map<Arrival, Fate>();
    let isReleased = false;
    for (let waiting = arrivals, refusals = 0; waiting.length > 0 || !isReleased; ) {
      let waitMs: number = rubbishWaitMs;
      try {
        const taken = waiting.length === 0 ? nothingTaken : accept(waiting);
        for (const [arrival, fate] of taken.fates) fates.set(arrival, fate);
        waiting = waiting.filter((arrival) => taken.left.has(arrival));
        // All is on disk here: what is left of it is to wait.
        if (waiting.length === 0) await release();
        isReleased = waiting.length === 0;
        refusals = 0;
        refusal = null;
      } catch (error) {
        refusal = codeOf(error);
        waitMs = retryWaitMs(refusals);
        refusals += 1;
      }
      enter();
      status.learn({ waiting: waiting.length });
      if (!isReleased && !(await sleep(clock, waitMs, stopping.signal))) throw fault('line.stopped');
    }
    status.count('texts', arrivals.length);
    status.learn({ lastTextAt: status.recordTimeMs() });
    return fates;
  }

  async function serveOne(input: AsyncIterable<Buffer>, answer: RecordTaker['answer']): Promise<number> {
    const { window, retentionMs, recordTimeMs } = options;
    return takeRecords(untilStopped(input, stopping.signal), {
      ...{ window, retentionMs, recordTimeMs, take, answer },
    });
  }

  return {
    report: () => status.report,
    async serve(input, answer) {
      if (stopping.signal.aborted) throw fault('line.stopped');
      const served = serveOne(input, answer);
      serving.add(served);
      status.count('opens');
      enter();
      try {
        return await served;
      } finally {
        serving.delete(served);
        leftMs = clock.monotonicMs();
        enter();
      }
    },
    async stop() {
      stopping.abort();
      await within(Promise.allSettled(serving), clock, stopMs);
      quiet.cancel();
      watch.cancel();
      status.enter('stopped');
    },
  };
}

/** The pieces of an input, up to the first after the stop. Error: `line.stopped`. */
async function* untilStopped(input: AsyncIterable<Buffer>, stopping: AbortSignal): AsyncGenerator<Buffer> {
  const pieces = input[Symbol.asyncIterator]();
  const stopped = new Promise<null>((resolve) => {
    stopping.addEventListener('abort', () => resolve(null), { once: true });
  });
  for (;;) {
    const next = stopping.aborted ? null : await Promise.race([pieces.next(), stopped]);
    if (next === null) throw fault('line.stopped');
    if (next.done === true) return;
    yield next.value;
  }
}
