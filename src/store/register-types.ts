import type { Clock } from '../base/clock.ts';
import type { FileIdentity } from './files/own-file.ts';
import type { Intake } from './intake.ts';
import type { Records } from './records.ts';
import type { MachineTime } from './sweep/register-time.ts';

export type Algorithm = 'aes-256-gcm' | 'aria-256-gcm';

/**
 * `gateway` receives, and is alone: a second one on the same register is refused.
 * `tool` writes beside a running gateway (venues, corrections, erasure). `reader` changes nothing.
 */
export type Role = 'gateway' | 'tool' | 'reader';

export interface RegisterOptions {
  /** Holds `register.sqlite`; made with mode 0700 if absent. */
  readonly dataDir: string;
  readonly keyFile: string;
  readonly retentionMs: number;
  /** For the hours to come; an hour that has begun keeps the algorithm of its key. */
  readonly algorithm: Algorithm;
  readonly clock: Clock;
  /** What else measures time on this machine; that of `clock` if absent. */
  readonly machine?: MachineTime;
  readonly role?: Role;
  /** The key that the hours' keys are wrapped by; null or absent if they are not. */
  readonly masterFile?: string | null;
  /** The part (of 1) of the living hours that may count as expired by one clock alone (sweep/clock-rule.ts). */
  readonly maxShare?: number;
  /** Accepts a keyring whose size is that of another retention: what is to be resized must be swept first. */
  readonly anyRingSize?: boolean;
  /** A folder without a register is refused: its file system may not be mounted. */
  readonly expectExisting?: boolean;
  /** How long a gateway waits for another to give the register up; 0 if absent. */
  readonly lockWaitMs?: number;
  /** The database that it must be: the one that the audit log was opened in. */
  readonly sameAs?: FileIdentity;
}

/** The register of visits: both contracts over one database. */
export interface Register extends Intake, Records {
  readonly role: Role;
  /** This opening began it: the folder had none. */
  readonly isNew: boolean;
}
