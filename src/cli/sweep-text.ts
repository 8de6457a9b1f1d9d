import { formatDuration, hourMs } from '../base/duration.ts';
import type { Zone } from '../export/zone.ts';
import type { SweepClock, SweepPlan, SweepResult, SweptRows } from '../store/sweep/sweep-types.ts';

const names: Readonly<Record<keyof SweptRows, string>> = {
  visits: 'visits',
  unresolved: 'unresolved texts',
  undecodable: 'undecodable texts',
  notices: 'notices',
  parts: 'parts of long texts',
  seen: 'fingerprints of texts',
  residents: 'fingerprints of slots',
  subjects: 'lists of pseudonyms',
};

/** What would go. */
export function planLines(plan: SweepPlan, zone: Zone): string[] {
  return [
    `Past at ${zone.format(plan.clock.cutMs)}, and would go:`,
    ...rowLines(plan.rows),
    hoursLine(plan, zone),
    ...clockLines(plan.clock, zone),
  ];
}

/** What went. */
export function resultLines(result: SweepResult, zone: Zone): string[] {
  const { freedPages, walTruncated, misdated, durationMs } = result;
  const lines = [
    `Past at ${zone.format(result.clock.cutMs)}, and gone:`,
    ...rowLines(result.rows),
    hoursLine(result, zone),
    `${counted(freedPages, 'page')} given back, ${(durationMs / 1_000).toFixed(1)} s`,
  ];
  if (!walTruncated) lines.push('The write-ahead log is in use and was left; the next sweep cuts it.');
  if (misdated > 0)
    lines.push(`Of a wrong date, and kept until the right end: ${counted(misdated, 'hour')}.`);
  return [...lines, ...clockLines(result.clock, zone)];
}

function rowLines(rows: Readonly<SweptRows>): string[] {
  const kinds = Object.keys(names) as (keyof SweptRows)[];
  const width = Math.max(...kinds.map((kind) => String(rows[kind]).length));
  return kinds.map((kind) => `  ${String(rows[kind]).padStart(width)} ${names[kind]}`);
}

function hoursLine({ hours, keys }: Pick<SweepPlan, 'hours' | 'keys'>, zone: Zone): string {
  const first = hours[0];
  const last = hours.at(-1);
  if (first === undefined || last === undefined) return 'No hour has ended.';
  const span = first === last ? at(zone, first) : `${at(zone, first)} to ${at(zone, last)}`;
  return `${counted(hours.length, 'hour')} ended (${span}), ${counted(keys, 'key')}`;
}

function at(zone: Zone, hour: number): string {
  return zone.format(hour * hourMs);
}

function clockLines({ standing, clockMs, leapMs, doubtful, waiting }: SweepClock, zone: Zone): string[] {
  if (standing === 'sound') return [];
  const clock = `The machine's clock shows ${zone.format(clockMs)}`;
  const leap = formatDuration(Math.round(Math.abs(leapMs) / hourMs) * hourMs);
  if (standing === 'behind') return [`${clock}, which is too early: it was not gone by.`];
  if (waiting)
    return [
      `${clock}, ${leap} later than known. Waiting for a second opinion: ${counted(doubtful, 'hour')}.`,
    ];
  return [`${clock}, ${leap} from what was known.`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
