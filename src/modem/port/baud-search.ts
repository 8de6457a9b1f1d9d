import type { LineStatus } from '../line-report.ts';

/** What serial modems are set to, the most usual first. */
export const usualBaudRates: readonly number[] = [
  115_200, 9_600, 19_200, 57_600, 38_400, 230_400, 460_800, 921_600,
];

/** Openings without any answer at the configured rate before another is tried: the modem may only be asleep. */
const patientOpens = 2;

/**
 * The rate for the next opening of a port that has never answered (fault A4); null for the configured one, which is
 * tried again after each round. `silentOpens`: openings without an answer so far.
 */
export function rateToTry(configured: number, rates: readonly number[], silentOpens: number): number | null {
  const others = rates.filter((rate) => rate !== configured);
  if (silentOpens < patientOpens || others.length === 0) return null;
  return others[(silentOpens - patientOpens) % (others.length + 1)] ?? null;
}

export interface BaudRates {
  readonly configured: number;
  /** Tried if the modem never answers at the configured one. */
  readonly usual: readonly number[];
}

/** Looks for the rate of a line's modem until it answers once. It outlives sessions. */
export class BaudSearch {
  readonly #rates: BaudRates | null;
  readonly #status: LineStatus;
  #rate: number | null = null;
  #silentOpens = 0;
  #hasAnswered = false;

  /** `rates`: null for a port without rates. */
  constructor(rates: BaudRates | null, status: LineStatus) {
    this.#rates = rates;
    this.#status = status;
  }

  /** The rate to open the port at; undefined for the configured one. */
  get rate(): number | undefined {
    return this.#rate ?? undefined;
  }

  /** Another rate than the configured one is being tried. */
  get isSearching(): boolean {
    return this.#rate !== null && !this.#hasAnswered;
  }

  /** The modem did not answer on the port that was open. */
  recordSilence(): void {
    if (this.#hasAnswered || this.#rates === null) return;
    this.#silentOpens += 1;
    this.#rate = rateToTry(this.#rates.configured, this.#rates.usual, this.#silentOpens);
  }

  /** The modem answers: the rate is kept from now on. */
  recordAnswer(): void {
    if (this.#hasAnswered) return;
    this.#hasAnswered = true;
    if (this.#rate !== null) this.#status.log('warn', 'line.baud-rate', { works: this.#rate });
  }
}
