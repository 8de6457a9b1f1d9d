import type { Window } from '../window.ts';
import { byVenue, type CaseVisit } from './case-visits.ts';

/** A span of time in which somebody at this venue may have met a case. */
export interface VenueWindow extends Window {
  readonly venue: string;
}

/**
 * Where and when to look: each visit of a case with the margin before and after it, both ends included. Spans of one
 * venue that overlap are one, so that nobody's visit is found twice. In order of time.
 */
export function traceWindows(caseVisits: readonly CaseVisit[], marginMs: number): VenueWindow[] {
  const windows = [...byVenue(caseVisits)].flatMap(([venue, visits]) =>
    joined(visits.map(({ visit }) => around(visit.visitedAtMs, marginMs))).map((window) => ({
      ...window,
      venue,
    })),
  );
  return windows.sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

function around(atMs: number, marginMs: number): Window {
  return { fromMs: atMs - marginMs, toMs: atMs + marginMs + 1 };
}

function joined(windows: readonly Window[]): Window[] {
  const result: Window[] = [];
  for (const window of windows.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last === undefined || window.fromMs > last.toMs) result.push(window);
    else result[result.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, window.toMs) };
  }
  return result;
}
