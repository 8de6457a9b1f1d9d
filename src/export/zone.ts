import { dayMs } from '../base/duration.ts';
import { memo } from './memo.ts';

/** A time zone of the IANA list, fast enough to be asked for every row of a register. */
export interface Zone {
  /** How far local time is ahead of UTC at an instant. */
  offsetMsAt(epochMs: number): number;
  /** ISO 8601 to the second with the offset then in force: `2026-11-23T14:05:09+09:00`. */
  format(epochMs: number): string;
}

/** Every zone's clocks change at a whole quarter of an hour UTC, and stand still in between. */
export const quarterMs = 900_000;

/** Offsets and days that are remembered; a register's four weeks have 2,700 quarters. */
const cacheLimit = 20_000;

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

interface Offset {
  readonly ms: number;
  /** `+09:00` */
  readonly text: string;
}

/** Throws RangeError for a name that the runtime does not know; the configuration has checked it. */
export function openZone(timeZone: string): Zone {
  const intl = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsetOfQuarter = memo(cacheLimit, (quarter: number) => parseOffset(intl, quarter * quarterMs));
  const dateOfDay = memo(cacheLimit, (day: number) => new Date(day * dayMs).toISOString().slice(0, 10));
  const offsetAt = (epochMs: number) => offsetOfQuarter(Math.floor(epochMs / quarterMs));
  return {
    offsetMsAt: (epochMs) => offsetAt(epochMs).ms,
    format(epochMs) {
      const offset = offsetAt(epochMs);
      const localMs = epochMs + offset.ms;
      const day = Math.floor(localMs / dayMs);
      const second = Math.floor((localMs - day * dayMs) / 1_000);
      const minute = Math.floor(second / 60);
      return `${dateOfDay(day)}T${twoDigits[Math.floor(minute / 60)]}:${twoDigits[minute % 60]}:${twoDigits[second % 60]}${offset.text}`;
    },
  };
}

/** `GMT+09:00`, `GMT-03:30`, `GMT`; seconds, which only zones before 1972 have, are left out of the text. */
function parseOffset(intl: Intl.DateTimeFormat, epochMs: number): Offset {
  const name = intl.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(name);
  if (!match) return { ms: 0, text: '+00:00' };
  const [, sign, hours, minutes, seconds = '00'] = match;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return { ms: sign === '-' ? -ms : ms, text: `${sign}${hours}:${minutes}` };
}
