import { minuteMs } from '../base/amounts.ts';

/** The network's time may be this far ahead of our clock (SPEC.md, Time of a visit). */
const toleranceMs = 10 * minuteMs;

interface VisitTimeFacts {
  /** The network's time stamp (TP-SCTS) in ms since the epoch; null if absent or malformed. */
  readonly sentAtMs: number | null;
  /** When the text was received, ms since the epoch. */
  readonly receivedAtMs: number;
  readonly retentionMs: number;
}

interface VisitTime {
  readonly atMs: number;
  readonly source: 'network' | 'received';
}

/**
 * The time of a visit: the network's, unless it is absent, malformed, more than ten minutes in the future or
 * older than the retention; then the time of receipt.
 */
export function visitTime({ sentAtMs, receivedAtMs, retentionMs }: VisitTimeFacts): VisitTime {
  const credible =
    sentAtMs !== null && sentAtMs <= receivedAtMs + toleranceMs && sentAtMs >= receivedAtMs - retentionMs;
  return credible ? { atMs: sentAtMs, source: 'network' } : { atMs: receivedAtMs, source: 'received' };
}
