import { dayMs, hourMs, minuteMs, parseDuration } from '../base/amounts.ts';
import { fault } from '../base/errors.ts';
import { quarterMs, type Zone } from '../base/zone.ts';
import type { Window } from '../store/records.ts';

export type { Window } from '../store/records.ts';

/** The instants that a local time can mean. */
interface LocalInstants {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * The instants at which clocks in the zone show a local time, given as if it were UTC.
 * Ordinarily there is one. If clocks went back there are two, the first and the last. If clocks went forward there is
 * none; both are then the moment of the change, between the last visit before the gap and the first after it.
 */
export function instantsOf(zone: Zone, localMs: number): LocalInstants {
  const before = zone.offsetMsAt(localMs - dayMs);
  const after = zone.offsetMsAt(localMs + dayMs);
  const shown = [localMs - before, localMs - after].filter(
    (epochMs) => zone.offsetMsAt(epochMs) === localMs - epochMs,
  );
  if (shown.length > 0) return { firstMs: Math.min(...shown), lastMs: Math.max(...shown) };
  const changeMs = changeAfter(zone, localMs - Math.max(before, after), after);
  return { firstMs: changeMs, lastMs: changeMs };
}

/** The first quarter of an hour from an instant on at which `offsetMs` applies. */
function changeAfter(zone: Zone, epochMs: number, offsetMs: number): number {
  let quarter = Math.ceil(epochMs / quarterMs) * quarterMs;
  while (zone.offsetMsAt(quarter) !== offsetMs) quarter += quarterMs;
  return quarter;
}

interface WindowOptions {
  /** The zone of times without a zone of their own. */
  readonly zone: Zone;
  /** What `-48h` counts back from. */
  readonly nowMs: number;
}

/**
 * The window of `--from` and `--to`. Each is a date (its midnight), a date and a time in the configured zone,
 * ISO 8601 with its own zone, `now`, or a duration before now. A local time that came twice, because clocks went back,
 * opens a window the first time and closes it the last; one that never came is the moment of the change. So a window
 * never leaves out a visit that its times include.
 * @throws AppError `window.time`, `window.order`
 */
export function parseWindow(from: string, to: string, options: WindowOptions): Window {
  const window = {
    fromMs: parseTime('--from', from, options).firstMs,
    toMs: parseTime('--to', to, options).lastMs,
  };
  if (window.fromMs < window.toMs) return window;
  const { zone } = options;
  throw fault('window.order', { from: zone.format(window.fromMs), to: zone.format(window.toMs) });
}

const timePattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

function parseTime(option: string, text: string, { zone, nowMs }: WindowOptions) {
  const trimmed = text.trim();
  if (trimmed === 'now') return { firstMs: nowMs, lastMs: nowMs };
  const ago = trimmed.startsWith('-') ? parseDuration(trimmed.slice(1)) : null;
  if (ago !== null) return { firstMs: nowMs - ago, lastMs: nowMs - ago };
  const match = timePattern.exec(trimmed);
  const localMs = match ? localTime(match) : null;
  if (!match || localMs === null) throw fault('window.time', { option, text });
  if (match[8] === undefined) return instantsOf(zone, localMs);
  const offsetMs = parseOffset(match[8]);
  if (offsetMs === null) throw fault('window.time', { option, text });
  return { firstMs: localMs - offsetMs, lastMs: localMs - offsetMs };
}

/** The matched date and time as if they were UTC, or null if the calendar has no such day or time. */
function localTime(match: RegExpExecArray): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const midnightMs = Date.UTC(year, month - 1, day);
  const date = new Date(midnightMs);
  if (year < 1970 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const fractionMs = Math.floor(Number(`0.${match[7] ?? 0}`) * 1_000);
  const timeMs = hour * hourMs + minute * minuteMs + second * 1_000 + fractionMs;
  // 24:00 is the midnight at which the day ends (ISO 8601).
  return minute > 59 || second > 59 || timeMs > dayMs ? null : midnightMs + timeMs;
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
