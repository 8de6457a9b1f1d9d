import { type FinalError, meaningOf } from '../../at/final-result.ts';
import type { SimReason } from '../line-report.ts';
import type { Trouble } from './escalation.ts';

/** Why a SIM cannot be used though no PIN is wanted. */
export type SimFailure = 'absent' | 'failed' | 'busy';

/** What a refusal says of the SIM; null if it does not concern the SIM. The same question may be answered later. */
export function simFailureOf(error: FinalError): SimFailure | null {
  switch (meaningOf(error)) {
    case 'sim-absent':
      return 'absent';
    case 'sim-failure':
      return 'failed';
    case 'sim-busy':
    case 'pin-wanted':
      return 'busy';
    default:
      return null;
  }
}

/** A reset can bring back a SIM that was in use, and cannot help if none was ever put in (fault D3). */
export function simTroubleOf(failure: SimFailure, hadSim: boolean): Trouble {
  if (failure === 'absent') return hadSim ? 'sim-failed' : 'sim-absent';
  return failure === 'failed' ? 'sim-failed' : 'sim-busy';
}

/** The reason that a line shows. */
export function simReasonOf(failure: SimFailure): SimReason {
  return `sim.${failure}`;
}
