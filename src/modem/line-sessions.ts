import { defaultTuning, hastyTuning } from '../at/dialogue-state.ts';
import { minuteMs } from '../base/amounts.ts';
import { sleep } from '../base/clock.ts';
import { AppError, fault } from '../base/errors.ts';
import { type NotificationParts, Notifications } from './notifications.ts';
import { within } from './port/deadline.ts';
import type { WrongPort } from './port/foreign-peer.ts';
import type { LineBudget } from './port/line-budget.ts';
import type { Transport } from './port/transport.ts';
import { Receiver, type ReceiverParts } from './receive/receiver.ts';
import type { ResetStep } from './recover/escalation.ts';
import { recoveryFrom } from './recover/recovery.ts';
import { LineReset } from './recover/reset.ts';
import { type SetupParts, setUp } from './setup/setup.ts';
import { Channel } from './talk/channel.ts';
import { Session } from './talk/session.ts';

/** What a line's sessions have in common: each part owns its state, which outlives sessions. */
export interface LineParts extends SetupParts, ReceiverParts, NotificationParts {
  readonly budget: LineBudget;
  /** Aborted when the line is to stop. */
  readonly stopping: AbortSignal;
}

const closeMs = 2_000;
/** Service of this length makes earlier failures count no more. */
const serviceMs = minuteMs;
/** Ends that point to the modem's power supply. */
const powerEnds = new Set(['line.closed', 'line.rebooted']);

/** How a session has ended. */
interface SessionEnd {
  readonly cause: AppError;
  /** How long the line was set up. */
  readonly servedMs: number;
}

/** Runs the sessions of a line, one after another on each port that is opened. */
export class LineSessions {
  readonly #parts: LineParts;
  /** Sessions that ended in a row without a minute of service. */
  #failures = 0;
  /** Commands that the modem has not answered yet. */
  #outstanding: readonly string[] = [];

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** Until the port has to be opened again or the line stops; then the port is closed. */
  async use(transport: Transport): Promise<void> {
    const { clock, stopping } = this.#parts;
    const port = new OpenPort(this.#parts, this.#parts.peer.on(transport), this.#outstanding);
    const stop = () => void this.#close(port, fault('line.stopped'));
    stopping.addEventListener('abort', stop, { once: true });
    for (let isOpen = true; isOpen && !stopping.aborted; ) {
      const end = await port.runSession();
      if (stopping.aborted) break;
      isOpen = await this.#recover(port, transport, end);
    }
    this.#outstanding = port.channel.outstanding;
    stopping.removeEventListener('abort', stop);
    await within(port.channel.close(fault('line.stopped')), clock, closeMs);
  }

  /** Does what the end of a session calls for. False: the port is closed and has to be opened again. */
  async #recover(port: OpenPort, transport: Transport, { cause, servedMs }: SessionEnd): Promise<boolean> {
    const { clock, status, stopping, resets, power, baudSearch, peer, proofs } = this.#parts;
    const wrong = peer.judge();
    if (servedMs >= serviceMs) {
      this.#failures = 0;
      resets.recordEnd('silent');
    }
    if (powerEnds.has(cause.code) && wrong === null && !peer.hasClosedUnanswered) power.recordSign();
    const step = await this.#stepAt(cause, transport, wrong !== null);
    if (step === 'restart' || step === 'hook') power.recordRestart();
    const failures = baudSearch.isSearching ? 0 : this.#failures;
    const { action, waitMs } = recoveryFrom(cause.code, failures, step);
    if (!(cause instanceof LineReset)) this.#failures += 1;
    status.log('warn', 'line.recovering', { reason: cause.code, ...cause.facts, waitMs });
    if (wrong === null) status.enter('recovering', step === null ? cause.code : `reset.${step}`);
    else this.#showWrongPort(wrong);
    status.learn({ signal: null, registration: null, operator: null });
    proofs.withdraw();
    if (action === 'reopen') await this.#close(port, cause);
    if (step === 'hook') await resets.runCommand(stopping);
    await sleep(clock, waitMs, stopping);
    return action === 'set-up';
  }

  /** Nothing is done about it but to try again: no reset can make a modem of it. */
  #showWrongPort({ reason, heard }: WrongPort): void {
    const { status } = this.#parts;
    const { report } = status;
    if (report.reason !== reason || report.heard !== heard)
      status.log('warn', 'line.wrong-port', { reason, heard });
    status.learn({ heard, recovery: null });
    status.enter('wrong-port', reason);
  }

  /** How the modem was reset at the end of a session; null if it was not. */
  async #stepAt(cause: AppError, transport: Transport, isWrongPort: boolean): Promise<ResetStep | null> {
    if (cause instanceof LineReset) return cause.step;
    if (cause.code !== 'line.lost') return null;
    const { resets, baudSearch, stopping } = this.#parts;
    const step = isWrongPort ? null : await resets.resetSilent(transport, stopping);
    baudSearch.recordSilence();
    return step;
  }

  #close(port: OpenPort, cause: AppError): Promise<unknown> {
    return within(port.channel.close(cause), this.#parts.clock, closeMs);
  }
}

/** A port that is open, and the session that uses it. */
class OpenPort {
  readonly channel: Channel;
  readonly #parts: LineParts;
  #abort = new AbortController();
  #session: Session;

  constructor(parts: LineParts, transport: Transport, outstanding: readonly string[]) {
    this.#parts = parts;
    const notifications = new Notifications(parts, {
      isSetUp: () => this.#session.isSetUp,
      outdate: () => this.channel.outdate(),
      interrupt: (cause) => this.#interrupt(cause),
      end: (cause) => this.#abort.abort(cause),
    });
    const tuning = parts.baudSearch.isSearching ? hastyTuning : defaultTuning;
    this.channel = new Channel(transport, parts.clock, notifications, outstanding, tuning);
    this.#session = new Session(this.channel, parts.clock, this.#abort.signal);
  }

  async runSession(): Promise<SessionEnd> {
    const { clock } = this.#parts;
    this.#abort = new AbortController();
    this.#session = new Session(this.channel, clock, this.#abort.signal);
    this.channel.begin();
    let servedFromMs = Infinity;
    const onSetUp = () => {
      servedFromMs = clock.monotonicMs();
    };
    const cause = await this.#serve(this.#session, onSetUp).catch(asFault);
    return { cause, servedMs: clock.monotonicMs() - servedFromMs };
  }

  async #serve(session: Session, onSetUp: () => void): Promise<never> {
    const setup = await setUp(session, this.#parts);
    session.isSetUp = true;
    onSetUp();
    return new Receiver(session, setup, this.#parts).run();
  }

  #interrupt(cause: AppError): void {
    this.#session.isSetUp = false;
    this.#abort.abort(cause);
    this.channel.interrupt(cause);
  }
}

/** What is not an AppError is a defect of this program: the line goes on, and the log says where to look. */
function asFault(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return fault('line.fault', { name: cause instanceof Error ? cause.name : 'unknown' }, { cause });
}
