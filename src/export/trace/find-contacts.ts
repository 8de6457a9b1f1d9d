import { collect } from '../../base/batches.ts';
import { fault } from '../../base/errors.ts';
import type { StoredText } from '../../store/records.ts';
import type { Window } from '../window.ts';
import { type CaseVisit, type Margin, numberCases, type TracedVisit } from './case-visits.ts';
import { findMeetings, type NearRule, type SearchOptions, type TraceRecords } from './find-meetings.ts';
import { type Contact, contactsOf } from './meetings.ts';
import { textsAsVisits, visitNear } from './near-visits.ts';

export interface TraceQuery extends Window {
  /** Canonical numbers, each once. */
  readonly cases: readonly string[];
  /** The numbers are those of one person, who is one case. */
  readonly samePerson?: boolean;
  readonly margin: Margin;
  /** Visits of the cases to other venues are left out. All venues when absent. */
  readonly venues?: readonly string[];
  /** 2: also whom the contacts met, after they had met a case. */
  readonly depth?: 1 | 2;
}

export interface Trace {
  readonly caseVisits: readonly CaseVisit[];
  readonly contacts: readonly Contact[];
  /**
   * Whom a contact met: their numbers go on from the contacts', and `met.caseNumber` of a meeting is the number of the
   * contact. Empty unless the query has a depth of 2.
   */
  readonly secondary: readonly Contact[];
  /** Rows that could not be read where a case may have been, or somebody that it met. */
  readonly unreadable: number;
}

interface FindOptions extends SearchOptions {
  /** The texts of the window that are no visit. */
  readonly texts?: readonly StoredText[];
}

/**
 * Follows the cases through the register: their visits by the keyed tags of each hour, then each venue's spans of time
 * around those. The window is that of the cases' visits; whom they met may have come before it begins. Whoever is a
 * case is not a contact. With `near`, a visit to an unregistered number counts for the place that it is one slip of the
 * finger from, and so does a text (near-visits.ts). Error: `export.interrupted`.
 */
export async function findContacts(
  records: TraceRecords,
  query: TraceQuery,
  options: FindOptions,
): Promise<Trace> {
  const { cases, samePerson = false, depth = 1 } = query;
  const own = await Promise.all(
    cases.map((visitor) => visitsOfPerson(records, { ...options, ...query, visitor })),
  );
  const visitsOfEach = own.map(({ visits }) => visits);
  const caseVisits = numberCases(samePerson ? [visitsOfEach.flat().sort(inOrderOfTime)] : visitsOfEach);
  const isCase = new Set(cases);
  const search = { margin: query.margin, isLeftOut: (visitor: string) => isCase.has(visitor) };
  const { meetings, unreadable } = await findMeetings(records, caseVisits, search, options);
  const contacts = contactsOf(meetings);
  // The hours without a key are the same for each case.
  const unknown = Math.max(0, ...own.map((one) => one.unreadable), unreadable);
  const first = { caseVisits, contacts, secondary: [], unreadable: unknown };
  return depth === 1 ? first : withSecondary(records, query, first, options);
}

/**
 * Whom the contacts met: from its first meeting with a case on, a contact is followed as a case is, to the end of the
 * window and to every place. Who is a case or a contact already is not found again.
 */
async function withSecondary(
  records: TraceRecords,
  { cases, toMs, margin }: TraceQuery,
  first: Trace,
  options: FindOptions,
): Promise<Trace> {
  const known = new Set([...cases, ...first.contacts.map(({ visitor }) => visitor)]);
  const visitsOfEach: (readonly TracedVisit[])[] = [];
  let unknown = first.unreadable;
  for (const { visitor, meetings } of first.contacts) {
    const fromMs = meetings[0]?.visit.visitedAtMs ?? toMs;
    // A meeting may lie behind the window: the margin reaches beyond it.
    const window = { fromMs, toMs: Math.max(toMs, fromMs + 1) };
    const { visits, unreadable } = await visitsOfPerson(records, { ...options, ...window, visitor });
    visitsOfEach.push(visits);
    unknown = Math.max(unknown, unreadable);
    if (options.signal.aborted) throw fault('export.interrupted');
  }
  const search = { margin, isLeftOut: (visitor: string) => known.has(visitor) };
  const found = await findMeetings(records, numberCases(visitsOfEach), search, options);
  const secondary = contactsOf(found.meetings, first.contacts.length);
  return { ...first, secondary, unreadable: Math.max(unknown, found.unreadable) };
}

interface PersonQuery extends Pick<TraceQuery, 'fromMs' | 'toMs' | 'venues'> {
  readonly visitor: string;
  readonly near?: NearRule | undefined;
  readonly texts?: readonly StoredText[];
}

async function visitsOfPerson(
  records: TraceRecords,
  query: PersonQuery,
): Promise<{ readonly visits: readonly TracedVisit[]; readonly unreadable: number }> {
  const batches = records.visitsOf(query.visitor, query);
  const visits: TracedVisit[] = [];
  for (const visit of await collect(batches))
    for (const meant of await asMeant(records, visit, query)) visits.push(meant);
  for (const visit of await nearTextsOf(records, query)) visits.push(visit);
  return { visits: visits.sort(inOrderOfTime), unreadable: batches.unreadable };
}

function isAsked(venue: string, { venues }: PersonQuery): boolean {
  return venues?.includes(venue) ?? true;
}

/** The visit, or, if its number is not registered, one to each place that it may mean; none if nobody asked for it. */
async function asMeant(
  records: TraceRecords,
  visit: TracedVisit,
  query: PersonQuery,
): Promise<readonly TracedVisit[]> {
  const { near } = query;
  const itself = isAsked(visit.venue, query);
  const named = (await near?.places.meantBy(visit.venue)) ?? [];
  const meant = named.filter((venue) => itself || isAsked(venue, query));
  if (meant.length > 0) near?.visits.add(visit.id);
  if (meant.length > 0 && near?.followed)
    return Promise.all(meant.map((venue) => visitNear(records, visit, venue)));
  return itself ? [visit] : [];
}

/** Their texts that nearly name a place, as visits to it. */
async function nearTextsOf(records: TraceRecords, query: PersonQuery): Promise<TracedVisit[]> {
  const { visitor, fromMs, toMs, near, texts = [] } = query;
  const found: TracedVisit[] = [];
  if (near === undefined) return found;
  const own = texts.filter(({ sender, atMs }) => sender === visitor && atMs >= fromMs && atMs < toMs);
  for await (const text of textsAsVisits(records, own, near.places)) {
    if (!isAsked(text.venue, query)) continue;
    near.texts.add(text.id);
    if (near.followed) found.push(text);
  }
  return found;
}

function inOrderOfTime(a: TracedVisit, b: TracedVisit): number {
  return a.visitedAtMs - b.visitedAtMs || a.id - b.id;
}
