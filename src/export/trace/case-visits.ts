import type { ExportRow } from '../visit-columns.ts';

/** A visit with what a trace needs to tell it from others. */
export type TracedVisit = ExportRow & { readonly id: number };

/** A visit of a case. Cases are numbered as they were given, each one's visits in order of time, both from 1. */
export interface CaseVisit {
  readonly caseNumber: number;
  readonly visitNumber: number;
  readonly visit: TracedVisit;
}

/** The visits of the cases, numbered; `visitsOfCases` has each one's in order of time. */
export function numberCases(visitsOfCases: readonly (readonly TracedVisit[])[]): CaseVisit[] {
  return visitsOfCases.flatMap((visits, index) =>
    visits.map((visit, at) => ({ caseNumber: index + 1, visitNumber: at + 1, visit })),
  );
}

export function byVenue(caseVisits: readonly CaseVisit[]): Map<string, CaseVisit[]> {
  const venues = new Map<string, CaseVisit[]>();
  for (const one of caseVisits) {
    const list = venues.get(one.visit.venue);
    if (list === undefined) venues.set(one.visit.venue, [one]);
    else list.push(one);
  }
  return venues;
}
