import { minuteMs } from '../../base/amounts.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { LineState, LineStatus } from '../line-report.ts';
import { missingProofs, type ProofLimits, type ProofName, type ProofReport, proofNames } from './proofs.ts';

/** Why no text can come over the network: what the modem says of its registration. */
export type NetworkLoss = 'denied' | 'searching' | 'unregistered';

/** Missing for so long, a proof raises the alarm `line.unproven`. */
const alarmMs = 2 * minuteMs;

/** The states of a line that is set up and takes every text that comes. */
const serving: ReadonlySet<LineState> = new Set(['ready', 'unproven', 'no-network']);

export function isServing(state: LineState): boolean {
  return serving.has(state);
}

/** Knows what one line has proven, and decides whether it may say that it receives. It outlives sessions. */
export class ServiceProofs {
  readonly #clock: Clock;
  readonly #status: LineStatus;
  readonly #limits: ProofLimits;
  #proven: Partial<Record<ProofName, number>> = {};
  readonly #waived = new Set<ProofName>();
  #loss: NetworkLoss | null = null;
  #arrivedMs = -Infinity;
  /** Since when something has been missing; null while nothing is. */
  #missingSinceMs: number | null = null;
  #timer: Timer | null = null;
  #isStopped = false;

  constructor(clock: Clock, status: LineStatus, limits: ProofLimits) {
    this.#clock = clock;
    this.#status = status;
    this.#limits = limits;
  }

  record(name: ProofName): void {
    this.#proven[name] = this.#clock.monotonicMs();
    if (name === 'network') this.#loss = null;
    this.#showAgain();
  }

  /** The modem has announced a text or handed one over: SIM, network and notifications work. */
  recordArrival(): void {
    this.#arrivedMs = this.#clock.monotonicMs();
    for (const name of ['sim', 'network', 'notifications'] as const) this.record(name);
  }

  /** A text has arrived so lately that no reset can make anything better. */
  get hasArrivedLately(): boolean {
    return this.#clock.monotonicMs() - this.#arrivedMs <= this.#limits.network;
  }

  /** The modem says that it is not registered. */
  loseNetwork(loss: NetworkLoss): void {
    delete this.#proven.network;
    this.#loss = loss;
    this.#showAgain();
  }

  /** A session has ended: everything has to be proven anew. */
  withdraw(): void {
    this.#proven = {};
    this.#loss = null;
    this.#missingSinceMs = null;
    this.#status.setAlarm('line.unproven', false);
  }

  /** Something contradicts an earlier proof. */
  disprove(name: ProofName): void {
    delete this.#proven[name];
    this.#showAgain();
  }

  /** A modem that hands its texts over directly, and reads none from a memory, need not prove that it can. */
  waive(name: ProofName, isWaived: boolean): void {
    if (isWaived) this.#waived.add(name);
    else this.#waived.delete(name);
  }

  isMissing(name: ProofName): boolean {
    return this.#missing().includes(name);
  }

  /** The line is set up and its memories were read: shows the best state that is proven. */
  enterService(): void {
    if (this.#isStopped) return;
    const missing = this.#missing();
    const [first] = missing;
    if (first === undefined) {
      this.#missingSinceMs = null;
      this.#status.setAlarm('line.unproven', false);
      this.#status.learn({ recovery: null });
      this.#status.enter('ready');
    } else {
      this.#missingSinceMs ??= this.#clock.monotonicMs();
      if (this.#loss !== null) this.#status.enter('no-network', `network.${this.#loss}`);
      else this.#status.enter('unproven', `${first}.unproven`);
      this.#alarmIfLong(first);
    }
    this.#setTimer();
  }

  report(): ProofReport[] {
    const nowMs = this.#clock.monotonicMs();
    const missing = this.#missing();
    return proofNames.map((name) => {
      const provenMs = this.#proven[name];
      return {
        name,
        ageMs: provenMs === undefined ? null : nowMs - provenMs,
        limitMs: this.#waived.has(name) ? null : this.#limits[name],
        isProven: !missing.includes(name),
      };
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  #missing(): ProofName[] {
    return missingProofs(this.#proven, this.#waived, this.#limits, this.#clock.monotonicMs());
  }

  #showAgain(): void {
    if (isServing(this.#status.report.state)) this.enterService();
  }

  #alarmIfLong(proof: ProofName): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#loss !== null || nowMs - (this.#missingSinceMs ?? nowMs) < alarmMs) return;
    const provenMs = this.#proven[proof];
    const ageS = provenMs === undefined ? null : Math.floor((nowMs - provenMs) / 1_000);
    this.#status.setAlarm('line.unproven', true, { proof, ageS });
  }

  /** Looks again when the next proof expires or the alarm is due: a session may hang in a command meanwhile. */
  #setTimer(): void {
    this.#timer?.cancel();
    const nowMs = this.#clock.monotonicMs();
    const duesMs = [
      ...Object.entries(this.#proven).map(([name, provenMs]) => provenMs + this.#limits[name as ProofName]),
      (this.#missingSinceMs ?? -Infinity) + alarmMs - 1,
    ].filter((dueMs) => dueMs >= nowMs);
    this.#timer =
      duesMs.length === 0
        ? null
        : this.#clock.after(Math.min(...duesMs) - nowMs + 1, () => this.#showAgain());
  }
}
