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
}

/** What a row has of its gateway's hour. */
export type HourRef = Pick<GatewayHour, 'hour' | 'gatewayNo' | 'keyNo'>;

export function refName({ hour, gatewayNo, keyNo }: HourRef): string {
  return `${hour} ${gatewayNo} ${keyNo}`;
}

/** The hours of a window that any gateway has written, ascending. */
export function gatewayHours(
  { ask }: CentralReader,
  { fromMs, toMs }: Window,
): Promise<readonly GatewayHour[]> {
  return ask<GatewayHour>(
    `SELECT h.hour, h.gateway AS "gatewayNo", g.name AS gateway, h.key_no AS "keyNo",
       coalesce(h.tag_bits, 0)::int AS "tagBits"
     FROM visitlog.hours h JOIN visitlog.gateways g ON g.id = h.gateway
     WHERE h.hour BETWEEN $1 AND $2 ORDER BY h.hour, g.name, h.key_no`,
    [asHour(fromMs), asHour(toMs - 1)],
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
