import { minuteMs } from '../base/amounts.ts';
import { fault } from '../base/errors.ts';

/** The time in the seven octets of TP-SCTS and of the fields like it (3GPP TS 23.040 §9.2.3.11). */
export interface Timestamp {
  /** Milliseconds since 1970-01-01T00:00Z, or null if the date or the zone is impossible. */
  readonly epochMs: number | null;
  /** The zone's offset from UTC in minutes, or null if `epochMs` is. */
  readonly offsetMinutes: number | null;
}

export const timestampOctets = 7;
/** No zone on earth is farther from UTC; the field can hold up to 19:45. */
const farthestMinutes = 14 * 60;

/** Two swapped semi-octets as a number; one above 9 counts as 0 (§9.2.3.11). */
function decodeSwapped(octet: number): number {
  const tens = octet & 15;
  const units = octet >> 4;
  return (tens > 9 ? 0 : tens) * 10 + (units > 9 ? 0 : units);
}

/** Quarters of an hour from UTC. Bit 3 is the sign, so three bits are left for the tens. */
function decodeZone(octet: number): number {
  const quarters = decodeSwapped(octet & 0xf7);
  return octet & 8 ? -quarters : quarters;
}

/** The time in seven octets. Never fails: an impossible date gives null. */
export function decodeTimestamp(octets: Uint8Array): Timestamp {
  const year = decodeSwapped(octets[0]!);
  const month = decodeSwapped(octets[1]!);
  const day = decodeSwapped(octets[2]!);
  const hour = decodeSwapped(octets[3]!);
  const minute = decodeSwapped(octets[4]!);
  const second = decodeSwapped(octets[5]!);
  const offsetMinutes = 15 * decodeZone(octets[6]!);
  const fullYear = year < 90 ? 2000 + year : 1900 + year;
  const possible =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(fullYear, month) && hour < 24 && minute < 60;
  if (!possible || second > 59 || Math.abs(offsetMinutes) > farthestMinutes)
    return { epochMs: null, offsetMinutes: null };
  const localMs = Date.UTC(fullYear, month - 1, day, hour, minute, second);
  return { epochMs: localMs - offsetMinutes * minuteMs, offsetMinutes };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  return month === 2 && year % 4 === 0 ? 29 : monthDays[month - 1]!;
}

/** ISO 8601 with the zone's own offset (`2026-11-23T14:05:09+09:00`), or null if there is no time. */
export function formatTimestamp(timestamp: Timestamp): string | null {
  const { epochMs, offsetMinutes } = timestamp;
  if (epochMs === null || offsetMinutes === null) return null;
  const local = new Date(epochMs + offsetMinutes * minuteMs).toISOString().slice(0, 19);
  const distance = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/**
 * The seven octets of a time, to the second, in a zone of `offsetMinutes` (whole quarters of an hour, ±14 h).
 * Throws `scts.range` for what two digits of a year, 1990–2089, or the zone cannot hold.
 */
export function encodeTimestamp(epochMs: number, offsetMinutes: number): Uint8Array {
  const local = new Date(epochMs + offsetMinutes * minuteMs);
  const year = local.getUTCFullYear();
  const zoneFits = offsetMinutes % 15 === 0 && Math.abs(offsetMinutes) <= farthestMinutes;
  if (!(year >= 1990 && year <= 2089 && zoneFits)) throw fault('scts.range');
  const quarters = Math.abs(offsetMinutes) / 15;
  const fields = [
    year % 100,
    local.getUTCMonth() + 1,
    local.getUTCDate(),
    local.getUTCHours(),
    local.getUTCMinutes(),
    local.getUTCSeconds(),
    quarters,
  ];
  const octets = Uint8Array.from(fields, (value) => ((value % 10) << 4) | Math.floor(value / 10));
  if (offsetMinutes < 0) octets[6] = octets[6]! | 8;
  return octets;
}
