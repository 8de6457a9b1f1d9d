import { formatDuration, hourMs } from '../../base/amounts.ts';
import type { Zone } from '../../base/zone.ts';
import type { SweepClock, SweepPlan, SweepResult, SweptRows } from '../../store/sweep/sweep-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { type SweepWords, sweepWords } from '../../words/commands/sweep.ts';
import { formatCount } from '../../words/counted.ts';

/** What would go. */
export function planLines(plan: SweepPlan, zone: Zone, language: Language): string[] {
  const words = sweepWords[language];
  return [
    words.plan(zone.format(plan.clock.cutMs)),
    ...rowLines(plan.rows, words),
    hoursLine(plan, zone, words),
    ...clockLines(plan.clock, zone, words),
  ];
}

/** What went. */
export function resultLines(result: SweepResult, zone: Zone, language: Language): string[] {
  const words = sweepWords[language];
  const { freedPages, walTruncated, misdated, durationMs } = result;
  const lines = [
    words.result(zone.format(result.clock.cutMs)),
    ...rowLines(result.rows, words),
    hoursLine(result, zone, words),
    words.freed(freedPages, (durationMs / 1_000).toFixed(1)),
  ];
  if (!walTruncated) lines.push(words.walInUse);
  if (misdated > 0) lines.push(words.misdated(misdated));
  return [...lines, ...clockLines(result.clock, zone, words)];
}

function rowLines(rows: Readonly<SweptRows>, words: SweepWords): string[] {
  const kinds = Object.keys(words.rows) as (keyof SweptRows)[];
  const width = Math.max(...kinds.map((kind) => formatCount(rows[kind]).length));
  return kinds.map((kind) => words.row(formatCount(rows[kind]).padStart(width), words.rows[kind]));
}

function hoursLine(
  { hours, keys }: Pick<SweepPlan, 'hours' | 'keys'>,
  zone: Zone,
  words: SweepWords,
): string {
  const first = hours[0];
  const last = hours.at(-1);
  if (first === undefined || last === undefined) return words.noHour;
  const span = first === last ? at(zone, first) : words.span(at(zone, first), at(zone, last));
  return words.hours(hours.length, span, keys);
}

function at(zone: Zone, hour: number): string {
  return zone.format(hour * hourMs);
}

function clockLines(
  { standing, clockMs, leapMs, doubtful, waiting }: SweepClock,
  zone: Zone,
  words: SweepWords,
): string[] {
  if (standing === 'sound') return [];
  const clock = zone.format(clockMs);
  const leap = formatDuration(Math.round(Math.abs(leapMs) / hourMs) * hourMs);
  if (standing === 'behind') return [words.behind(clock)];
  return [waiting ? words.waiting(clock, leap, doubtful) : words.leapt(clock, leap)];
}
