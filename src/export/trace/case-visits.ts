import type { ExportRow } from '../visit-columns.ts';
import type { Window } from '../window.ts';

/** A visit with its id. */
export type TracedVisit = ExportRow & { readonly id: number };

/** A visit of a case. Cases are numbered as they were given, each one's visits in order of time, both from 1. */
export interface CaseVisit {
  readonly caseNumber: number;
  readonly visitNumber: number;
  readonly visit: TracedVisit;
}

/** The visits of the cases, numbered; `visitsOfCases` holds each case's visits in order of time. */
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

/** How long before and after a visit of a case others count as met. */
export interface Margin {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** A span of time in which somebody at this venue may have met a case. */
export interface VenueWindow extends Window {
  readonly venue: string;
}

/**
 * Where and when to search: each visit of a case with the margin before and after it, both ends included. Overlapping
 * spans of one venue are joined, so that no visit is found twice. In order of time.
 */
export function traceWindows(caseVisits: readonly CaseVisit[], margin: Margin): VenueWindow[] {
  const windows = [...byVenue(caseVisits)].flatMap(([venue, visits]) =>
    joined(visits.map(({ visit }) => around(visit.visitedAtMs, margin))).map((window) => ({
      ...window,
      venue,
    })),
  );
  return windows.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

function around(atMs: number, { beforeMs, afterMs }: Margin): Window {
  return { fromMs: atMs - beforeMs, toMs: atMs + afterMs + 1 };
}

/** The same time in fewer windows that do not overlap, in order. */
export function joined(windows: readonly Window[]): Window[] {
  const result: Window[] = [];
  for (const window of windows.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last === undefined || window.fromMs > last.toMs)
      result.push({ fromMs: window.fromMs, toMs: window.toMs });
    else result[result.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, window.toMs) };
  }
  return result;
}
