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

export function refName({ hour, gatewayNo, keyNo }: HourRef): string {
  return `${hour} ${gatewayNo} ${keyNo}`;
}

/** Of an hour of a gateway, as `gatewayHours` gets it: hour (4), key_no (2), tag_bits (2), visits (4), texts (4), text_changes (4). */
const packed =
  'int4send(h.hour) || int2send(h.key_no) || int2send(coalesce(h.tag_bits, 0::smallint)) || int4send(h.visits) || int4send(h.texts) || int4send(h.text_changes)';
const packedBytes = 20;

/** The hours of a window that any gateway has written, ascending. Of each gateway in one piece: there are thousands. */
export async function gatewayHours(
  { ask }: Pick<CentralReader, 'ask'>,
  { fromMs, toMs }: Window,
  which: 'all' | 'with-texts' = 'all',
): Promise<readonly GatewayHour[]> {
  const rows = await ask<{ readonly gatewayNo: number; readonly gateway: string; readonly hours: Buffer }>(
    `SELECT g.id AS "gatewayNo", g.name AS gateway, string_agg(${packed}, ''::bytea ORDER BY h.hour, h.key_no) AS hours
     FROM visitlog.hours h JOIN visitlog.gateways g ON g.id = h.gateway
     WHERE h.hour BETWEEN $1 AND $2${which === 'all' ? '' : ' AND h.texts > 0'} GROUP BY g.id, g.name ORDER BY g.name`,
    [asHour(fromMs), asHour(toMs - 1)],
  );
  const found: GatewayHour[] = [];
  for (const { gatewayNo, gateway, hours } of rows)
    for (let at = 0; at < hours.length; at += packedBytes)
      found.push({
        ...{ gatewayNo, gateway, hour: hours.readInt32BE(at), keyNo: hours.readInt16BE(at + 4) },
        ...{ tagBits: hours.readInt16BE(at + 6), visits: hours.readInt32BE(at + 8) },
        ...{ texts: hours.readInt32BE(at + 12), textChanges: hours.readInt32BE(at + 16) },
      });
  // Of one hour in the order in which they were found.
  return found.sort((one, other) => one.hour - other.hour);
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
  const opened = new Map<string, OpenedKeys>();
  const unopened: GatewayHour[] = [];
  for (const [hour, group] of byHour(hours)) {
    const kept = readOpened(reader.db, reader.ring, hour);
    for (const each of group) {
      const keys = kept.get(nameOf(each));
      if (keys === undefined) unopened.push(each);
      else opened.set(refName(each), keys);
    }
  }
  for (const [ref, keys] of await openEnvelopes(reader, unopened)) opened.set(ref, keys);
  return {
    of: (hour) => opened.get(refName(hour))?.subkeys ?? null,
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
): Promise<Map<string, OpenedKeys>> {
  const opened = new Map<string, OpenedKeys>();
  if (hours.length === 0) return opened;
  const names = new Map(hours.map((each) => [refName(each), each]));
  const rows = await ask<HourRef & { readonly envelope: Buffer }>(
    `SELECT e.hour, e.gateway AS "gatewayNo", e.key_no AS "keyNo", e.envelope
     FROM visitlog.envelopes e JOIN visitlog.holders o ON o.id = e.holder
     WHERE o.name = $1 AND e.hour = ANY ($2)`,
    [holder, [...new Set(hours.map(({ hour }) => hour))]],
  );
  for (const { envelope, ...ref } of rows) {
    const hour = names.get(refName(ref));
    const keys = hour && openEnvelope(ring, holder, { ...hour, envelope });
    if (keys != null) opened.set(refName(ref), keys);
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
