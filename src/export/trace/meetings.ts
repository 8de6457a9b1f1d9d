import { minuteMs } from '../../base/amounts.ts';
import type { CaseVisit, Margin, TracedVisit } from './case-visits.ts';

/** Somebody's visit to a venue within the margin of a case's visit there. */
export interface Meeting {
  readonly visit: TracedVisit;
  readonly met: CaseVisit;
  /** Whole minutes after the case's visit, the nearest; negative when it was before. */
  readonly minutesAfter: number;
}

/**
 * The meetings of one visit with the cases' visits to its venue: at most one for each case, with the visit of that case
 * that is nearest in time, or the earlier of two equally near. So a case that texted twice is met once.
 */
export function meetingsOf(visit: TracedVisit, caseVisits: readonly CaseVisit[], margin: Margin): Meeting[] {
  const nearest = new Map<number, CaseVisit>();
  for (const candidate of caseVisits) {
    if (!isWithin(visit, candidate, margin)) continue;
    const known = nearest.get(candidate.caseNumber);
    if (known === undefined || isNearer(visit, candidate, known))
      nearest.set(candidate.caseNumber, candidate);
  }
  return [...nearest.values()].map((met) => ({ visit, met, minutesAfter: minutesAfter(visit, met) }));
}

function isWithin(visit: TracedVisit, met: CaseVisit, { beforeMs, afterMs }: Margin): boolean {
  const laterMs = visit.visitedAtMs - met.visit.visitedAtMs;
  return -beforeMs <= laterMs && laterMs <= afterMs;
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

/** Somebody who met a case, with every meeting in order of time. Contacts are numbered from 1 by their first meeting. */
export interface Contact {
  readonly contactNumber: number;
  readonly visitor: string;
  readonly meetings: readonly Meeting[];
}

/** Everybody who met a case, once each, in order of their first meeting; numbered behind the `before` that there are. */
export function contactsOf(meetings: readonly Meeting[], before = 0): Contact[] {
  const people = new Map<string, Meeting[]>();
  for (const meeting of meetings.toSorted(inOrder)) {
    const known = people.get(meeting.visit.visitor);
    if (known === undefined) people.set(meeting.visit.visitor, [meeting]);
    else known.push(meeting);
  }
  return [...people].map(([visitor, own], index) => ({
    contactNumber: before + index + 1,
    visitor,
    meetings: own,
  }));
}

function inOrder(a: Meeting, b: Meeting): number {
  return (
    a.visit.visitedAtMs - b.visit.visitedAtMs ||
    a.visit.id - b.visit.id ||
    a.met.caseNumber - b.met.caseNumber
  );
}

/** Whether the visit of the contact, or that of whom they met, is one to a number that nearly is the place's. */
export function isNear({ visit, met }: Meeting): boolean {
  return visit.nearMiss !== undefined || met.visit.nearMiss !== undefined;
}
