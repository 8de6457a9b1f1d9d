import type { Subkeys } from '../../store/keyring/hour-keys.ts';
import { visitorInRow } from '../../store/sealing/opened-rows.ts';
import { anyMayBe } from '../../store/sealing/row-sieve.ts';
import {
  joinedTags,
  venueBlocks,
  venueTagBytes,
  visitorTag,
  visitorTagBytes,
} from '../../store/sealing/tags.ts';
import type { CentralReader } from './central-reader.ts';
import { type GatewayHour, type HourKeysOfGateways, type HourRef, refNumber } from './gateway-hours.ts';

/** Sealed visits of a gateway's hour, one behind the other. */
export interface SealedRows {
  readonly hour: GatewayHour;
  readonly rows: Buffer;
}

/** By which tags of an hour its rows are found: of places, or of a visitor. */
export interface TagSearch {
  readonly column: 'venue_tag' | 'visitor_tag';
  /** Octets of each tag. */
  readonly bytes: number;
  /** Tags that an hour has. */
  readonly count: number;
  /** One behind the other. */
  readonly tags: (keys: Subkeys, hour: GatewayHour) => Buffer;
  /** As a row has it: hours whose rows with the tag are all another visitor's are passed over. */
  readonly visitor?: Buffer;
}

/** The venues' tags in each hour. */
export function venueSearch(venues: readonly string[]): TagSearch {
  const each = [...new Set(venues)];
  const blocks = venueBlocks(each);
  return {
    ...{ column: 'venue_tag', bytes: venueTagBytes, count: each.length },
    tags: (keys) => joinedTags(keys, blocks),
  };
}

export function visitorSearch(visitor: string): TagSearch {
  return {
    ...{ column: 'visitor_tag', bytes: visitorTagBytes, count: 1 },
    tags: (keys, { tagBits }) => visitorTag(keys, visitor, tagBits),
    visitor: visitorInRow(visitor),
  };
}

const joinedRow = "string_agg(v.venue_tag || v.id || v.visitor_tag || v.sealed, ''::bytea)";

/** Every row of one hour, by gateway. */
export async function rowsOfHour(
  { ask }: CentralReader,
  gateways: readonly GatewayHour[],
): Promise<SealedRows[]> {
  const [first] = gateways;
  if (first === undefined) return [];
  const found = await ask<Omit<HourRef, 'hour'> & { readonly rows: Buffer }>(
    `SELECT v.gateway AS "gatewayNo", v.key_no AS "keyNo", ${joinedRow} AS rows
     FROM visitlog.visits v WHERE v.hour = $1 GROUP BY v.gateway, v.key_no`,
    [first.hour],
  );
  return gateways.flatMap((hour) => {
    const its = found.find(({ gatewayNo, keyNo }) => gatewayNo === hour.gatewayNo && keyNo === hour.keyNo);
    return its === undefined ? [] : { hour, rows: its.rows };
  });
}

/** Hours that have keys, with the tags that are wanted of each, all of them in one piece. */
interface Wanted {
  readonly hours: readonly GatewayHour[];
  readonly tags: Buffer;
}

function wantedTags(
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  { bytes, count, tags }: TagSearch,
): Wanted {
  const wanted: GatewayHour[] = [];
  const all = Buffer.alloc(hours.length * count * bytes);
  for (const hour of hours) {
    const subkeys = keys.of(hour);
    if (subkeys === null) continue;
    tags(subkeys, hour).copy(all, wanted.length * count * bytes);
    wanted.push(hour);
  }
  return { hours: wanted, tags: all };
}

/**
 * Which hours a question is about, as arrays; and the first and the last of them, in order. The library writes an array by looking
 * at each element.
 */
function hourValues(hours: readonly HourRef[]): unknown[] {
  const arrayOf = (numbers: readonly number[]) => `{${numbers.join()}}`;
  return [
    arrayOf(hours.map(({ hour }) => hour)),
    arrayOf(hours.map(({ gatewayNo }) => gatewayNo)),
    arrayOf(hours.map(({ keyNo }) => keyNo)),
    ...[hours[0]?.hour ?? 0, hours.at(-1)?.hour ?? 0],
  ];
}

const eachHour = `unnest($1::int[], $2::smallint[], $3::smallint[]) WITH ORDINALITY AS w (hour, gateway, key_no, n)`;

/** The span of hours leaves out other days when the question is planned. */
const ofHour = `v.hour = w.hour AND v.gateway = w.gateway AND v.key_no = w.key_no AND v.hour BETWEEN $4 AND $5`;

/**
 * What `select` makes of the rows with the wanted tags, hour by hour; hours without one are left out. `LATERAL`: a look-up of the index for
 * each tag, in the one partition that has its hour. A join would be planned as a look through all rows.
 */
async function lookUp<What>(
  { ask }: Pick<CentralReader, 'ask'>,
  { hours, tags }: Wanted,
  { column, bytes, count }: TagSearch,
  select: (rows: string) => string,
): Promise<readonly { readonly n: number; readonly what: What }[]> {
  if (hours.length === 0 || count === 0) return [];
  const tagAt = (at: string) => `substring($6::bytea FROM (${at}) * ${bytes} + 1 FOR ${bytes})`;
  const isWanted =
    count === 1
      ? `= ${tagAt('w.n::int - 1')}`
      : `= ANY (ARRAY(SELECT ${tagAt(`(w.n::int - 1) * ${count} + place`)} FROM generate_series(0, ${count - 1}) AS place))`;
  const rows = `FROM visitlog.visits v WHERE ${ofHour} AND v.${column} ${isWanted}`;
  return ask(
    `SELECT w.n::int AS n, found.what FROM ${eachHour}
     CROSS JOIN LATERAL (${select(rows)} HAVING count(*) > 0) AS found`,
    [...hourValues(hours), tags],
  );
}

/** Those of the hours that may have rows of the visitor. The index alone is read for it (schema/sieve-step.ts). */
async function sieved(
  reader: CentralReader,
  wanted: Wanted,
  keys: HourKeysOfGateways,
  search: TagSearch,
  visitor: Buffer,
): Promise<readonly GatewayHour[]> {
  const found = await lookUp<Buffer>(
    reader,
    wanted,
    search,
    (rows) => `SELECT string_agg(v.sieved, ''::bytea) AS what ${rows}`,
  );
  return found.flatMap(({ n, what }) => {
    const hour = wanted.hours[n - 1];
    const subkeys = hour === undefined ? null : keys.of(hour);
    return hour === undefined || subkeys === null || !anyMayBe(subkeys, what, visitor) ? [] : hour;
  });
}

/** The rows of these hours that have one of the tags, by one question, or two for a visitor's. */
export async function rowsWithTags(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  search: TagSearch,
): Promise<SealedRows[]> {
  const all = wantedTags(hours, keys, search);
  const { visitor } = search;
  const wanted =
    visitor === undefined ? all : wantedTags(await sieved(reader, all, keys, search, visitor), keys, search);
  const found = await lookUp<Buffer>(reader, wanted, search, (rows) => `SELECT ${joinedRow} AS what ${rows}`);
  return found.flatMap(({ n, what }) => {
    const hour = wanted.hours[n - 1];
    return hour === undefined ? [] : { hour, rows: what };
  });
}

/** How many rows of a gateway's hour have each tag of a place: tag (6), number (4), one behind the other. */
export interface TagCounts {
  readonly hour: GatewayHour;
  readonly counts: Buffer;
}

export const tagCountBytes = venueTagBytes + 4;

const joinedCounts = "string_agg(c.venue_tag || int4send(c.number), ''::bytea)";

/** All rows that are counted. */
export function rowsOf(counted: readonly TagCounts[]): number {
  let rows = 0;
  for (const { counts } of counted)
    for (let at = venueTagBytes; at < counts.length; at += tagCountBytes) rows += counts.readInt32BE(at);
  return rows;
}

/** By one question; of one day at most. */
export async function countTags({ ask }: CentralReader, hours: readonly GatewayHour[]): Promise<TagCounts[]> {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return [];
  const found = await ask<HourRef & { readonly counts: Buffer }>(
    `SELECT c.hour, c.gateway AS "gatewayNo", c.key_no AS "keyNo", ${joinedCounts} AS counts FROM
       (SELECT v.hour, v.gateway, v.key_no, v.venue_tag, count(*)::int AS number FROM visitlog.visits v
        WHERE v.hour BETWEEN $1 AND $2 GROUP BY v.hour, v.gateway, v.key_no, v.venue_tag) AS c
     GROUP BY c.hour, c.gateway, c.key_no`,
    [first.hour, last.hour],
  );
  const names = new Map(hours.map((hour) => [refNumber(hour), hour]));
  return found.flatMap(({ counts, ...ref }) => {
    const hour = names.get(refNumber(ref));
    return hour === undefined ? [] : { hour, counts };
  });
}

/** The same of the tags that are wanted alone. */
export async function countWithTags(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  search: TagSearch,
): Promise<TagCounts[]> {
  const wanted = wantedTags(hours, keys, search);
  const grouped = (rows: string) =>
    `SELECT v.venue_tag, count(*)::int AS number ${rows} GROUP BY v.venue_tag`;
  const found = await lookUp<Buffer>(
    reader,
    wanted,
    search,
    (rows) => `SELECT ${joinedCounts} AS what FROM (${grouped(rows)}) AS c`,
  );
  return found.flatMap(({ n, what }) => {
    const hour = wanted.hours[n - 1];
    return hour === undefined ? [] : { hour, counts: what };
  });
}

/** How many rows of visits these hours have: they need no key to be counted. */
export async function countRows({ ask }: CentralReader, hours: readonly HourRef[]): Promise<number> {
  if (hours.length === 0) return 0;
  const [found] = await ask<{ readonly rows: number | null }>(
    `SELECT sum(h.visits)::float8 AS rows FROM ${eachHour}
     JOIN visitlog.hours h ON h.hour = w.hour AND h.gateway = w.gateway AND h.key_no = w.key_no
     WHERE h.hour BETWEEN $4 AND $5`,
    hourValues(hours),
  );
  return found?.rows ?? 0;
}
