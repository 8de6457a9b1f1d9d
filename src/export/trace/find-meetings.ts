import { setImmediate } from 'node:timers/promises';
import { begunAhead } from '../../base/begun-ahead.ts';
import { fault } from '../../base/errors.ts';
import type { Records } from '../../store/records.ts';
import type { NearPlaces } from '../near-places.ts';
import { byVenue, type CaseVisit, type Margin, type TracedVisit, traceWindows } from './case-visits.ts';
import { type Meeting, meetingsOf } from './meetings.ts';
import { textsNear, visitNear } from './near-visits.ts';

export type TraceRecords = Pick<Records, 'visits' | 'visitsOf' | 'texts' | 'placeOf'>;

/** How mistyped numbers and texts are taken. */
export interface NearRule {
  readonly places: NearPlaces;
  /** False: they are counted, and lead nowhere. */
  readonly followed: boolean;
  /** The ids of what a mistyped number or text led to, or would have. */
  readonly visits: Set<number>;
  readonly texts: Set<number>;
}

export interface SearchOptions {
  readonly signal: AbortSignal;
  /** Absent: only numbers and texts that name a place count. */
  readonly near?: NearRule | undefined;
  /** Told now and then how many rows were read, and how much of the search that is, 0 to 1. */
  readonly onRows?: (rows: number, share: number) => void;
}

interface Search {
  readonly margin: Margin;
  /** Who is nobody's contact. */
  readonly isLeftOut: (visitor: string) => boolean;
}

interface FoundMeetings {
  readonly meetings: readonly Meeting[];
  /** Rows that could not be read where somebody may have been met. */
  readonly unreadable: number;
}

/** A central register answers for them while one is compared. */
const windowsAhead = 3;

/**
 * Who was at the venues of these visits, each in its span of time. Meetings are held in memory, some hundred bytes each.
 * Error: `export.interrupted`.
 */
export async function findMeetings(
  records: TraceRecords,
  visits: readonly CaseVisit[],
  { margin, isLeftOut }: Search,
  { signal, near, onRows = () => {} }: SearchOptions,
): Promise<FoundMeetings> {
  const venues = byVenue(visits);
  const meetings: Meeting[] = [];
  const add = (visit: TracedVisit, mistyped?: Set<number>) => {
    if (isLeftOut(visit.visitor)) return;
    const found = meetingsOf(visit, venues.get(visit.venue) ?? [], margin);
    if (found.length > 0) mistyped?.add(visit.id);
    if (mistyped === undefined || near?.followed) for (const meeting of found) meetings.push(meeting);
  };
  const windows = traceWindows(visits, margin);
  const beside = await numbersBeside([...venues.keys()], near);
  let unreadable = 0;
  let rows = 0;
  let searched = 0;
  const sources = function* () {
    for (const { venue, ...window } of windows)
      yield records.visits({ ...window, venues: [venue, ...(beside.get(venue) ?? [])] });
  };
  for await (const { source, pieces } of begunAhead(sources(), windowsAhead)) {
    const venue = windows[searched]?.venue ?? '';
    for await (const batch of pieces) {
      for (const visit of batch)
        if (visit.venue === venue) add(visit);
        else add(await visitNear(records, visit, venue), near?.visits);
      rows += batch.length;
      onRows(rows, searched / windows.length);
    }
    searched += 1;
    unreadable += source.unreadable;
    onRows(rows, searched / windows.length);
    await setImmediate();
    if (signal.aborted) throw fault('export.interrupted');
  }
  if (near !== undefined)
    for await (const row of textsNear(records, windows, near.places)) {
      add(row, near.texts);
      if (signal.aborted) throw fault('export.interrupted');
    }
  return { meetings, unreadable };
}

/** The numbers that are one slip of the finger away from each of these venues. */
async function numbersBeside(
  venues: readonly string[],
  near: NearRule | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (near === undefined) return new Map();
  const { numbersNear } = near.places;
  return new Map(await Promise.all(venues.map(async (venue) => [venue, await numbersNear(venue)] as const)));
}
