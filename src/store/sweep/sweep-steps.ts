import type { AuditChain } from '../audit/audit-chain.ts';
import { registerError } from '../database/errors.ts';
import { freePages, giveBackPages, truncateWal } from '../database/space.ts';
import { transactions } from '../database/transaction.ts';
import type { RemovedRows } from './sweep-rows.ts';
import { nextStepRows, type SweepParts, type SweepStart, startOfSweep } from './sweep-start.ts';
import {
  addRows,
  noRows,
  type SweepOptions,
  type SweepPlan,
  type SweepResult,
  type SweepTally,
  type SweptRows,
  sweepTally,
} from './sweep-tally.ts';

/*
 * The order of a sweep is such that its process may die between any two system calls:
 *   1. What is going to end is written down, with the time that is believed. Nothing is destroyed yet.
 *   2. The keys go, each overwritten in place and synced. From here nothing brings the rows back, in no file and no
 *      copy: that is the promise, so it comes before the long work. What is left to do is tidying.
 *   3. The rows go, an hour at a time, counted in the transaction that removes them. They are found by their hour, key
 *      or no key, so those of a sweep that was killed go with the next. What is kept of the hour itself goes last.
 *   4. The ledger gets its line, and the anchor stands behind it.
 *   5. Free pages are given back, and the write-ahead log is cut to nothing.
 * Rows first would be the wrong way round: a sweep that died would leave a key that opens what older copies hold.
 * A row past its time is not shown, and goes with its hour, an hour later at the most. Rows of the form before the sealed
 * one go from an hour that has not ended, too.
 */

/** How long a step should take. A slow one takes some times as long, and a text waits for it besides its own commit. */
const budgetMs = 5;
const firstStepRows = 200;
const firstStepPages = 50;
/** A mark this young need not be written again if nothing else is. */
const markForMs = 300_000;

interface Sweeper extends SweepParts {
  readonly chain: AuditChain;
}

/** Yields between two steps; is sent whether to stop. */
type Steps<T> = Generator<void, T, boolean>;
type Done = Omit<SweepResult, 'steps' | 'longestStepMs' | 'durationMs'>;

interface Pass extends Sweeper {
  readonly start: SweepStart;
  readonly tally: SweepTally;
  readonly transact: <T>(work: () => T) => T;
  readonly gone: SweptRows;
  /** How many rows a step takes at the moment. */
  stepRows: number;
  freedPages: number;
  walTruncated: boolean;
}

function* sweepSteps(sweeper: Sweeper, options: SweepOptions): Steps<Done> {
  const pass = begin(sweeper, options);
  const finished =
    (yield* writeDown(pass)) &&
    (yield* destroyKeys(pass)) &&
    (yield* removeRows(pass)) &&
    (yield* writeLedger(pass, options)) &&
    (yield* giveBackSpace(pass));
  const { start, gone, freedPages, walTruncated } = pass;
  return {
    clock: start.clock,
    rows: gone,
    hours: start.hours,
    keys: start.keyed.length,
    misdated: start.misdated.size,
    freedPages,
    walTruncated,
    finished,
  };
}

function begin(sweeper: Sweeper, options: SweepOptions): Pass {
  sweeper.keys.forgetEnded();
  return {
    ...sweeper,
    start: startOfSweep(sweeper, options),
    tally: sweepTally(sweeper.db),
    transact: transactions(sweeper.db, [sweeper.keys]),
    gone: noRows(),
    stepRows: firstStepRows,
    freedPages: 0,
    walTruncated: false,
  };
}

/** If there is no room to write anything down, the keys are destroyed all the same: that takes none. */
function* writeDown(pass: Pass): Steps<boolean> {
  try {
    pass.transact(() => writeStart(pass));
    return true;
  } catch (error) {
    yield* destroyKeys(pass);
    throw error;
  }
}

/** What is sealed of a hour's texts, their kinds, is counted while there is a key; once, however often it is killed. */
function writeStart({ db, keys, rows, time, tally, start, gone }: Pass): void {
  const { mark, markBefore, hours, keyed, misdated, clock } = start;
  const put = db.prepare<[number, number]>('INSERT OR REPLACE INTO misdated (hour, ends_at) VALUES (?, ?)');
  for (const [hour, endsMs] of misdated) put.run(hour, endsMs);
  if (hours.length > 0) {
    const tallied = tally.read().keyed;
    tally.ending(hours, keyed);
    const kinds = noRows();
    for (const hour of keyed) if (!tallied.includes(hour)) addRows(kinds, rows.kindsOf(keys, hour));
    tally.gone(kinds);
    addRows(gone, kinds);
  }
  const known =
    markBefore !== null &&
    markBefore.boot === mark.boot &&
    markBefore.sinceMs === mark.sinceMs &&
    markBefore.confirmed === mark.confirmed &&
    clock.standing === 'sound' &&
    mark.uptimeMs - markBefore.uptimeMs < markForMs;
  if (!known || hours.length > 0 || misdated.size > 0) time.setMark(mark);
}

function* destroyKeys({ start, transact, keys, time }: Pass): Steps<boolean> {
  const left = [...start.hours];
  while (left.length > 0) {
    if (yield) return false;
    const untilMs = time.clock.monotonicMs() + budgetMs;
    transact(() => {
      for (const hour of [...left]) {
        if (time.clock.monotonicMs() > untilMs) break;
        keys.destroy(hour);
        left.shift();
      }
    });
  }
  return true;
}

function* removeRows(pass: Pass): Steps<boolean> {
  const { start, rows, retentionMs, tally } = pass;
  const { hours, partlyPast, clock } = start;
  const tallied = new Set(tally.read().keyed);
  for (const hour of hours) {
    const forget = () => rows.forgetHour(hour);
    const remove = (limit: number) => rows.removeHour(hour, limit, tallied.has(hour));
    if (!(yield* removeAll(pass, remove, forget))) return false;
  }
  if (partlyPast !== null) {
    const { hour, lastPastMs } = partlyPast;
    if (!(yield* removeAll(pass, (limit) => rows.removePast(hour, limit, lastPastMs)))) return false;
  }
  return yield* removeAll(pass, (limit) => rows.removeSeen(limit, clock.cutMs - retentionMs));
}

function* removeAll(pass: Pass, remove: (limit: number) => RemovedRows, atEnd?: () => void): Steps<boolean> {
  for (let more = true; more; ) {
    if (yield) return false;
    more = removeSome(pass, remove, atEnd);
  }
  return true;
}

/** One step; whether there is another. `atEnd` is part of the last one. */
function removeSome(pass: Pass, remove: (limit: number) => RemovedRows, atEnd?: () => void): boolean {
  const { time, tally, transact, gone, stepRows } = pass;
  const fromMs = time.clock.monotonicMs();
  const step = transact(() => {
    const done = remove(stepRows);
    if (done.removed > 0) tally.gone(done.rows);
    if (done.removed < stepRows) atEnd?.();
    return done;
  });
  addRows(gone, step.rows);
  pass.stepRows = nextStepRows(stepRows, time.clock.monotonicMs() - fromMs, budgetMs);
  return step.removed >= stepRows;
}

function* writeLedger({ chain, tally, transact }: Pass, { who, command }: SweepOptions): Steps<boolean> {
  if (yield) return false;
  transact(() => {
    const line = tally.take();
    if (line === null) chain.settle();
    else chain.append({ kind: 'destroyed', cause: 'expired', ...line, method: 'key', who, command });
  });
  chain.anchor();
  return true;
}

function* giveBackSpace(pass: Pass): Steps<boolean> {
  const { db, time } = pass;
  let pages = firstStepPages;
  for (let free = freePages(db); free > 0; ) {
    if (yield) return false;
    const fromMs = time.clock.monotonicMs();
    giveBackPages(db, pages);
    const left = freePages(db);
    // What came in meanwhile may have taken free pages, or none can be given back: either way it is done.
    if (left >= free) break;
    pass.freedPages += free - left;
    free = left;
    pages = nextStepRows(pages, time.clock.monotonicMs() - fromMs, budgetMs);
  }
  if (yield) return false;
  pass.walTruncated = truncateWal(db);
  return true;
}

/**
 * One pass over what is past, in the steps above, with a pause after each: texts that come meanwhile are
 * stored in between. Errors are the register's; what was done before one stays done, and the next pass goes on from
 * there. Two passes at a time, in one process or in two, do no harm.
 */
export async function sweepOnce(sweeper: Sweeper, options: SweepOptions): Promise<SweepResult> {
  const { clock } = sweeper.time;
  const pause = options.pause ?? nextTurn;
  const passMs = clock.monotonicMs();
  const pass = sweepSteps(sweeper, options);
  let longestStepMs = 0;
  for (let steps = 1; ; steps += 1) {
    const stepMs = clock.monotonicMs();
    const step = nextStep(pass, options);
    const tookMs = clock.monotonicMs() - stepMs;
    longestStepMs = Math.max(longestStepMs, tookMs);
    if (step.done) return { ...step.value, steps, longestStepMs, durationMs: clock.monotonicMs() - passMs };
    await pause(tookMs);
  }
}

function nextStep(pass: ReturnType<typeof sweepSteps>, { signal }: SweepOptions) {
  try {
    return pass.next(signal?.aborted ?? false);
  } catch (error) {
    throw registerError(error);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What `sweepOnce` would do now, counted; changes nothing. */
export function planSweep(parts: SweepParts, options: Pick<SweepOptions, 'force' | 'maxShare'>): SweepPlan {
  const { clock, hours, keyed, partlyPast } = startOfSweep(parts, options);
  const rows = noRows();
  const { keys } = parts;
  for (const hour of hours) addRows(rows, parts.rows.count(keys, hour));
  if (partlyPast !== null) addRows(rows, parts.rows.count(keys, partlyPast.hour, partlyPast.lastPastMs));
  rows.seen += parts.rows.countSeen(clock.cutMs - parts.retentionMs);
  return { clock, rows, hours, keys: keyed.length };
}
