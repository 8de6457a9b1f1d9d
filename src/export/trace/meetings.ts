import type { CaseVisit, TracedVisit } from './case-visits.ts';

/** Somebody's visit at a venue within the margin of a case's visit there. */
export interface Meeting {
  readonly visit: TracedVisit;
  readonly met: CaseVisit;
  /** Whole minutes after the case's visit, the nearest; negative when it was before. */
  readonly minutesAfter: number;
}

const minuteMs = 60_000;

/**
 * The meetings of one visit with the cases' visits to its venue: one for each case at most, with the visit of that case
 * that is nearest in time, the earlier of two that are equally near. So a case that texted twice is met once.
 */
export function meetingsOf(
  visit: TracedVisit,
  caseVisits: readonly CaseVisit[],
  marginMs: number,
): Meeting[] {
  const nearest = new Map<number, CaseVisit>();
  for (const candidate of caseVisits) {
    if (apartMs(visit, candidate) > marginMs) continue;
    const known = nearest.get(candidate.caseNumber);
    if (known === undefined || isNearer(visit, candidate, known))
      nearest.set(candidate.caseNumber, candidate);
  }
  return [...nearest.values()].map((met) => ({ visit, met, minutesAfter: minutesAfter(visit, met) }));
}

function apartMs(visit: TracedVisit, met: CaseVisit): number {
  return Math.abs(visit.visitedAtMs - met.visit.visitedAtMs);
}

function isNearer(visit: TracedVisit, one: CaseVisit, other: CaseVisit): boolean {
  const difference = apartMs(visit, one) - apartMs(visit, other);
  return difference < 0 || (difference === 0 && one.visit.visitedAtMs < other.visit.visitedAtMs);
}

function minutesAfter(visit: TracedVisit, met: CaseVisit): number {
  const minutes = Math.round((visit.visitedAtMs - met.visit.visitedAtMs) / minuteMs);
  // Half a minute before would be -0.
  return minutes === 0 ? 0 : minutes;
}
