import type { Facts } from '../../base/errors.ts';
import type { Language } from '../bilingual.ts';
import { type FactsIn, type Said, sayEntry } from '../entry.ts';
import { centralFindings } from './central-findings.ts';
import { doorFindings } from './door-findings.ts';
import type { FindingEntry, Severity } from './finding.ts';
import { machineFindings } from './machine-findings.ts';
import { modemFindings } from './modem-findings.ts';
import { portFindings } from './port-findings.ts';
import { unitFindings } from './unit-findings.ts';

/** Everything that doctor can find, by its id. */
export const doctorFindings = {
  ...machineFindings,
  ...unitFindings,
  ...doorFindings,
  ...portFindings,
  ...modemFindings,
  ...centralFindings,
};

/** Stable and dotted: `port.taken`. */
export type FindingId = keyof typeof doctorFindings;
type DoctorFacts = FactsIn<typeof doctorFindings>;

/** A finding without facts takes its id alone. */
export type FactsOfFinding<I extends FindingId> =
  Record<never, never> extends DoctorFacts[I] ? [facts?: DoctorFacts[I]] : [facts: DoctorFacts[I]];

function entryOf(id: FindingId): FindingEntry<never> {
  return doctorFindings[id];
}

/** What a reader sees of a finding: the fact, and as hint what to do. */
export function sayFinding(id: FindingId, facts: Facts, language: Language): Said {
  return sayEntry(entryOf(id), language, facts);
}

export function severityOf(id: FindingId, facts: Facts): Severity {
  const { severity } = entryOf(id);
  return typeof severity === 'function' ? severity(facts as never) : severity;
}
