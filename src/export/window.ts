import { dayMs } from '../base/amounts.ts';
import { fault } from '../base/errors.ts';
import { quarterMs, type Zone } from '../base/zone.ts';
import type { Window } from '../store/records.ts';
import { parseTypedTime } from './typed-time.ts';

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
 * The window of `--from` and `--to` as they were typed (typed-time.ts). A date opens a window at its midnight and closes
 * it at the next one: its day is included. Any other time closes it before itself. A local time that came twice, because
 * clocks went back, opens a window the first time and closes it the last; one that never came is the moment of the
 * change. So a window never leaves out a visit that its times include.
 * @throws AppError `window.time`, `window.order`
 */
export function parseWindow(from: string, to: string, options: WindowOptions): Window {
  const window = {
    fromMs: instants('--from', from, options).firstMs,
    toMs: instants('--to', to, options).lastMs,
  };
  if (window.fromMs < window.toMs) return window;
  const { zone } = options;
  const typed = parseTypedTime(to, options);
  const isDay = typed?.kind === 'local' && typed.wholeDay;
  // The end of the day that was typed, not the next one, which nobody typed.
  const last = isDay
    ? zone.format(window.toMs - 1).replace(/T[\d:.]+/, 'T24:00:00')
    : zone.format(window.toMs);
  throw fault('window.order', { from: zone.format(window.fromMs), to: last });
}

function instants(option: '--from' | '--to', text: string, options: WindowOptions): LocalInstants {
  const typed = parseTypedTime(text, options);
  if (typed === null) throw fault('window.time', { option, text });
  if (typed.kind === 'instant') return { firstMs: typed.epochMs, lastMs: typed.epochMs };
  const throughDay = option === '--to' && typed.wholeDay;
  return instantsOf(options.zone, throughDay ? typed.localMs + dayMs : typed.localMs);
}

/** The local day that a window ends with, `2026-11-22`, if it ends at a midnight; else null. */
export function lastWholeDay(toMs: number, zone: Zone): string | null {
  const local = toMs + zone.offsetMsAt(toMs);
  return local % dayMs === 0 ? zone.format(toMs - 1).slice(0, 10) : null;
}
