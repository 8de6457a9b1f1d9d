import type { Note } from '../../store/tables/sealed-texts.ts';
import type { CentralReader } from './central-reader.ts';
import { notesIn, textsOfHours } from './central-texts.ts';
import { fetchedAhead } from './fetched-ahead.ts';
import { byHour, byPortion, type GatewayHour, type HourKeysOfGateways, openKeys } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import { openHourOfGateways, type Room, type VisitFilter } from './open-rows.ts';
import { countRows, rowsOfHour, rowsWithTags, type SealedRows, type TagSearch } from './sealed-rows.ts';

/** Sealed rows of one hour, with the keys of all gateways that have written it. */
export interface FetchedHour {
  readonly hour: number;
  readonly gateways: readonly GatewayHour[];
  readonly sealed: readonly SealedRows[];
  readonly keys: HourKeysOfGateways;
  /** Rows that no tag can be computed of, because there is no key. */
  readonly keyless: number;
}

/** An hour's rows in the clear, in order of time. */
export interface OpenedHour {
  readonly hour: number;
  /** As `openRows` gives them. */
  readonly octets: Uint8Array;
  /** By the name of the row. */
  readonly notes: ReadonlyMap<string, Note>;
  readonly unreadable: number;
}

/** The rows of these hours, hour by hour. Those of the next are on their way while these are in use. */
export function fetchedHours(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  search: TagSearch | null,
): AsyncGenerator<FetchedHour> {
  const filled = hours.filter(({ visits }) => visits > 0);
  return search === null ? wholeHours(reader, filled) : foundHours(reader, filled, search);
}

async function* wholeHours(
  reader: CentralReader,
  hours: readonly GatewayHour[],
): AsyncGenerator<FetchedHour> {
  const fetch = async ([hour, gateways]: readonly [number, readonly GatewayHour[]]): Promise<FetchedHour> => {
    const keys = await openKeys(reader, gateways);
    return { hour, gateways, keys, sealed: await rowsOfHour(reader, gateways), keyless: 0 };
  };
  for await (const fetched of fetchedAhead([...byHour(hours)], fetch, ({ keys }) => keys.close()))
    yield fetched;
}

async function* foundHours(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  search: TagSearch,
): AsyncGenerator<FetchedHour> {
  const fetch = async (portion: readonly GatewayHour[]): Promise<FetchedPortion> => {
    const keys = await openKeys(reader, portion);
    const unopened = portion.filter((hour) => keys.of(hour) === null);
    const sealed = await rowsWithTags(reader, portion, keys, search);
    return { portion, keys, sealed, keyless: await countRows(reader, unopened) };
  };
  const [first, ...others] = byPortion(hours);
  // The first alone: to make the question for the next would take longer than its answer.
  for (const portions of first === undefined ? [] : [[first], others])
    for await (const fetched of fetchedAhead(portions, fetch, ({ keys }) => keys.close()))
      yield* hoursOfPortion(fetched);
}

interface FetchedPortion extends Omit<FetchedHour, 'hour' | 'gateways'> {
  readonly portion: readonly GatewayHour[];
}

function* hoursOfPortion({ portion, keys, sealed, keyless }: FetchedPortion): Generator<FetchedHour> {
  const ofHour = byHour(sealed.map((rows) => ({ hour: rows.hour.hour, rows })));
  let lost = keyless;
  for (const [hour, gateways] of byHour(portion)) {
    const rows = (ofHour.get(hour) ?? []).map((each) => each.rows);
    if (rows.length > 0 || lost > 0) yield { hour, gateways, keys, sealed: rows, keyless: lost };
    lost = 0;
  }
}

/** Opens the rows of an hour that the filter wants; their notes too. */
export async function openFetched(
  reader: CentralReader,
  { hour, gateways, sealed, keys, keyless }: FetchedHour,
  lines: LinesOfGateways,
  filter: VisitFilter,
  room?: Room,
): Promise<OpenedHour> {
  const { octets, unreadable, isNoted } = openHourOfGateways(hour, sealed, keys, lines, filter, room);
  const noted = gateways.filter(({ texts }) => texts > 0);
  const notes = isNoted ? notesIn(await textsOfHours(reader, noted, keys, lines)) : new Map();
  return { hour, octets, notes, unreadable: unreadable + keyless };
}
