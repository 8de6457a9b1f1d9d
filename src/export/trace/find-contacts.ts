import { setImmediate } from 'node:timers/promises';
import { minuteMs } from '../../base/amounts.ts';
import { collect } from '../../base/batches.ts';
import { fault } from '../../base/errors.ts';
import type { Records, StoredText } from '../../store/records.ts';
import type { NearPlaces } from '../near-places.ts';
import type { Window } from '../window.ts';
import {
  byVenue,
  type CaseVisit,
  type Margin,
  numberCases,
  type TracedVisit,
  traceWindows,
} from './case-visits.ts';
import { textsAsVisits, textsNear, visitNear } from './near-visits.ts';

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

/** Everybody who met a case, once each, in order of their first meeting. */
export function contactsOf(meetings: readonly Meeting[]): Contact[] {
  const people = new Map<string, Meeting[]>();
  for (const meeting of meetings.toSorted(inOrder)) {
    const known = people.get(meeting.visit.visitor);
    if (known === undefined) people.set(meeting.visit.visitor, [meeting]);
    else known.push(meeting);
  }
  return [...people].map(([visitor, own], index) => ({ contactNumber: index + 1, visitor, meetings: own }));
}

function inOrder(a: Meeting, b: Meeting): number {
  return (
    a.visit.visitedAtMs - b.visit.visitedAtMs ||
    a.visit.id - b.visit.id ||
    a.met.caseNumber - b.met.caseNumber
  );
}

export interface TraceQuery extends Window {
  /** Canonical numbers, each once. */
  readonly cases: readonly string[];
  /** The numbers are those of one person, who is one case. */
  readonly samePerson?: boolean;
  readonly margin: Margin;
  /** Visits of the cases to other venues are left out. All venues when absent. */
  readonly venues?: readonly string[];
}

export interface Trace {
  readonly caseVisits: readonly CaseVisit[];
  readonly contacts: readonly Contact[];
  /** Rows that could not be read where a case may have been, or somebody that it met. */
  readonly unreadable: number;
}

interface FindOptions {
  readonly signal: AbortSignal;
  /** Follows mistyped numbers and texts too; absent: only those that name a place. */
  readonly near?: NearPlaces | undefined;
  /** The cases' texts of the window that are no visit. */
  readonly caseTexts?: readonly StoredText[];
  /** Told now and then how many rows were read, and how much of the search that is, 0 to 1. */
  readonly onRows?: (rows: number, share: number) => void;
}

type TraceRecords = Pick<Records, 'visits' | 'visitsOf' | 'texts' | 'placeOf'>;

/**
 * Follows the cases through the register: their visits by the keyed tags of each hour, then each venue's spans of time
 * around those. The window is that of the cases' visits; whom they met may have come before it begins. Whoever is a
 * case is not a contact. With `near`, a visit to an unregistered number counts for the place that it is one slip of the
 * finger from, and so does a text (near-visits.ts). Meetings are held in memory, some hundred bytes each. Error:
 * `export.interrupted`.
 */
export async function findContacts(
  records: TraceRecords,
  query: TraceQuery,
  { signal, near, caseTexts = [], onRows = () => {} }: FindOptions,
): Promise<Trace> {
  const { cases, margin, samePerson = false } = query;
  const own = await Promise.all(
    cases.map((visitor) => visitsOfCase(records, { ...query, visitor, near, caseTexts })),
  );
  const visitsOfEach = own.map(({ visits }) => visits);
  const caseVisits = numberCases(samePerson ? [visitsOfEach.flat().sort(inOrderOfTime)] : visitsOfEach);
  const venues = byVenue(caseVisits);
  const isCase = new Set(cases);
  const meetings: Meeting[] = [];
  const add = (visit: TracedVisit) => {
    if (isCase.has(visit.visitor)) return;
    for (const meeting of meetingsOf(visit, venues.get(visit.venue) ?? [], margin)) meetings.push(meeting);
  };
  const windows = traceWindows(caseVisits, margin);
  const unregistered = new Map([...venues.keys()].map((venue) => [venue, near?.numbersNear(venue) ?? []]));
  let unreadable = 0;
  let rows = 0;
  for (const [index, { venue, ...window }] of windows.entries()) {
    const batches = records.visits({ ...window, venues: [venue, ...(unregistered.get(venue) ?? [])] });
    for await (const visits of batches) {
      for (const visit of visits) add(visit.venue === venue ? visit : await visitNear(records, visit, venue));
      rows += visits.length;
      onRows(rows, index / windows.length);
    }
    unreadable += batches.unreadable;
    onRows(rows, (index + 1) / windows.length);
    await setImmediate();
    if (signal.aborted) throw fault('export.interrupted');
  }
  if (near !== undefined)
    for await (const row of textsNear(records, windows, near)) {
      add(row);
      if (signal.aborted) throw fault('export.interrupted');
    }
  // The hours without a key are the same for each case.
  const unknown = Math.max(0, ...own.map((one) => one.unreadable));
  return { caseVisits, contacts: contactsOf(meetings), unreadable: Math.max(unknown, unreadable) };
}

interface CaseQuery extends Pick<TraceQuery, 'fromMs' | 'toMs' | 'venues'> {
  readonly visitor: string;
  readonly near: NearPlaces | undefined;
  readonly caseTexts: readonly StoredText[];
}

async function visitsOfCase(
  records: TraceRecords,
  { visitor, fromMs, toMs, venues, near, caseTexts }: CaseQuery,
): Promise<{ readonly visits: readonly TracedVisit[]; readonly unreadable: number }> {
  const batches = records.visitsOf(visitor, { fromMs, toMs });
  const visits: TracedVisit[] = [];
  const isAsked = (venue: string) => venues?.includes(venue) ?? true;
  for (const visit of await collect(batches)) {
    const meant = near?.meantBy(visit.venue) ?? [];
    if (meant.length === 0 && isAsked(visit.venue)) visits.push(visit);
    for (const venue of meant)
      if (isAsked(venue) || isAsked(visit.venue)) visits.push(await visitNear(records, visit, venue));
  }
  const own = caseTexts.filter(({ sender }) => sender === visitor);
  for await (const text of near === undefined ? [] : textsAsVisits(records, own, near))
    if (isAsked(text.venue)) visits.push(text);
  return { visits: visits.sort(inOrderOfTime), unreadable: batches.unreadable };
}

function inOrderOfTime(a: TracedVisit, b: TracedVisit): number {
  return a.visitedAtMs - b.visitedAtMs || a.id - b.id;
}
