import { WordedError } from '../base/errors.ts';

/** What time the seven octets of TP-SCTS and its like say (3GPP TS 23.040 §9.2.3.11). */
export interface Timestamp {
  /** Milliseconds since 1970-01-01T00:00Z, or null where the date or the zone is impossible. */
  readonly epochMs: number | null;
  /** The zone's offset from UTC in minutes, or null where `epochMs` is. */
  readonly offsetMinutes: number | null;
}

export const timestampOctets = 7;
/** No place on earth is farther from UTC; the field could say up to 19:45. */
const farthestMinutes = 14 * 60;

/** Two swapped semi-octets as a number; one above 9 counts as 0 (§9.2.3.11). */
const numberOf = Uint8Array.from({ length: 256 }, (_, octet) => {
  const tens = octet & 15;
  const units = octet >> 4;
  return (tens > 9 ? 0 : tens) * 10 + (units > 9 ? 0 : units);
});

const at = (octets: Uint8Array, index: number): number => numberOf[octets[index] as number] as number;

/** The time that the seven octets from `start` on say, all of them there. Never fails: an impossible date has no time. */
export function decodeTimestamp(octets: Uint8Array, start = 0): Timestamp {
  const year = at(octets, start);
  const month = at(octets, start + 1);
  const day = at(octets, start + 2);
  const hour = at(octets, start + 3);
  const minute = at(octets, start + 4);
  const second = at(octets, start + 5);
  const zone = octets[start + 6] as number;
  // Bit 3 of the first semi-octet is the sign, the other three are the tens of quarter hours.
  const quarters = (zone & 7) * 10 + (zone >> 4 > 9 ? 0 : zone >> 4);
  const offsetMinutes = zone & 8 ? -15 * quarters : 15 * quarters;
  const fullYear = year < 90 ? 2000 + year : 1900 + year;
  const possible =
    month >= 1 && month <= 12 && day >= 1 && day <= daysIn(fullYear, month) && hour < 24 && minute < 60;
  if (!possible || second > 59 || quarters * 15 > farthestMinutes)
    return { epochMs: null, offsetMinutes: null };
  const localMs = Date.UTC(fullYear, month - 1, day, hour, minute, second);
  return { epochMs: localMs - offsetMinutes * 60_000, offsetMinutes };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  return month === 2 && year % 4 === 0 ? 29 : (monthDays[month - 1] as number);
}

/** ISO 8601 with the zone's own offset (`2026-11-23T14:05:09+09:00`), or null where there is no time. */
export function formatTimestamp(timestamp: Timestamp): string | null {
  const { epochMs, offsetMinutes } = timestamp;
  if (epochMs === null || offsetMinutes === null) return null;
  const local = new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const distance = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/**
 * The seven octets of a time, to the second, in a zone of `offsetMinutes` (whole quarters of an hour, ±14 h).
 * Throws `AppError` `scts.range` for what two digits of a year, 1990–2089, or the zone cannot hold.
 */
export function encodeTimestamp(epochMs: number, offsetMinutes: number): Uint8Array {
  const local = new Date(epochMs + offsetMinutes * 60_000);
  const year = local.getUTCFullYear();
  const zoneFits = offsetMinutes % 15 === 0 && Math.abs(offsetMinutes) <= farthestMinutes;
  if (!(year >= 1990 && year <= 2089 && zoneFits))
    throw new WordedError(
      'scts.range',
      'a service centre time stamp holds 1990 to 2089 and quarters of an hour',
    );
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
  if (offsetMinutes < 0) octets[6] = (octets[6] as number) | 8;
  return octets;
}
