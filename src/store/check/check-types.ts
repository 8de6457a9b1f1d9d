import type { Facts } from '../../base/errors.ts';
import type { CheckFacts } from '../../words/findings/check-findings.ts';

/** Something that is not as it should be. Its words stand in `words/findings` and, for a fault, in `words/faults`. */
export interface CheckFinding {
  /** Stable and dotted (`check.key-missing`), or the code of a fault. */
  readonly id: string;
  /** Never a visitor's number or words. */
  readonly facts: Facts;
}

export function finding<Id extends keyof CheckFacts>(id: Id, facts: CheckFacts[Id]): CheckFinding {
  return { id, facts: facts as Facts };
}

export interface CheckReport {
  readonly findings: readonly CheckFinding[];
  readonly database: {
    readonly bytes: number;
    readonly visits: number;
    readonly unresolved: number;
    readonly undecodable: number;
    readonly notices: number;
    readonly parts: number;
    readonly hours: number;
  } | null;
  readonly keyring: { readonly slots: number; readonly keys: number; readonly wrapped: boolean } | null;
  readonly audit: {
    readonly rows: number;
    readonly anchored: number | null;
    readonly accepted: number;
  } | null;
  /** Of a register host; null elsewhere, and if it has no key. */
  readonly holder: {
    readonly pin: string;
    readonly slots: number;
    readonly keys: number;
    readonly wrapped: boolean;
  } | null;
}
