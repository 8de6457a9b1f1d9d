import { nextTask, type Task } from './agenda.ts';
import type { Accept, Released } from './arrival.ts';
import { attendQuiet, notePolled } from './arrivals-watch.ts';
import { hangUp } from './hang-up.ts';
import { checkHealth } from './health.ts';
import { findHidden } from './hidden-texts.ts';
import type { QuietRule } from './quiet-line.ts';
import { createReconciler, type Outcome, type Reconciler } from './reconcile.ts';
import { retryWaitMs } from './recovery.ts';
import type { Plan, Session } from './session.ts';

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
  /** Texts that a poll finds from now on have come while notifications should have told of them. */
  hasPolled: boolean;
}

type Work = Exclude<Task, { do: 'wait' | 'health' | 'hang-up' }>;

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
    hasPolled: false,
  };
  session.status.enter('ready');
  for (;;) {
    session.signal.throwIfAborted();
    const task = nextTask({
      nowMs: clock.monotonicMs(),
      directs: inbox.directs.length,
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
    else if (task.do === 'hang-up') {
      inbox.hungUp();
      await hangUp(session, plan.family.hangUp);
    } else await work(session, plan, reconciler, options, dues, task);
  }
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
  const outcome = await watched(session, plan, isPoll, () => perform(session, plan, reconciler, task));
  note(session, options, dues, task, outcome);
  if (task.do === 'scan-all') dues.hasPolled = true;
}

/** Counts what `act` finds though nothing has announced anything, not even meanwhile. */
async function watched<T>(session: Session, plan: Plan, isPoll: boolean, act: () => Promise<T>): Promise<T> {
  const { inbox, status } = session;
  const isSilent = () => !inbox.everywhere && inbox.hints.size === 0;
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

async function perform(session: Session, plan: Plan, reconciler: Reconciler, task: Work): Promise<Outcome> {
  if (task.do === 'accept-directs') return reconciler.acceptDirects();
  const all = task.do === 'scan-all' ? plan.memories : null;
  const hints = new Map(session.inbox.hints);
  session.inbox.clear(null);
  const work: ReadonlyMap<string, readonly number[] | null> = all
    ? new Map([...all, ...plan.named.filter((memory) => hints.has(memory))].map((memory) => [memory, null]))
    : namedIn(plan, hints);
  // The memory in use first: the others cost a switch.
  const order = [...work].sort(
    ([a], [b]) => Number(b === reconciler.current) - Number(a === reconciler.current),
  );
  for (const [memory, slots] of order) {
    const outcome = await reconcileFully(reconciler, memory, slots);
    if (outcome.kind !== 'done') {
      session.inbox.hint(null, null);
      return outcome;
    }
  }
  await reconciler.settle();
  return { kind: 'done', again: false };
}

/** What hints name, in memories that can be read; a hint for any other means everywhere. */
function namedIn(
  plan: Plan,
  hints: ReadonlyMap<string, readonly number[] | null>,
): ReadonlyMap<string, readonly number[] | null> {
  const work = new Map<string, readonly number[] | null>();
  for (const [memory, slots] of hints) {
    if (plan.main === 'MT') work.set('MT', null);
    else if (plan.memories.includes(memory) || plan.named.includes(memory)) work.set(memory, slots);
    else for (const each of plan.memories) work.set(each, null);
  }
  return work;
}

async function reconcileFully(
  reconciler: Reconciler,
  memory: string,
  slots: readonly number[] | null,
): Promise<Outcome> {
  for (;;) {
    const outcome = await reconciler.reconcile(memory, slots);
    if (outcome.kind !== 'done' || !outcome.again) return outcome;
  }
}

/** What the outcome means for what is due, and for the state that the line shows. */
function note(session: Session, options: ReceiveOptions, dues: Dues, task: Task, outcome: Outcome): void {
  const { status } = session;
  const nowMs = session.clock.monotonicMs();
  if (outcome.kind === 'void') return;
  if (outcome.kind === 'done') {
    if (task.do === 'scan-all') dues.scanMs = nowMs + options.pollIntervalMs;
    dues.refusals = 0;
    status.enter('ready');
    return;
  }
  dues.holdUntilMs = nowMs + retryWaitMs(dues.refusals);
  dues.refusals += 1;
  if (outcome.kind === 'held') status.enter('holding', outcome.reason);
  else status.enter('waiting-for-sim', 'sim.busy');
}
