import { dayMs, hourMs, minuteMs, parseDuration } from '../base/amounts.ts';
import { localDay, type Zone } from '../base/zone.ts';

/** What somebody typed for a time. */
export type TypedTime =
  | { readonly kind: 'instant'; readonly epochMs: number }
  /** In the configured zone, as if it were UTC. `wholeDay`: a date without a time, at its midnight. */
  | { readonly kind: 'local'; readonly localMs: number; readonly wholeDay: boolean };

interface Now {
  readonly zone: Zone;
  readonly nowMs: number;
}

/** Full-width digits and signs as their plain forms, a dash or a minus of a word processor as a hyphen. */
export function plainForm(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

const units = { 일: 'd', 시간: 'h', 분: 'm', 초: 's' } as const;

/** `30m`, `30분`, `1시간 30분` in milliseconds, or null. */
export function parseTypedDuration(typed: string): number | null {
  const text = plainForm(typed);
  const known = parseDuration(text);
  if (known !== null) return known;
  if (!/^(?:\d{1,9} ?(?:일|시간|분|초) ?)+$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+) ?(일|시간|분|초)/g)];
  const named = parts.map(([, , unit]) => unit);
  if (new Set(named).size < named.length) return null;
  return parts.reduce(
    (sum, [, count, unit]) => sum + (parseDuration(`${count}${units[unit as keyof typeof units]}`) ?? 0),
    0,
  );
}

/** Days before today that a word names. */
const dayWords: Readonly<Record<string, number>> = {
  today: 0,
  오늘: 0,
  yesterday: 1,
  어제: 1,
  그제: 2,
  그저께: 2,
};

const nowWords = ['now', '지금', '현재'];

/** `2026-11-23`, `2026/11/23`, `2026. 11. 23.`, `2026년 11월 23일`; the rest of the text behind it. */
const datePattern = /^(\d{4})(?:-(\d{1,2})-|\/(\d{1,2})\/|\. ?(\d{1,2})\. ?|년 ?(\d{1,2})월 ?)(\d{1,2})(.*)$/;

/**
 * A time as people write it: a date, a date and a time, ISO 8601 with its own zone, a word for a day or for now, a time
 * of today, or a duration before now. Null if it cannot be read, or the calendar has no such day or time.
 */
export function parseTypedTime(typed: string, now: Now): TypedTime | null {
  const text = plainForm(typed);
  if (nowWords.includes(text.toLowerCase())) return { kind: 'instant', epochMs: now.nowMs };
  if (text.startsWith('-')) {
    const agoMs = parseTypedDuration(text.slice(1));
    return agoMs === null ? null : { kind: 'instant', epochMs: now.nowMs - agoMs };
  }
  const [dayMidnightMs, rest] = dayOf(text, now) ?? [];
  if (dayMidnightMs === undefined || rest === undefined) return null;
  if (rest === '') return { kind: 'local', localMs: dayMidnightMs, wholeDay: true };
  return timeOf(dayMidnightMs, rest);
}

/** The midnight of the day that the text begins with, as if it were UTC, and what stands behind it. */
function dayOf(text: string, { zone, nowMs }: Now): readonly [number, string] | null {
  const todayMs = localDay(zone, nowMs) * dayMs;
  const [word = '', ...behind] = text.split(' ');
  const daysAgo = dayWords[word.toLowerCase()];
  if (daysAgo !== undefined) return [todayMs - daysAgo * dayMs, behind.map((part) => ` ${part}`).join('')];
  const match = datePattern.exec(text);
  // A time alone is one of today.
  if (match === null) return text === '' ? null : [todayMs, ` ${text}`];
  const [, year, byHyphen, bySlash, byPoint, byWord, day, behindDate = ''] = match;
  const month = byHyphen ?? bySlash ?? byPoint ?? byWord;
  const midnightMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnightMs);
  if (Number(year) < 1970 || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
    return null;
  if (byWord !== undefined && !behindDate.startsWith('일')) return null;
  const ends = byWord !== undefined || (byPoint !== undefined && behindDate.startsWith('.'));
  return [midnightMs, ends ? behindDate.slice(1).replace(/^(?=[^ ])/, ' ') : behindDate];
}

const clockPattern = /^[Tt ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const koreanPattern = /^ (오전|오후)? ?(\d{1,2})(?:시(?: ?(\d{1,2})분)?|:(\d{2}))$/;

function timeOf(midnightMs: number, text: string): TypedTime | null {
  const clock = clockPattern.exec(text);
  if (clock === null) return koreanTime(midnightMs, text);
  const [, hour, minute, second = '0', fraction = '0', offset] = clock;
  const fractionMs = Math.floor(Number(`0.${fraction}`) * 1_000);
  const timeMs = Number(hour) * hourMs + Number(minute) * minuteMs + Number(second) * 1_000 + fractionMs;
  // 24:00 is the midnight at which the day ends (ISO 8601).
  if (Number(minute) > 59 || Number(second) > 59 || timeMs > dayMs) return null;
  const localMs = midnightMs + timeMs;
  if (offset === undefined) return { kind: 'local', localMs, wholeDay: false };
  const offsetMs = parseOffset(offset);
  return offsetMs === null ? null : { kind: 'instant', epochMs: localMs - offsetMs };
}

/** `오후 2시`, `14시 30분`, `오전 9:00`. */
function koreanTime(midnightMs: number, text: string): TypedTime | null {
  const match = koreanPattern.exec(text);
  if (match === null) return null;
  const [, half, hourText, minuteText, clockMinutes] = match;
  const minute = Number(minuteText ?? clockMinutes ?? 0);
  const hour = hourOfDay(half, Number(hourText));
  if (hour === null || minute > 59 || hour * 60 + minute > 24 * 60) return null;
  return { kind: 'local', localMs: midnightMs + hour * hourMs + minute * minuteMs, wholeDay: false };
}

function hourOfDay(half: string | undefined, hour: number): number | null {
  if (half === undefined) return hour;
  // 오후 14시 says the same twice; 오전 14시 contradicts itself.
  if (hour > 12) return half === '오후' && hour < 24 ? hour : null;
  return (hour % 12) + (half === '오후' ? 12 : 0);
}

/** `Z`, `+09:00`, `+0900`, `+09` in milliseconds ahead of UTC, or null. */
function parseOffset(text: string): number | null {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return null;
  const offsetMs = hours * hourMs + minutes * minuteMs;
  return text.startsWith('-') ? -offsetMs : offsetMs;
}
