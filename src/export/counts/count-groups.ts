import { hourMs } from '../../base/amounts.ts';
import { memo } from '../../base/memo.ts';
import type { Zone } from '../../base/zone.ts';
import type { Branch, HourCount, SumUnder, VisitCount } from '../../store/records.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import { type Covered, joinedState, type SpanState, spanState } from '../covered.ts';
import type { Column } from '../visit-columns.ts';
import type { Window } from '../window.ts';

/** What visits are counted by. `hour` is the hour of the day; together with `day`, each hour of each day. */
export const dimensions = ['venue', 'day', 'hour'] as const;
export type Dimension = (typeof dimensions)[number];

/** One number of the table, with the name of its place. A dimension that it was not counted by is null. */
export interface CountCell {
  /** Canonical; a person's number that an earlier version took for a place is masked. */
  readonly venue: string | null;
  readonly venueName: string | null;
  /** `2026-11-23`, in the configured zone. */
  readonly day: string | null;
  /** 0 to 23, in the configured zone. */
  readonly hour: number | null;
  /** Null if there can be no record of the time: that is not 0. */
  readonly visits: number | null;
  readonly state: SpanState;
}

interface CountOptions {
  readonly by: readonly Dimension[];
  readonly zone: Zone;
  readonly window: Window;
  /** What the register can have records of. */
  readonly covered: Covered;
  /** The places that have names, by their numbers. */
  readonly places?: ReadonlyMap<string, Branch>;
}

/**
 * Sums by the dimensions, in the order day, hour, venue. Without venues every day and hour of the window is there, with
 * 0 where nobody came, and null where there can be no record; with venues, what nobody came to is left out. Where a
 * zone's clocks are half an hour off, an hour of the register counts whole for the local hour that it begins in.
 */
export async function countCells(
  counts: AsyncIterable<readonly (HourCount & Partial<VisitCount>)[]>,
  options: CountOptions,
): Promise<CountCell[]> {
  const { by, zone } = options;
  const keyOf = memo(10_000, (hourStartMs: number) => localKey(hourStartMs, by, zone));
  const states = statesOf(options, (hourStartMs) => keyOf(hourStartMs).key);
  const times = new Map<string, { readonly time: LocalTime; readonly sums: Map<string | null, number> }>();
  const add = (venue: string | null, hourStartMs: number, visits: number) => {
    const time = keyOf(hourStartMs);
    const { sums } = times.get(time.key) ?? { sums: new Map<string | null, number>() };
    if (sums.size === 0) times.set(time.key, { time, sums });
    sums.set(venue, (sums.get(venue) ?? 0) + visits);
  };
  const isByVenue = by.includes('venue');
  if (!isByVenue) for (const { fromMs } of hoursOf(options.window)) add(null, fromMs, 0);
  for await (const batch of counts)
    for (const { venue, hourStartMs, visits } of batch)
      add((isByVenue && venue) || null, hourStartMs, visits);
  const shown = memo(mostPlaces, (venue: string | null) => shownPlace(venue, options.places));
  return [...times.values()]
    .sort((a, b) => inOrder(a.time, b.time))
    .flatMap(({ time, sums }) => {
      const state = states.get(time.key) ?? 'whole';
      return venuesInOrder(sums).map((venue) => cellOf(time, shown(venue), sums.get(venue) ?? 0, state));
    });
}

/** More than a city has. */
const mostPlaces = 100_000;

type ShownPlace = Pick<CountCell, 'venue' | 'venueName'>;

function shownPlace(venue: string | null, places?: ReadonlyMap<string, Branch>): ShownPlace {
  const place = venue === null ? undefined : places?.get(venue);
  const isPerson = venue !== null && place === undefined && isPrivateNumber(venue);
  return { venue: isPerson ? maskNumber(venue) : venue, venueName: place?.name ?? null };
}

/** What `countCells` would sum: an hour under the first hour of the same cells. */
export function sumUnderCells({ by, zone }: Pick<CountOptions, 'by' | 'zone'>): SumUnder {
  const firsts = new Map<string, number>();
  return (hourStartMs) => {
    const { key } = localKey(hourStartMs, by, zone);
    const first = firsts.get(key) ?? hourStartMs;
    firsts.set(key, first);
    return first;
  };
}

/** Sorted without a comparison of ours: a week of a city's places has a hundred thousand cells. */
function venuesInOrder(sums: ReadonlyMap<string | null, number>): (string | null)[] {
  const venues = [...sums.keys()];
  return venues.length > 1 ? venues.sort() : venues;
}

function cellOf(
  { day, hour }: LocalTime,
  { venue, venueName }: ShownPlace,
  visits: number,
  state: SpanState,
): CountCell {
  const isAbsent = visits === 0 && state !== 'whole' && state !== 'part';
  // Each field by its name: of a hundred thousand cells, spread objects take half a second.
  return {
    venue,
    venueName,
    day,
    hour,
    visits: isAbsent ? null : visits,
    state: isAbsent || visits === 0 ? state : known(state),
  };
}

/** Of a time with visits there are records, whatever the register's beginning says of it. */
function known(state: SpanState): SpanState {
  return state === 'whole' ? 'whole' : 'part';
}

interface LocalTime extends Pick<CountCell, 'day' | 'hour'> {
  /** The cells of one time have one key. */
  readonly key: string;
}

function localKey(hourStartMs: number, by: readonly Dimension[], zone: Zone): LocalTime {
  const local = zone.format(hourStartMs);
  const day = by.includes('day') ? local.slice(0, 10) : null;
  const hour = by.includes('hour') ? Number(local.slice(11, 13)) : null;
  return { key: `${day} ${hour}`, day, hour };
}

/** What the register can have of each time, by the key of its cells. */
function statesOf(
  { window, covered }: CountOptions,
  keyOf: (hourStartMs: number) => string,
): ReadonlyMap<string, SpanState> {
  const states = new Map<string, SpanState>();
  for (const { fromMs, toMs } of hoursOf(window)) {
    const part = { fromMs: Math.max(fromMs, window.fromMs), toMs: Math.min(toMs, window.toMs) };
    const key = keyOf(fromMs);
    states.set(key, joinedState(states.get(key), spanState(part, covered)));
  }
  return states;
}

function* hoursOf({ fromMs, toMs }: Window): Generator<Window> {
  for (let startMs = Math.floor(fromMs / hourMs) * hourMs; startMs < toMs; startMs += hourMs)
    yield { fromMs: startMs, toMs: startMs + hourMs };
}

function inOrder(a: LocalTime, b: LocalTime): number {
  return compare(a.day ?? '', b.day ?? '') || (a.hour ?? 0) - (b.hour ?? 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A number as a file shows it: one from 1 to `smallest` - 1 as `<5`, since a place where three people were may say who
 * they were. 0 stays 0: nobody is told of.
 *
 * What is hidden must not be computed from what is beside it, so a file holds no sum of its cells, in any dimension: a
 * second cell need not be hidden to keep the first. Two files of different cuts (by day, and by day and venue) can be
 * subtracted from each other all the same; nothing in one file can prevent that, and the command says so when it has
 * hidden a number.
 */
export function shownCount(visits: number, smallest: number): string {
  return isHidden(visits, smallest) ? `<${smallest}` : String(visits);
}

export function isHidden(visits: number | null, smallest: number): visits is number {
  return visits !== null && visits > 0 && visits < smallest;
}

/** The columns of a file of counts: what they are by, the number, and whether there were records of the whole time. */
export function countColumns(by: readonly Dimension[], smallest: number): readonly Column<CountCell>[] {
  const time: readonly Column<CountCell>[] = [
    { key: 'day', kind: 'text', width: 12, value: ({ day }) => day },
    { key: 'hour', kind: 'number', width: 6, value: ({ hour }) => hour },
  ];
  return [
    ...time.filter(({ key }) => by.some((dimension) => dimension === key)),
    ...(by.includes('venue') ? venueColumns : []),
    {
      key: 'visits',
      kind: 'text',
      width: 10,
      value: ({ visits }) => (visits === null ? null : shownCount(visits, smallest)),
    },
    { key: 'state', kind: 'text', width: 10, value: ({ state }) => state },
  ];
}

const venueColumns: readonly Column<CountCell>[] = [
  {
    key: 'venue',
    kind: 'text',
    width: 16,
    value: ({ venue }) => (venue === null ? null : formatNational(venue)),
  },
  { key: 'venue_name', kind: 'text', width: 24, value: ({ venueName }) => venueName },
];

export interface CountTable {
  readonly cells: readonly CountCell[];
  readonly by: readonly Dimension[];
  readonly window: Window;
  readonly covered: Covered;
  readonly smallest: number;
}

/** The table as one object; a hidden number is a text, `"<5"`, and one that cannot be known null. */
export function countJson({ cells, by, window, covered, smallest }: CountTable, zone: Zone): object {
  return {
    from: zone.format(window.fromMs),
    to: zone.format(window.toMs),
    records_from: zone.format(covered.fromMs),
    records_to: zone.format(covered.toMs),
    by,
    small_cells: smallest,
    rows: cells.map(({ day, hour, venue, venueName, visits, state }) => ({
      ...(by.includes('day') ? { day } : {}),
      ...(by.includes('hour') ? { hour } : {}),
      ...(venue === null ? {} : { venue: formatNational(venue), venue_name: venueName }),
      visits: isHidden(visits, smallest) ? shownCount(visits, smallest) : visits,
      state,
    })),
  };
}
