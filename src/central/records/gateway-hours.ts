import { nameOf, type OpenedKeys, openEnvelope, readOpened } from '../../store/holder/opened-hours.ts';
import { hourOf } from '../../store/hour.ts';
import type { Subkeys } from '../../store/keyring/hour-keys.ts';
import type { Window } from '../../store/records.ts';
import type { CentralReader } from './central-reader.ts';

/** An hour as one gateway has written it, under one of its keys. */
export interface GatewayHour {
  readonly hour: number;
  /** What the database numbers the gateway by. */
  readonly gatewayNo: number;
  readonly gateway: string;
  readonly keyNo: number;
  /** How many bits of a visitor's tag the hour uses. */
  readonly tagBits: number;
  /** Rows that it has. */
  readonly visits: number;
  readonly texts: number;
  /** How often texts came or went. */
  readonly textChanges: number;
}

/** What a row has of its gateway's hour. */
export type HourRef = Pick<GatewayHour, 'hour' | 'gatewayNo' | 'keyNo'>;

/** Tells hours of gateways apart. The database's smallest numbers have 15 bits, and hours at most 23 until the year 2926. */
export function refNumber({ hour, gatewayNo, keyNo }: HourRef): number {
  return (hour * 0x8000 + gatewayNo) * 0x8000 + keyNo;
}

/** Of an hour of a gateway, as `gatewayHours` gets it: hour (4), gateway (2), key_no (2), visits (4), texts (4), tag_bits (4), text_changes (4). */
const packed = `int8send((h.hour::int8 << 32) | (h.gateway::int8 << 16) | h.key_no)
  || int8send((h.visits::int8 << 32) | h.texts) || int8send((coalesce(h.tag_bits, 0)::int8 << 32) | h.text_changes)`;
const packedBytes = 24;

/** The hours of a window that any gateway has written, ascending, and of one hour by the gateways' names. In one piece: there are thousands. */
export async function gatewayHours(
  { ask }: Pick<CentralReader, 'ask'>,
  { fromMs, toMs }: Window,
  which: 'all' | 'with-texts' = 'all',
): Promise<readonly GatewayHour[]> {
  const [found] = await ask<{
    readonly gateways: readonly [no: number, name: string][];
    readonly hours: Buffer | null;
  }>(
    `SELECT (SELECT json_agg(json_build_array(g.id, g.name) ORDER BY g.name) FROM visitlog.gateways g) AS gateways,
       string_agg(${packed}, ''::bytea) AS hours
     FROM visitlog.hours h WHERE h.hour BETWEEN $1 AND $2${which === 'all' ? '' : ' AND h.texts > 0'}`,
    [asHour(fromMs), asHour(toMs - 1)],
  );
  if (found?.hours == null) return [];
  return unpacked(found.hours, found.gateways);
}

function unpacked(octets: Buffer, gateways: readonly (readonly [no: number, name: string])[]): GatewayHour[] {
  const names = new Map(gateways);
  const order = new Map(gateways.map(([no], place) => [no, place]));
  const hours: GatewayHour[] = [];
  for (let at = 0; at < octets.length; at += packedBytes) {
    const gatewayNo = octets.readInt16BE(at + 4);
    hours.push({
      hour: octets.readInt32BE(at),
      gatewayNo,
      gateway: names.get(gatewayNo) ?? '',
      keyNo: octets.readInt16BE(at + 6),
      tagBits: octets.readInt32BE(at + 16),
      visits: octets.readInt32BE(at + 8),
      texts: octets.readInt32BE(at + 12),
      textChanges: octets.readInt32BE(at + 20),
    });
  }
  const placeOf = ({ gatewayNo }: GatewayHour) => order.get(gatewayNo) ?? 0;
  return hours.sort(
    (one, other) => one.hour - other.hour || placeOf(one) - placeOf(other) || one.keyNo - other.keyNo,
  );
}

/** As the database's numbers go. */
function asHour(atMs: number): number {
  return Math.max(0, Math.min(0x7fff_ffff, hourOf(atMs)));
}

/** The same, a day at a time: what one question asks for at once. */
export function byDay(hours: readonly GatewayHour[]): GatewayHour[][] {
  const days: GatewayHour[][] = [];
  let day = Number.NaN;
  for (const each of hours) {
    const its = Math.floor(each.hour / 24);
    if (its !== day) days.push([]);
    day = its;
    days.at(-1)?.push(each);
  }
  return days;
}

/** Visits of all places, of which a city's busy place has some hundreds. */
const firstPortion = 3_000;

/**
 * The same, the first day in portions that grow: the first is small, so that its answer comes at once, and each next one has three
 * times as many visits, up to the rest of the day.
 */
export function byPortion(hours: readonly GatewayHour[]): GatewayHour[][] {
  const [first, ...days] = byDay(hours);
  if (first === undefined) return [];
  const portions: GatewayHour[][] = [];
  let portion: GatewayHour[] = [];
  let most = firstPortion;
  let visits = 0;
  for (const group of byHour(first).values()) {
    if (visits >= most) {
      portions.push(portion);
      [portion, most, visits] = [[], most * 3, 0];
    }
    portion.push(...group);
    visits += group.reduce((sum, each) => sum + each.visits, 0);
  }
  return [...portions, portion, ...days];
}

/** Keys of gateways' hours in memory. */
export interface HourKeysOfGateways {
  /** Null if the hour has ended here, or there is no envelope to this holder. */
  of(hour: HourRef): Subkeys | null;
  /** Zeroes them. */
  close(): void;
}

/** The keys of these hours: those that the holder has kept, and the others out of their envelopes. */
export async function openKeys(
  reader: CentralReader,
  hours: readonly GatewayHour[],
): Promise<HourKeysOfGateways> {
  const opened = new Map<number, OpenedKeys>();
  const unopened: GatewayHour[] = [];
  const kept = readOpened(reader.db, reader.ring, [...byHour(hours).keys()]);
  for (const each of hours) {
    const keys = kept.get(each.hour)?.get(nameOf(each));
    if (keys === undefined) unopened.push(each);
    else opened.set(refNumber(each), keys);
  }
  for (const [ref, keys] of await openEnvelopes(reader, unopened)) opened.set(ref, keys);
  return {
    of: (hour) => opened.get(refNumber(hour))?.subkeys ?? null,
    close() {
      for (const keys of opened.values()) keys.close();
      opened.clear();
    },
  };
}

/** Opens the envelopes of these hours to this holder; those that do not open are left out. */
export async function openEnvelopes(
  { ask, ring, holder }: CentralReader,
  hours: readonly GatewayHour[],
): Promise<Map<number, OpenedKeys>> {
  const opened = new Map<number, OpenedKeys>();
  if (hours.length === 0) return opened;
  const names = new Map(hours.map((each) => [refNumber(each), each]));
  const rows = await ask<HourRef & { readonly envelope: Buffer }>(
    `SELECT e.hour, e.gateway AS "gatewayNo", e.key_no AS "keyNo", e.envelope
     FROM visitlog.envelopes e JOIN visitlog.holders o ON o.id = e.holder
     WHERE o.name = $1 AND e.hour = ANY ($2)`,
    [holder, [...new Set(hours.map(({ hour }) => hour))]],
  );
  for (const { envelope, ...ref } of rows) {
    const hour = names.get(refNumber(ref));
    const keys = hour && openEnvelope(ring, holder, { ...hour, envelope });
    if (keys != null) opened.set(refNumber(ref), keys);
  }
  return opened;
}

export function byHour<T extends { readonly hour: number }>(items: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(item.hour);
    if (group === undefined) groups.set(item.hour, [item]);
    else group.push(item);
  }
  return groups;
}
