import type { Clock } from '../base/clock.ts';
import type { FamilyName } from './families/family-names.ts';

export interface ModemOptions {
  readonly family: FamilyName;
  readonly clock: Clock;
  /** The same seed plays the same faults at the same places; 1 unless said. */
  readonly seed?: number;
  /** Slots of every memory but that of reports; the family's own unless said. */
  readonly capacity?: number;
  /** Time that a command takes; 0 unless said. */
  readonly latencyMs?: number;
  /** Octets are paced as at this rate; not at all unless said. */
  readonly baudRate?: number | null;
  /** The SIM asks for it after every boot; none unless said. */
  readonly pin?: string | null;
  readonly imei?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly operator?: string;
  /** Starts with its boot instead of as one that has long been on. */
  readonly cold?: boolean;
  /** Faults as `slug` or `slug:value` (see `parseFault`). */
  readonly faults?: readonly string[];
  /** Scales the times of boot and registration; 1 unless said. */
  readonly bootScale?: number;
  /** Waits at the network: after a text found no room (30 s), and before a backlog comes (0). */
  readonly retryMs?: number;
  readonly backlogMs?: number;
  /** false: texts that are done with are only counted. */
  readonly keepJournal?: boolean;
}
