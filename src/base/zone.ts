import { dayMs, hourMs, minuteMs } from './amounts.ts';
import { memo } from './memo.ts';

/**
 * Korea's time: nine hours ahead of UTC, and never changed since the last summer time ended (9 October 1988, 03:00).
 * A process that needs no other zone does not load the runtime's calendars, which take 7 MiB of memory for good.
 */
export const koreanTime = {
  zone: 'Asia/Seoul',
  offsetMs: 9 * hourMs,
  unchangedSinceMs: Date.UTC(1988, 9, 8, 17),
} as const;

/** A time zone of the IANA list, fast enough to be asked for every row of a register. */
export interface Zone {
  /** How far local time is ahead of UTC at an instant. */
  offsetMsAt(epochMs: number): number;
  /** ISO 8601 to the second with the offset then in force: `2026-11-23T14:05:09+09:00`. */
  format(epochMs: number): string;
}

/** The number of the local day at an instant: it rises by one at each local midnight. */
export function localDay(zone: Pick<Zone, 'offsetMsAt'>, epochMs: number): number {
  return Math.floor((epochMs + zone.offsetMsAt(epochMs)) / dayMs);
}

/** Every zone's offset changes only at a whole quarter of an hour UTC. */
export const quarterMs = 900_000;

/** Offsets and minutes that are remembered; a register's four weeks have 2,700 quarters and 40,000 minutes. */
const cacheLimit = 50_000;

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

interface Offset {
  readonly ms: number;
  /** `+09:00` */
  readonly text: string;
}

/** Throws RangeError for a name that the runtime does not know; the configuration has checked it. */
export function openZone(timeZone: string): Zone {
  const offsetAt = timeZone === koreanTime.zone ? koreanOffsets() : runtimeOffsets(timeZone);
  const aroundSeconds = memo(cacheLimit, (minute: number): AroundSeconds => {
    const { ms, text } = offsetAt(minute * minuteMs);
    const localMinute = minute + Math.trunc(ms / minuteMs);
    return { before: new Date(localMinute * minuteMs).toISOString().slice(0, 17), after: text };
  });
  // Rows come in order of time, so the last minute is mostly the next one too.
  let lastMinute = Number.NaN;
  let last: AroundSeconds = { before: '', after: '' };
  return {
    offsetMsAt: (epochMs) => offsetAt(epochMs).ms,
    format(epochMs) {
      const minute = Math.floor(epochMs / minuteMs);
      if (minute !== lastMinute) {
        last = aroundSeconds(minute);
        lastMinute = minute;
      }
      return last.before + twoDigits[Math.floor((epochMs - minute * minuteMs) / 1_000)] + last.after;
    },
  };
}

const koreanOffset: Offset = { ms: koreanTime.offsetMs, text: '+09:00' };

function koreanOffsets(): (epochMs: number) => Offset {
  let earlier: ((epochMs: number) => Offset) | null = null;
  return (epochMs) => {
    if (epochMs >= koreanTime.unchangedSinceMs) return koreanOffset;
    earlier ??= runtimeOffsets(koreanTime.zone);
    return earlier(epochMs);
  };
}

function runtimeOffsets(timeZone: string): (epochMs: number) => Offset {
  const intl = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offsetOfQuarter = memo(cacheLimit, (quarter: number) => parseOffset(intl, quarter * quarterMs));
  return (epochMs) => offsetOfQuarter(Math.floor(epochMs / quarterMs));
}

/** The text around the seconds in the times of one minute. */
interface AroundSeconds {
  readonly before: string;
  readonly after: string;
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

/** `2026-11-23 14:00`, local. */
export function formatMinute(zone: Zone, epochMs: number): string {
  return zone.format(epochMs).slice(0, 16).replace('T', ' ');
}
