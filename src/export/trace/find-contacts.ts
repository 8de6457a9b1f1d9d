import { setImmediate } from 'node:timers/promises';
import { minuteMs } from '../../base/amounts.ts';
import { collect } from '../../base/batches.ts';
import { fault } from '../../base/errors.ts';
import type { Records } from '../../store/records.ts';
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
function numberCases(visitsOfCases: readonly (readonly TracedVisit[])[]): CaseVisit[] {
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

/** A span of time in which somebody at this venue may have met a case. */
interface VenueWindow extends Window {
  readonly venue: string;
}

/**
 * Where and when to search: each visit of a case with the margin before and after it, both ends included. Overlapping
 * spans of one venue are joined, so that no visit is found twice. In order of time.
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

export interface TraceQuery extends Window {
  /** Canonical numbers, each once. */
  readonly cases: readonly string[];
  readonly marginMs: number;
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
  /** Told now and then how many rows were read, and how much of the search that is, 0 to 1. */
  readonly onRows?: (rows: number, share: number) => void;
}

/**
 * Follows the cases through the register: their visits by the keyed tags of each hour, then each venue's spans of time
 * around those. The window is that of the cases' visits; whom they met may have come before it begins. Whoever is a
 * case is not a contact. Meetings are held in memory, some hundred bytes each. Error: `export.interrupted`.
 */
export async function findContacts(
  records: Pick<Records, 'visits' | 'visitsOf'>,
  query: TraceQuery,
  { signal, onRows = () => {} }: FindOptions,
): Promise<Trace> {
  const { cases, marginMs } = query;
  const own = await Promise.all(cases.map((visitor) => visitsOfCase(records, visitor, query)));
  const caseVisits = numberCases(own.map(({ visits }) => visits));
  const venues = byVenue(caseVisits);
  const isCase = new Set(cases);
  const meetings: Meeting[] = [];
  const windows = traceWindows(caseVisits, marginMs);
  let unreadable = 0;
  let rows = 0;
  for (const [index, { venue, ...window }] of windows.entries()) {
    const batches = records.visits({ ...window, venues: [venue] });
    for await (const visits of batches) {
      for (const visit of visits)
        if (!isCase.has(visit.visitor))
          for (const meeting of meetingsOf(visit, venues.get(venue) ?? [], marginMs)) meetings.push(meeting);
      rows += visits.length;
      onRows(rows, index / windows.length);
    }
    unreadable += batches.unreadable;
    onRows(rows, (index + 1) / windows.length);
    await setImmediate();
    if (signal.aborted) throw fault('export.interrupted');
  }
  // The hours without a key are the same for each case.
  const unknown = Math.max(0, ...own.map((one) => one.unreadable));
  return { caseVisits, contacts: contactsOf(meetings), unreadable: Math.max(unknown, unreadable) };
}

async function visitsOfCase(
  records: Pick<Records, 'visitsOf'>,
  visitor: string,
  { fromMs, toMs, venues }: TraceQuery,
): Promise<{ readonly visits: readonly TracedVisit[]; readonly unreadable: number }> {
  const batches = records.visitsOf(visitor, { fromMs, toMs });
  const visits = (await collect(batches)).filter(({ venue }) => venues?.includes(venue) ?? true);
  return { visits, unreadable: batches.unreadable };
}
