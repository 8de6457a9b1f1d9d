import type { Facts } from '../base/errors.ts';
import { type FactsOfFinding, type FindingId, severityOf } from '../words/findings/doctor-findings.ts';
import type { Severity } from '../words/findings/finding.ts';

/** The result of one check. Its words stand in the table of `words/findings`. */
export interface Finding {
  readonly severity: Severity;
  readonly id: FindingId;
  /** What it is about: a line's name, `machine`, `register`, `service`. */
  readonly subject: string;
  readonly facts: Facts;
}

/** Makes the findings on one subject. */
export function findingsOn(subject: string) {
  return <I extends FindingId>(id: I, ...[given]: FactsOfFinding<I>): Finding => {
    const facts = (given as Facts | undefined) ?? {};
    return { severity: severityOf(id, facts), id, subject, facts };
  };
}
