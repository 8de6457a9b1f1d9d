import { setting } from '../../at/command.ts';
import { AppError, fault } from '../../base/errors.ts';
import { checkHealth, type HealthParts } from '../recover/health.ts';
import { retryWaitMs } from '../recover/recovery.ts';
import type { Resets } from '../recover/reset.ts';
import { type SimFailure, simReasonOf, simTroubleOf } from '../recover/sim-trouble.ts';
import type { IdentityWatch } from '../setup/identity.ts';
import type { ModemSetup } from '../setup/setup.ts';
import type { Memories } from '../setup/storage.ts';
import type { Session } from '../talk/session.ts';
import { nextTask, type Task } from './agenda.ts';
import type { AnnouncementWatch } from './announcements.ts';
import type { Inbox } from './inbox.ts';
import type { NoticePortTrial } from './notice-port.ts';
import { type ReconcileEnd, Reconciler, type ReconcilerParts } from './reconciler.ts';

/** After so many scans in a row without an end, one slot or memory hangs each time and must not hold up the rest. */
const maxVoids = 3;

/** How often a modem is asked that has just lost its network. */
const searchMs = 10_000;

export interface ReceiverParts extends ReconcilerParts, HealthParts {
  readonly inbox: Inbox;
  readonly announcements: AnnouncementWatch;
  readonly noticePort: NoticePortTrial;
  readonly identity: IdentityWatch;
  readonly resets: Resets;
  readonly pollIntervalMs: number;
  readonly healthIntervalMs: number;
}

type Hints = ReadonlyMap<string, readonly number[] | null>;

/** Which memories to read for these hints, and which slots of them; null for all slots. */
function memoriesToRead({ main, all, onDemand }: Memories, hints: Hints, everywhere: boolean): Hints {
  if (everywhere) {
    const named = onDemand.filter((memory) => hints.has(memory));
    return new Map([...all, ...named].map((memory) => [memory, null]));
  }
  const work = new Map<string, readonly number[] | null>();
  for (const [memory, slots] of hints) {
    if (main === 'MT') work.set('MT', null);
    else if (all.includes(memory) || onDemand.includes(memory)) work.set(memory, slots);
    // A memory that cannot be read: the text may lie in any.
    else for (const each of all) work.set(each, null);
  }
  return work;
}

/** After a word of a start, lost settings or a lost SIM mean that the modem has rebooted. */
function isReboot(cause: unknown): boolean {
  return cause instanceof AppError && (cause.code === 'line.settings-lost' || cause.code === 'line.sim-lost');
}

/** Receives texts on a line that is set up, for as long as its session lasts. */
export class Receiver {
  readonly #session: Session;
  readonly #setup: ModemSetup;
  readonly #parts: ReceiverParts;
  readonly #reconciler: Reconciler;
  /** Monotonic milliseconds, as all times here. */
  #scanDueMs: number;
  #healthDueMs: number;
  #lastHealthMs = -Infinity;
  #holdUntilMs = -Infinity;
  /** Refusals of the register, or of a busy SIM, in a row. */
  #refusals = 0;
  /** Scans in a row that found no end. */
  #voids = 0;
  /** A reading was answered in this session; a health check has come to its end. */
  #isServed = false;
  #isChecked = false;
  /** From the first poll on, notifications should have told of what a poll finds. */
  #hasPolled = false;

  constructor(session: Session, setup: ModemSetup, parts: ReceiverParts) {
    this.#session = session;
    this.#setup = setup;
    this.#parts = parts;
    this.#reconciler = new Reconciler(session, setup, parts);
    this.#scanDueMs = parts.clock.monotonicMs();
    this.#healthDueMs = this.#scanDueMs;
  }

  /** @throws AppError why the session is over */
  async run(): Promise<never> {
    const { inbox, announced } = this.#parts;
    announced.begin();
    // The network sends no second text before the first is acknowledged: earlier sessions owed the rest.
    inbox.recordAcknowledged(Math.max(0, inbox.owed - 1));
    for (;;) {
      this.#session.signal.throwIfAborted();
      const task = this.#nextTask();
      await this.#do(task);
      if (task.do !== 'scan-all' && task.do !== 'scan-hinted') this.#listIfResyncing();
    }
  }

  #nextTask(): Task {
    const { clock, inbox } = this.#parts;
    return nextTask({
      nowMs: clock.monotonicMs(),
      owed: this.#setup.acknowledge ? inbox.owed : 0,
      ringing: inbox.ringing,
      hinted: inbox.hints.size > 0,
      everywhere: inbox.everywhere,
      doubt: inbox.doubt,
      bootWord: inbox.bootWord,
      scanDueMs: this.#scanDueMs,
      healthDueMs: this.#healthDueMs,
      lastHealthMs: this.#lastHealthMs,
      holdUntilMs: this.#holdUntilMs,
    });
  }

  #do(task: Task): Promise<void> {
    switch (task.do) {
      case 'acknowledge':
        return this.#acknowledge();
      case 'hang-up':
        return this.#hangUp();
      case 'scan-all':
        return this.#scan(true);
      case 'scan-hinted':
        return this.#scan(false);
      case 'health':
        return this.#checkHealth();
      case 'wait':
        return this.#parts.inbox.wait(this.#parts.clock, task.delayMs, this.#session.signal);
    }
  }

  /** The network keeps a text, and sends no other, until it is told that this one is on disk (fault C16). */
  async #acknowledge(): Promise<void> {
    const { inbox } = this.#parts;
    for (; inbox.owed > 0; inbox.recordAcknowledged(1)) await this.#session.run(setting('AT+CNMA'));
    // A late acknowledgement ends direct delivery for good on some models.
    inbox.raiseDoubt();
  }

  /**
   * Ends a call: some models hear no texts while one rings, or even after it (fault D7). Not every model takes every
   * command, and one that takes it may have no call any more.
   */
  async #hangUp(): Promise<void> {
    this.#parts.inbox.recordHangUp();
    for (const command of this.#setup.family.hangUp)
      if ((await this.#session.run(setting(command))).ok) return;
    this.#parts.status.log('warn', 'line.hang-up-refused');
  }

  async #scan(everywhere: boolean): Promise<void> {
    const beganMs = this.#parts.clock.monotonicMs();
    const isPoll = everywhere && this.#hasPolled;
    const end = await this.#countingUnannounced(isPoll, () => this.#readMemories(everywhere));
    this.#planAfter(end, everywhere);
    if (everywhere) this.#hasPolled = true;
    if (end.kind === 'sim') await this.#waitForSim(end.failure);
    if (end.kind !== 'done') return;
    const { announced, inbox } = this.#parts;
    // What is not where it was announced may lie in any memory.
    if (announced.spread(beganMs) && !everywhere) inbox.hint(null, null);
    if (everywhere) announced.conclude(beganMs);
  }

  /** A line whose dialogue fell out of step is ready again once a listing was answered. */
  #listIfResyncing(): void {
    const { status, inbox } = this.#parts;
    if (status.report.state === 'resyncing' && this.#voids <= maxVoids)
      inbox.hint(this.#setup.memories.main, null);
  }

  /** Reads one memory after the other: those that hints name, or all. */
  async #readMemories(everywhere: boolean): Promise<ReconcileEnd> {
    const { inbox } = this.#parts;
    const work = memoriesToRead(this.#setup.memories, inbox.takeHints(), everywhere);
    // The memory in use first: the others cost a switch.
    const { current } = this.#reconciler;
    const order = [...work].sort(([a], [b]) => Number(b === current) - Number(a === current));
    let end: ReconcileEnd = { kind: 'done', again: false };
    let isServed = false;
    for (const [memory, slots] of order) {
      const outcome = await this.#reconciler.reconcile(memory, slots);
      if (outcome.kind === 'done') {
        isServed = true;
        continue;
      }
      end = outcome;
      // One that has no end each time must not keep those after it waiting.
      if (outcome.kind === 'void' && this.#voids >= maxVoids) {
        isServed ||= outcome.isServed;
        continue;
      }
      inbox.hint(null, null);
      return outcome;
    }
    await this.#reconciler.useMain();
    return end.kind === 'void' ? { ...end, isServed } : end;
  }

  /** Decides what is due after a scan, and the state that the line shows: ready once a reading was answered. */
  #planAfter(end: ReconcileEnd, everywhere: boolean): void {
    const { clock, status, pollIntervalMs } = this.#parts;
    const nowMs = clock.monotonicMs();
    if (end.kind === 'void') {
      this.#voids += 1;
      if (this.#voids <= maxVoids) return;
      this.#scanDueMs = nowMs + pollIntervalMs;
      // The rest is received.
      if (end.isServed) this.#serve(everywhere);
      return;
    }
    if (end.kind === 'done') {
      if (everywhere) {
        this.#scanDueMs = nowMs + pollIntervalMs;
        this.#voids = 0;
      }
      this.#refusals = 0;
      this.#serve(everywhere);
      return;
    }
    this.#holdUntilMs = nowMs + retryWaitMs(this.#refusals);
    this.#refusals += 1;
    if (end.kind === 'held') status.enter('holding', end.reason);
  }

  /** Memories were read. What the network says is known after the first health check. */
  #serve(everywhere: boolean): void {
    const { proofs } = this.#parts;
    if (everywhere) proofs.record('notifications');
    this.#isServed = true;
    if (this.#isChecked) proofs.enterService();
  }

  /** The SIM refuses to be read, whatever AT+CPIN? says: what helps against a lost one is tried. */
  async #waitForSim(failure: SimFailure): Promise<void> {
    const { status, inbox, identity, resets } = this.#parts;
    status.waitForSim(simReasonOf(failure));
    inbox.raiseDoubt();
    await resets.resetIfDue(this.#session, simTroubleOf(failure, identity.hadSim));
  }

  async #checkHealth(): Promise<void> {
    const { clock, inbox, network, quiet, budget } = this.#parts;
    const mayHaveRebooted = inbox.bootWord;
    inbox.clearDoubt();
    this.#lastHealthMs = clock.monotonicMs();
    // Some models raise doubts without end.
    const readsImsi = mayHaveRebooted || this.#lastHealthMs >= this.#healthDueMs;
    // A restart makes errors wordless again.
    if (mayHaveRebooted) await this.#session.run(setting('AT+CMEE=1'));
    const { memories, isAnnounced, isDirect } = this.#setup;
    const expected = { main: memories.main, isAnnounced, isDirect, readsImsi };
    await checkHealth(this.#session, expected, this.#parts).catch((cause) => {
      throw mayHaveRebooted && isReboot(cause) ? fault('line.rebooted', {}, { cause }) : cause;
    });
    this.#planAfterHealth(readsImsi);
    budget.check();
    await quiet.check(this.#session, network.isRegistered);
    // While the register refuses, texts stay in the modem.
    if (this.#refusals === 0)
      await this.#countingUnannounced(this.#hasPolled, () => this.#reconciler.findHidden());
    await network.show(this.#session);
  }

  #planAfterHealth(isDue: boolean): void {
    const { status, network, proofs, healthIntervalMs } = this.#parts;
    const intervalMs = network.isBrieflyMissing ? Math.min(searchMs, healthIntervalMs) : healthIntervalMs;
    if (isDue) this.#healthDueMs = this.#lastHealthMs + intervalMs;
    const isFirst = !this.#isChecked;
    this.#isChecked = true;
    const { state } = status.report;
    if (isFirst && this.#isServed && state !== 'holding' && state !== 'resyncing') proofs.enterService();
  }

  /** Counts what `act` finds though nothing was announced, not even meanwhile. */
  async #countingUnannounced<T>(isPoll: boolean, act: () => Promise<T>): Promise<T> {
    const { inbox, status, announcements, noticePort } = this.#parts;
    const { directs } = inbox;
    const isSilent = () => !inbox.everywhere && inbox.hints.size === 0 && inbox.directs === directs;
    const counts = isPoll && this.#setup.isAnnounced && isSilent();
    const before = status.report.texts;
    const result = await act();
    if (counts && isSilent()) announcements.recordPolled(status.report.texts - before);
    await noticePort.act(this.#session, this.#setup.family);
    return result;
  }
}
