import type { CaseVisit, TracedVisit } from '../../../src/export/trace/case-visits.ts';
import { visit } from '../rows.ts';

/** 14:00 in Korea; times of a test are minutes from it. */
export const noonMs = Date.parse('2026-11-23T05:00:00Z');
export const minuteMs = 60_000;

let lastId = 0;

export function tracedVisit(minutes: number, changes: Partial<TracedVisit> = {}): TracedVisit {
  lastId += 1;
  return { id: lastId, ...visit({ visitedAtMs: noonMs + minutes * minuteMs, ...changes }) };
}

/** A case's visit; cases and their visits are numbered from 1. */
export function caseVisit(
  minutes: number,
  { caseNumber = 1, visitNumber = 1, venue = '0313242114' } = {},
): CaseVisit {
  return { caseNumber, visitNumber, visit: tracedVisit(minutes, { venue }) };
}
