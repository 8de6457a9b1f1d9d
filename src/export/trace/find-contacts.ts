import { setImmediate } from 'node:timers/promises';
import type { Register } from '../../store/register-types.ts';
import { interrupted } from '../export.ts';
import type { Window } from '../window.ts';
import { byVenue, type CaseVisit, numberCases, type TracedVisit } from './case-visits.ts';
import { type Contact, contactsOf } from './contacts.ts';
import { type Meeting, meetingsOf } from './meetings.ts';
import { traceWindows } from './trace-windows.ts';

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

export interface FindOptions {
  readonly signal: AbortSignal;
  /** Told now and then how many rows were read, and how much of the search that is, 0 to 1. */
  readonly onRows?: (rows: number, share: number) => void;
}

/** Rows between two calls of `onRows`, where one place has many. */
const toldEvery = 1_024;

/**
 * Follows the cases through the register: their visits by the keyed tags of each hour, then each venue's spans of time
 * around those. The window is that of the cases' visits; whom they met may have come before it begins. Whoever is a
 * case is no contact. Meetings are held in memory, some hundred bytes each. Error: `export.interrupted`.
 */
export async function findContacts(
  register: Pick<Register, 'visits' | 'visitsOf'>,
  query: TraceQuery,
  { signal, onRows = () => {} }: FindOptions,
): Promise<Trace> {
  const { cases, marginMs } = query;
  const own = cases.map((visitor) => visitsOfCase(register, visitor, query));
  const caseVisits = numberCases(own.map(({ visits }) => visits));
  const venues = byVenue(caseVisits);
  const isCase = new Set(cases);
  const meetings: Meeting[] = [];
  const windows = traceWindows(caseVisits, marginMs);
  let unreadable = 0;
  let rows = 0;
  for (const [index, { venue, ...window }] of windows.entries()) {
    const stream = register.visits({ ...window, venues: [venue] });
    for (const visit of stream) {
      if (!isCase.has(visit.visitor)) meetings.push(...meetingsOf(visit, venues.get(venue) ?? [], marginMs));
      rows += 1;
      if (rows % toldEvery === 0) onRows(rows, index / windows.length);
    }
    unreadable += stream.unreadable;
    onRows(rows, (index + 1) / windows.length);
    await setImmediate();
    if (signal.aborted) throw interrupted();
  }
  // The hours without a key are the same for each case.
  const unknown = Math.max(0, ...own.map((one) => one.unreadable));
  return { caseVisits, contacts: contactsOf(meetings), unreadable: Math.max(unknown, unreadable) };
}

function visitsOfCase(
  register: Pick<Register, 'visitsOf'>,
  visitor: string,
  { fromMs, toMs, venues }: TraceQuery,
): { readonly visits: readonly TracedVisit[]; readonly unreadable: number } {
  const stream = register.visitsOf(visitor, { fromMs, toMs });
  const visits = [...stream].filter(({ venue }) => venues?.includes(venue) ?? true);
  return { visits, unreadable: stream.unreadable };
}
