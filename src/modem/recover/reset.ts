import { setting } from '../../at/command.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { AppError, codeOf } from '../../base/errors.ts';
import type { ModemFamily } from '../families.ts';
import type { LineStatus } from '../line-report.ts';
import { within } from '../port/deadline.ts';
import type { Transport } from '../port/transport.ts';
import type { Session } from '../talk/session.ts';
import {
  type Advice,
  type AllowedSteps,
  Escalation,
  type ResetCause,
  type ResetStep,
  type Trouble,
} from './escalation.ts';

const radioOffMs = 5_000;
const radioOnMs = 5_000;
const radioOnTries = 3;
const writeMs = 2_000;
const commandMs = 90_000;

/** Ends a session: the modem was reset and has to be set up anew. */
export class LineReset extends AppError {
  readonly step: ResetStep;

  constructor(cause: ResetCause, step: ResetStep) {
    super('line.reset', { rung: step, trouble: cause });
    this.step = step;
  }
}

/** The host's own way to reset a modem. Rejects with an AppError. */
export type ResetCommand = () => Promise<void>;

/** Resets one line's modem if a trouble lasts, and knows what was done to it. It outlives sessions. */
export class Resets {
  readonly #clock: Clock;
  readonly #status: LineStatus;
  readonly #command: ResetCommand | null;
  readonly #escalation = new Escalation();
  #family: ModemFamily | null = null;
  #leftRadioOff = false;

  constructor(clock: Clock, status: LineStatus, command: ResetCommand | null) {
    this.#clock = clock;
    this.#status = status;
    this.#command = command;
  }

  /** The radio was switched off here, and was not seen on since. */
  get leftRadioOff(): boolean {
    return this.#leftRadioOff;
  }

  recordRadioOn(): void {
    this.#leftRadioOff = false;
  }

  /** The family decides which steps the modem survives. */
  recordFamily(family: ModemFamily): void {
    this.#family = family;
  }

  recordEnd(trouble: Trouble): void {
    this.#escalation.end(trouble);
  }

  /**
   * A modem that answers is in trouble: shows what is tried next, and resets it if a step is due.
   * @throws LineReset after a reset
   */
  async resetIfDue(session: Session, trouble: Trouble): Promise<void> {
    const step = this.#dueStep(trouble);
    if (step !== null) await this.#reset(session, trouble, step);
  }

  /**
   * Registers the line anew to see whether texts come then, unless that was done too often. `nextAtMs`: when the
   * next try would be, wall clock.
   * @throws LineReset after it
   */
  async registerAnew(session: Session, nextAtMs: number): Promise<void> {
    this.#escalation.recordStep('radio', this.#clock.monotonicMs());
    this.#status.learn({
      recovery: { trouble: 'deaf', step: 'radio', nextStep: 'radio', nextAt: nextAtMs },
    });
    await this.#reset(session, 'deaf', 'radio');
  }

  mayRegisterAnew(): boolean {
    return this.#escalation.allows('radio', this.#clock.monotonicMs());
  }

  /** A modem that answers nothing may still hear: a step that is due is written without waiting for an answer. */
  async resetSilent(transport: Transport, stopping: AbortSignal): Promise<ResetStep | null> {
    const step = this.#dueStep('silent');
    if (step === null) return null;
    this.#announce('silent', step);
    const write = (text: string) =>
      within(transport.write(Buffer.from(`\u001b\r${text}\r`, 'latin1')), this.#clock, writeMs);
    if (step === 'restart') await write('AT+CFUN=1,1');
    if (step === 'radio') {
      this.#leftRadioOff = true;
      await write('AT+CFUN=4');
      await sleep(this.#clock, radioOffMs, stopping);
      await write('AT+CFUN=1');
      await sleep(this.#clock, radioOnMs, stopping);
    }
    return step;
  }

  /** Runs the host's command while the port is closed. Its effect shows when the port is opened again. */
  async runCommand(stopping: AbortSignal): Promise<void> {
    if (this.#command === null || stopping.aborted) return;
    const running = this.#command().then(
      () => this.#status.log('info', 'line.reset-command', { done: true, code: null }),
      (cause: unknown) =>
        this.#status.log('error', 'line.reset-command', { done: false, code: codeOf(cause) }),
    );
    const done = new AbortController();
    const limit = sleep(this.#clock, commandMs, AbortSignal.any([stopping, done.signal]));
    await Promise.race([running, limit]);
    done.abort();
  }

  #dueStep(trouble: Trouble): ResetStep | null {
    const nowMs = this.#clock.monotonicMs();
    const advice = this.#escalation.see(trouble, this.#allowedSteps(trouble), nowMs);
    this.#showAdvice(trouble, advice, nowMs);
    return advice.due;
  }

  #allowedSteps(trouble: Trouble): AllowedSteps {
    // Nothing is written blindly to a port where no modem has ever answered.
    const isModem = trouble !== 'silent' || this.#family !== null;
    return {
      radio: isModem,
      restart: isModem && (this.#family?.survivesRestart ?? false),
      hook: this.#command !== null,
    };
  }

  #showAdvice(trouble: Trouble, { due, next }: Advice, nowMs: number): void {
    const before = this.#status.report.recovery;
    this.#status.learn({
      recovery: {
        trouble,
        step: due ?? (before?.trouble === trouble ? before.step : null),
        nextStep: next?.step ?? null,
        nextAt: next === null ? null : this.#status.recordTimeMs() + Math.max(0, next.atMs - nowMs),
      },
    });
  }

  async #reset(session: Session, cause: ResetCause, step: ResetStep): Promise<never> {
    this.#announce(cause, step);
    if (step === 'radio') await this.#cycleRadio(session, cause.startsWith('sim') ? 0 : 4);
    else if (step === 'restart') await session.run(setting('AT+CFUN=1,1'));
    throw new LineReset(cause, step);
  }

  #announce(cause: ResetCause, step: ResetStep): void {
    const { resets } = this.#status.report;
    this.#status.learn({ resets: { ...resets, [step]: resets[step] + 1 } });
    this.#status.log('warn', 'line.reset', { rung: step, trouble: cause });
    this.#status.enter('recovering', `reset.${step}`);
  }

  async #cycleRadio(session: Session, off: 0 | 4): Promise<void> {
    // Until it is on again, what the modem says of its start and its SIM is not a change.
    session.isSetUp = false;
    this.#leftRadioOff = true;
    await session.run(setting(`AT+CFUN=${off}`));
    await session.pause(radioOffMs);
    for (let attempt = 1; attempt <= radioOnTries; attempt += 1) {
      if ((await session.run(setting('AT+CFUN=1'))).ok) {
        this.#leftRadioOff = false;
        break;
      }
      await session.pause(radioOffMs);
    }
    await session.pause(radioOnMs);
  }
}
