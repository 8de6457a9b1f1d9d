import { isRegistered, parseOperator, parseSignal, type Registration } from '../../at/answers.ts';
import { minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { LineStatus } from '../line-report.ts';
import { DisplayQuestions } from '../talk/display-questions.ts';
import { readRegistration } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';
import type { Trouble } from './escalation.ts';
import type { Resets } from './reset.ts';
import type { NetworkLoss, ServiceProofs } from './service-proofs.ts';

/** A search that lasts so long is an alarm, and is normal before (fault D8). */
const searchAlarmMs = 10 * minuteMs;
const briefMs = 2 * minuteMs;

const troubles: Readonly<Record<Registration, NetworkLoss | null>> = {
  home: null,
  roaming: null,
  'sms-only': null,
  searching: 'searching',
  denied: 'denied',
  none: 'unregistered',
};

/** Shows how a line's network is, and raises the alarms `network.denied` and `network.searching`. It outlives sessions. */
export class NetworkWatch {
  readonly #clock: Clock;
  readonly #status: LineStatus;
  readonly #resets: Resets;
  readonly #proofs: ServiceProofs;
  readonly #questions: DisplayQuestions;
  /** Since when no registration was seen, monotonic milliseconds; null while there is one. */
  #missingSinceMs: number | null = null;

  constructor(clock: Clock, status: LineStatus, resets: Resets, proofs: ServiceProofs) {
    this.#questions = new DisplayQuestions(clock);
    this.#clock = clock;
    this.#status = status;
    this.#resets = resets;
    this.#proofs = proofs;
  }

  get isRegistered(): boolean {
    const { registration } = this.#status.report;
    return registration !== null && isRegistered(registration);
  }

  /** @throws LineReset if the registration is missing for so long that the modem was reset */
  async check(session: Session): Promise<void> {
    const registration = await readRegistration(session);
    this.#status.learn({ registration });
    // An answer that is missing proves neither a registration nor a trouble.
    if (registration === null) return;
    const trouble = troubles[registration];
    this.#setAlarms(trouble);
    if (trouble === null) {
      this.#proofs.record('network');
      return;
    }
    this.#proofs.loseNetwork(trouble);
    // The state may be an odd one: a text that has come proves more.
    if (!this.#proofs.hasArrivedLately) await this.#resets.resetIfDue(session, trouble);
  }

  /** Asks for what is only shown, after everything else. */
  async show(session: Session): Promise<void> {
    const signal = await this.#questions.read(session, 'AT+CSQ', '+CSQ', parseSignal);
    const operator = await this.#questions.read(session, 'AT+COPS?', '+COPS', parseOperator);
    this.#status.learn({ signal, operator });
  }

  /** So short a time without a registration is looked at often: most searches end soon. */
  get isBrieflyMissing(): boolean {
    return this.#missingSinceMs !== null && this.#clock.monotonicMs() - this.#missingSinceMs < briefMs;
  }

  #setAlarms(trouble: Trouble | null): void {
    const nowMs = this.#clock.monotonicMs();
    if (trouble === null) this.#missingSinceMs = null;
    else this.#missingSinceMs ??= nowMs;
    const isDenied = trouble === 'denied';
    const isLong = nowMs - (this.#missingSinceMs ?? nowMs) >= searchAlarmMs;
    this.#status.setAlarm('network.denied', isDenied);
    this.#status.setAlarm('network.searching', trouble !== null && !isDenied && isLong);
  }
}
