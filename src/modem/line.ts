import type { Clock } from '../base/clock.ts';
import type { Accept, Released } from './arrival.ts';
import type { LineEvent } from './line-event.ts';
import type { LineReport } from './line-report.ts';
import type { PinAttempts } from './pin-attempts.ts';
import type { OpenTransport } from './transport.ts';

export type { Accept, Arrival, Released } from './arrival.ts';
export type { LineEvent } from './line-event.ts';
export type { LineReport, LineState, LineStorage } from './line-report.ts';
export type { PinAttempts } from './pin-attempts.ts';
export type { OpenTransport, Transport } from './transport.ts';

export interface LineOptions {
  readonly openTransport: OpenTransport;
  readonly clock: Clock;
  readonly accept: Accept;
  readonly released?: Released;
  /** The PIN on file, asked for only when the SIM wants one; null where there is none. */
  readonly pin?: () => string | null;
  readonly pinAttempts: PinAttempts;
  /** How often everything is listed though nothing was announced; 30 s unless said. */
  readonly pollIntervalMs?: number;
  /** How often settings are read back and the network is asked about; 60 s unless said. */
  readonly healthIntervalMs?: number;
  /** Called at every change of state or reason. */
  readonly onState?: (report: LineReport) => void;
  readonly onEvent?: (event: LineEvent) => void;
}

export interface Line {
  report(): LineReport;
  /** Ends within 5 s whatever hangs; nothing is written to the modem afterwards. */
  stop(): Promise<void>;
}

export type StartLine = (options: LineOptions) => Line;
