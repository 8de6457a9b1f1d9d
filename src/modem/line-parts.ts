import type { ReceiveOptions } from './receive/receive.ts';
import type { Session } from './session.ts';

/** What sessions of a line have in common. */
export interface LineParts extends Omit<Session, 'channel' | 'signal' | 'unsettle'> {
  readonly receiving: ReceiveOptions;
  /** The configured rate, and what else to try on a serial port; null for a port without rates. */
  readonly baudRates: { readonly configured: number; readonly usual: readonly number[] } | null;
  /** Aborted when the line is to stop. */
  readonly stopping: AbortSignal;
  /** Sessions that ended in a row without a minute of service. */
  failures: number;
  /** Commands that the modem has not answered yet. */
  outstanding: readonly string[];
}
