import { setting } from '../../at/command.ts';
import { checkHealth } from '../recover/health.ts';
import type { QuietRule } from '../recover/quiet-line.ts';
import { retryWaitMs } from '../recover/recovery.ts';
import { attendQuiet, notePolled } from '../recover/watches.ts';
import { type Plan, run, type Session } from '../session.ts';
import type { Accept, Released } from './arrival.ts';
import { createReconciler, type Outcome, type Reconciler } from './reconcile.ts';
import { findHidden, scanMemories } from './scan-memories.ts';

/** What a line has before it. Times are monotonic milliseconds. */
export interface Agenda {
  readonly nowMs: number;
  /** Texts that came directly, are in the register, and are to be acknowledged. */
  readonly owed: number;
  /** A call rings. */
  readonly ringing: boolean;
  /** Something is said to lie in memories that were named. */
  readonly hinted: boolean;
  readonly everywhere: boolean;
  /** Settings or SIM may have changed. */
  readonly doubt: boolean;
  readonly scanDueMs: number;
  readonly healthDueMs: number;
  readonly lastHealthMs: number;
  /** The register refused: nothing is offered to it until then. */
  readonly holdUntilMs: number;
}

export type Task =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'hang-up' }
  | { readonly do: 'scan-all' }
  | { readonly do: 'scan-hinted' }
  | { readonly do: 'health' }
  | { readonly do: 'wait'; readonly delayMs: number };

/** A doubt is looked into at most this often: some models repeat what raises it for ever. */
const doubtMs = 10_000;

/** What to do next: what the network waits for first, then what is due, then what was announced. */
export function nextTask(agenda: Agenda): Task {
  const { nowMs } = agenda;
  const held = nowMs < agenda.holdUntilMs;
  if (agenda.owed > 0) return { do: 'acknowledge' };
  if (agenda.ringing) return { do: 'hang-up' };
  if (!held && (agenda.everywhere || nowMs >= agenda.scanDueMs)) return { do: 'scan-all' };
  const healthDueMs = agenda.doubt
    ? Math.min(agenda.healthDueMs, agenda.lastHealthMs + doubtMs)
    : agenda.healthDueMs;
  if (nowMs >= healthDueMs) return { do: 'health' };
  if (!held && agenda.hinted) return { do: 'scan-hinted' };
  const workMs = held ? agenda.holdUntilMs : agenda.scanDueMs;
  return { do: 'wait', delayMs: Math.min(workMs, healthDueMs) - nowMs };
}

/** RINGs that are further apart than this are of two calls. */
export const ringApartMs = 10_000;

/**
 * Ends a call: some modems hear no texts while one rings, or even after it (fault D7). Not every modem takes every
 * command, and one that takes it may have no call any more.
 */
export async function hangUp(session: Session, commands: readonly string[]): Promise<void> {
  for (const command of commands) if ((await run(session, setting(command))).ok) return;
  session.tell('warn', 'line.hang-up-refused');
}

export interface ReceiveOptions {
  readonly accept: Accept;
  readonly released: Released;
  readonly pollIntervalMs: number;
  readonly healthIntervalMs: number;
  readonly quiet: QuietRule;
}

/** When what is due next; monotonic milliseconds. */
interface Dues {
  scanMs: number;
  healthMs: number;
  lastHealthMs: number;
  holdUntilMs: number;
  refusals: number;
  /** Scans in a row that found no end. */
  voids: number;
  /** Texts that a poll finds from now on have come while notifications should have told of them. */
  hasPolled: boolean;
}

/** Then one slot, or one memory, hangs each time, and must not keep everything else waiting. */
const maxVoids = 3;

type Work = Exclude<Task, { do: 'wait' | 'health' | 'hang-up' | 'acknowledge' }>;

/**
 * Receives on a line that is set up, for as long as it lasts.
 * @throws AppError that says why the session is over
 */
export async function receive(session: Session, plan: Plan, options: ReceiveOptions): Promise<never> {
  const { clock, inbox } = session;
  const reconciler = createReconciler(session, plan, options.accept, options.released);
  const nowMs = clock.monotonicMs();
  const dues: Dues = {
    scanMs: nowMs,
    healthMs: nowMs,
    lastHealthMs: -Infinity,
    holdUntilMs: -Infinity,
    refusals: 0,
    voids: 0,
    hasPolled: false,
  };
  // The network sends no second text before the first is acknowledged: more than one is owed by earlier sessions.
  inbox.acknowledged(Math.max(0, inbox.owed - 1));
  session.status.enter('ready');
  for (;;) {
    session.signal.throwIfAborted();
    const task = nextTask({
      nowMs: clock.monotonicMs(),
      owed: plan.acknowledge ? inbox.owed : 0,
      ringing: inbox.ringing,
      hinted: inbox.hints.size > 0,
      everywhere: inbox.everywhere,
      doubt: inbox.doubt,
      scanDueMs: dues.scanMs,
      healthDueMs: dues.healthMs,
      lastHealthMs: dues.lastHealthMs,
      holdUntilMs: dues.holdUntilMs,
    });
    if (task.do === 'wait') await inbox.wait(clock, task.delayMs, session.signal);
    else if (task.do === 'health') await health(session, plan, reconciler, options, dues);
    else if (task.do === 'acknowledge') await acknowledge(session);
    else if (task.do === 'hang-up') {
      inbox.hungUp();
      await hangUp(session, plan.family.hangUp);
    } else await work(session, plan, reconciler, options, dues, task);
  }
}

/** The network keeps a text, and sends no other, until it is told that this one is on disk (fault C16). */
async function acknowledge(session: Session): Promise<void> {
  const { inbox } = session;
  for (; inbox.owed > 0; inbox.acknowledged(1)) await run(session, setting('AT+CNMA'));
  // One that comes late ends the direct delivery for good on some.
  inbox.raiseDoubt();
}

async function work(
  session: Session,
  plan: Plan,
  reconciler: Reconciler,
  options: ReceiveOptions,
  dues: Dues,
  task: Work,
): Promise<void> {
  const isPoll = task.do === 'scan-all' && dues.hasPolled;
  const outcome = await watched(session, plan, isPoll, () =>
    scanMemories(session, plan, reconciler, task.do === 'scan-all', dues.voids >= maxVoids),
  );
  note(session, options, dues, task, outcome);
  if (task.do === 'scan-all') dues.hasPolled = true;
}

/** Counts what `act` finds though nothing has announced anything, not even meanwhile. */
async function watched<T>(session: Session, plan: Plan, isPoll: boolean, act: () => Promise<T>): Promise<T> {
  const { inbox, status } = session;
  const { directs } = inbox;
  const isSilent = () => !inbox.everywhere && inbox.hints.size === 0 && inbox.directs === directs;
  const isFair = isPoll && plan.indication !== null && isSilent();
  const before = status.report.texts;
  const result = await act();
  if (isFair && isSilent()) notePolled(session, status.report.texts - before);
  return result;
}

async function health(
  session: Session,
  plan: Plan,
  reconciler: Reconciler,
  options: ReceiveOptions,
  dues: Dues,
): Promise<void> {
  session.inbox.clearDoubt();
  dues.lastHealthMs = session.clock.monotonicMs();
  dues.healthMs = dues.lastHealthMs + options.healthIntervalMs;
  await checkHealth(session, plan);
  await attendQuiet(session, options.quiet);
  // While the register refuses, texts lie in the modem with good reason.
  if (dues.refusals > 0) return;
  await watched(session, plan, dues.hasPolled, () => findHidden(session, plan, reconciler));
}

/** What the outcome means for what is due, and for the state that the line shows. */
function note(session: Session, options: ReceiveOptions, dues: Dues, task: Task, outcome: Outcome): void {
  const { status } = session;
  const nowMs = session.clock.monotonicMs();
  if (outcome.kind === 'void') {
    dues.voids += 1;
    if (dues.voids > maxVoids) dues.scanMs = nowMs + options.pollIntervalMs;
    return;
  }
  if (outcome.kind === 'done') {
    if (task.do === 'scan-all') {
      dues.scanMs = nowMs + options.pollIntervalMs;
      dues.voids = 0;
    }
    dues.refusals = 0;
    status.enter('ready');
    return;
  }
  dues.holdUntilMs = nowMs + retryWaitMs(dues.refusals);
  dues.refusals += 1;
  if (outcome.kind === 'held') status.enter('holding', outcome.reason);
  else status.enter('waiting-for-sim', 'sim.busy');
}
