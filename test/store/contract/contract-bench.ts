import type { Intake } from '../../../src/store/intake.ts';
import type { Records } from '../../../src/store/records.ts';
import type { FakeClock } from '../../support/fake-clock.ts';

/** A register of any engine, empty, with a clock of its own and a retention of 28 days. */
export interface ContractBench {
  readonly intake: Intake;
  readonly records: Records;
  /** Resolves when the records have what the intake has taken. */
  settle(): Promise<void>;
  /** Stands at `nowMs` of temp-register.ts. */
  readonly clock: FakeClock;
  /** What a process finds that opens the same register after this one has closed it. */
  reopen(): Promise<ContractBench>;
}

export type MakeRegister = () => Promise<ContractBench>;
