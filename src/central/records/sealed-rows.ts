import type { Subkeys } from '../../store/keyring/hour-keys.ts';
import type { CentralReader } from './central-reader.ts';
import type { GatewayHour, HourKeysOfGateways, HourRef } from './gateway-hours.ts';

/** Sealed visits of a gateway's hour, one behind the other. */
export interface SealedRows {
  readonly hour: GatewayHour;
  readonly rows: Buffer;
}

/** By which tags of an hour its rows are found: of places, or of a visitor. */
export interface TagSearch {
  readonly column: 'venue_tag' | 'visitor_tag';
  readonly tags: (keys: Subkeys, hour: GatewayHour) => readonly Buffer[];
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

interface WantedTag {
  readonly hour: GatewayHour;
  readonly tag: Buffer;
}

function wantedTags(
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  { tags }: TagSearch,
): WantedTag[] {
  return hours.flatMap((hour) => {
    const subkeys = keys.of(hour);
    return subkeys === null ? [] : tags(subkeys, hour).map((tag) => ({ hour, tag: Buffer.from(tag) }));
  });
}

/** The first and the last of hours in order. */
function spanOf(hours: readonly HourRef[]): [number, number] {
  return [hours[0]?.hour ?? 0, hours.at(-1)?.hour ?? 0];
}

function valuesOf(wanted: readonly WantedTag[]): unknown[] {
  const hours = wanted.map(({ hour }) => hour);
  return [
    hours.map(({ hour }) => hour),
    hours.map(({ gatewayNo }) => gatewayNo),
    hours.map(({ keyNo }) => keyNo),
    wanted.map(({ tag }) => tag),
    ...spanOf(hours),
  ];
}

/**
 * `LATERAL`: a look-up of the index for each tag, in the one partition that has its hour. A join would be planned as a
 * look through all rows. The span of hours leaves out other days when it is planned.
 */
function lookUp(column: TagSearch['column'], what: string): string {
  return `SELECT w.n::int AS n, found.what FROM
      unnest($1::int[], $2::smallint[], $3::smallint[], $4::bytea[]) WITH ORDINALITY AS w (hour, gateway, key_no, tag, n)
    CROSS JOIN LATERAL (
      SELECT ${what} AS what FROM visitlog.visits v
      WHERE v.hour = w.hour AND v.gateway = w.gateway AND v.key_no = w.key_no AND v.${column} = w.tag
        AND v.hour BETWEEN $5 AND $6
    ) AS found`;
}

/** The rows of these hours that have one of the tags, by one question. */
export async function rowsWithTags(
  { ask }: CentralReader,
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  search: TagSearch,
): Promise<SealedRows[]> {
  const wanted = wantedTags(hours, keys, search);
  if (wanted.length === 0) return [];
  const found = await ask<{ readonly n: number; readonly what: Buffer | null }>(
    lookUp(search.column, joinedRow),
    valuesOf(wanted),
  );
  return found.flatMap(({ n, what }) => {
    const hour = wanted[n - 1]?.hour;
    return hour === undefined || what === null ? [] : { hour, rows: what };
  });
}

/** How many rows these hours have of each tag that is wanted. */
export async function countWithTags(
  { ask }: CentralReader,
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  search: TagSearch,
): Promise<number> {
  const wanted = wantedTags(hours, keys, search);
  if (wanted.length === 0) return 0;
  const found = await ask<{ readonly what: number }>(
    lookUp(search.column, 'count(*)::float8'),
    valuesOf(wanted),
  );
  return found.reduce((sum, { what }) => sum + what, 0);
}

/** How many rows of visits each of these hours has: they need no key to be counted. */
export async function countRows({ ask }: CentralReader, hours: readonly HourRef[]): Promise<number> {
  if (hours.length === 0) return 0;
  const found = await ask<{ readonly rows: number }>(
    `SELECT sum(found.rows)::float8 AS rows FROM unnest($1::int[], $2::smallint[], $3::smallint[]) AS w (hour, gateway, key_no)
     CROSS JOIN LATERAL (
       SELECT count(*) AS rows FROM visitlog.visits v
       WHERE v.hour = w.hour AND v.gateway = w.gateway AND v.key_no = w.key_no
         AND v.hour BETWEEN $4 AND $5) AS found`,
    [
      hours.map(({ hour }) => hour),
      hours.map(({ gatewayNo }) => gatewayNo),
      hours.map(({ keyNo }) => keyNo),
      ...spanOf(hours),
    ],
  );
  return found[0]?.rows ?? 0;
}
