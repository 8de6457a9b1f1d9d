import { hourMs } from '../../base/amounts.ts';
import { memo } from '../../base/memo.ts';
import type { Zone } from '../../base/zone.ts';
import type { Branch, HourCount, VisitCount } from '../../store/records.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import type { Column } from '../visit-columns.ts';
import type { Window } from '../window.ts';

/** What visits are counted by. `hour` is the hour of the day; together with `day`, each hour of each day. */
export const dimensions = ['venue', 'day', 'hour'] as const;
export type Dimension = (typeof dimensions)[number];

/** One number of the table. A dimension that it was not counted by is null. */
interface CountCell {
  /** Canonical. */
  readonly venue: string | null;
  /** `2026-11-23`, in the configured zone. */
  readonly day: string | null;
  /** 0 to 23, in the configured zone. */
  readonly hour: number | null;
  readonly visits: number;
}

/**
 * Sums by the dimensions, in the order day, hour, venue. Without venues every day and hour of the window is there, with
 * 0 where nobody came; with venues, what nobody came to is left out. Where a zone's clocks are half an hour off, an
 * hour of the register counts whole for the local hour that it begins in.
 */
export async function countCells(
  counts: AsyncIterable<readonly (HourCount & Partial<VisitCount>)[]>,
  by: readonly Dimension[],
  zone: Zone,
  window: Window,
): Promise<CountCell[]> {
  const keyOf = memo(10_000, (hourStartMs: number) => localKey(hourStartMs, by, zone));
  const cells = new Map<
    string,
    { venue: string | null; day: string | null; hour: number | null; visits: number }
  >();
  const add = (venue: string | null, hourStartMs: number, visits: number) => {
    const { key, ...time } = keyOf(hourStartMs);
    const whole = venue === null ? key : `${key} ${venue}`;
    const cell = cells.get(whole);
    if (cell === undefined) cells.set(whole, { venue, ...time, visits });
    else cell.visits += visits;
  };
  const isByVenue = by.includes('venue');
  if (!isByVenue) for (const startMs of hoursOf(window)) add(null, startMs, 0);
  for await (const batch of counts)
    for (const { venue, hourStartMs, visits } of batch)
      add((isByVenue && venue) || null, hourStartMs, visits);
  return [...cells.values()].sort(inOrder);
}

function localKey(hourStartMs: number, by: readonly Dimension[], zone: Zone) {
  const local = zone.format(hourStartMs);
  const day = by.includes('day') ? local.slice(0, 10) : null;
  const hour = by.includes('hour') ? Number(local.slice(11, 13)) : null;
  return { key: `${day} ${hour}`, day, hour };
}

function* hoursOf({ fromMs, toMs }: Window): Generator<number> {
  for (let startMs = Math.floor(fromMs / hourMs) * hourMs; startMs < toMs; startMs += hourMs) yield startMs;
}

function inOrder(a: CountCell, b: CountCell): number {
  return (
    compare(a.day ?? '', b.day ?? '') ||
    (a.hour ?? 0) - (b.hour ?? 0) ||
    compare(a.venue ?? '', b.venue ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A cell with the name of its place. */
export interface NamedCell extends CountCell {
  readonly venueName: string | null;
}

export async function namedCells(
  cells: readonly CountCell[],
  venueOf: (number: string) => Promise<Branch | null>,
): Promise<NamedCell[]> {
  const places = new Map<string, Pick<NamedCell, 'venue' | 'venueName'>>();
  for (const { venue } of cells) {
    if (venue === null || places.has(venue)) continue;
    const place = await venueOf(venue);
    // A person's number that an earlier version took for a place.
    const shown = place === null && isPrivateNumber(venue) ? maskNumber(venue) : venue;
    places.set(venue, { venue: shown, venueName: place?.name ?? null });
  }
  return cells.map((cell) => ({ ...cell, venueName: null, ...places.get(cell.venue ?? '') }));
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

export function isHidden(visits: number, smallest: number): boolean {
  return visits > 0 && visits < smallest;
}

/** The columns of a file of counts: what they are by, then the number. */
export function countColumns(by: readonly Dimension[], smallest: number): readonly Column<NamedCell>[] {
  const time: readonly Column<NamedCell>[] = [
    { key: 'day', kind: 'text', width: 12, value: ({ day }) => day },
    { key: 'hour', kind: 'number', width: 6, value: ({ hour }) => hour },
  ];
  return [
    ...time.filter(({ key }) => by.some((dimension) => dimension === key)),
    ...(by.includes('venue') ? venueColumns : []),
    { key: 'visits', kind: 'text', width: 10, value: ({ visits }) => shownCount(visits, smallest) },
  ];
}

const venueColumns: readonly Column<NamedCell>[] = [
  {
    key: 'venue',
    kind: 'text',
    width: 16,
    value: ({ venue }) => (venue === null ? null : formatNational(venue)),
  },
  { key: 'venue_name', kind: 'text', width: 24, value: ({ venueName }) => venueName },
];

export interface CountTable {
  readonly cells: readonly NamedCell[];
  readonly by: readonly Dimension[];
  readonly window: Window;
  readonly smallest: number;
}

/** The table as one object; a hidden number is a text, `"<5"`. */
export function countJson({ cells, by, window, smallest }: CountTable, zone: Zone): object {
  return {
    from: zone.format(window.fromMs),
    to: zone.format(window.toMs),
    by,
    small_cells: smallest,
    rows: cells.map(({ day, hour, venue, venueName, visits }) => ({
      ...(by.includes('day') ? { day } : {}),
      ...(by.includes('hour') ? { hour } : {}),
      ...(venue === null ? {} : { venue: formatNational(venue), venue_name: venueName }),
      visits: isHidden(visits, smallest) ? shownCount(visits, smallest) : visits,
    })),
  };
}
