import { dayMs } from '../base/amounts.ts';
import { quarterMs, type Zone } from '../base/zone.ts';

/** The instants that a local time can mean. */
export interface Instants {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * The instants at which clocks in the zone show a local time, given as if it were UTC.
 * Ordinarily one. Twice, where clocks went back: the first and the last of them. Never, where clocks went
 * forward: both are then the moment of the change, between the last visit before the gap and the first after it.
 */
export function instantsOf(zone: Zone, localMs: number): Instants {
  const before = zone.offsetMsAt(localMs - dayMs);
  const after = zone.offsetMsAt(localMs + dayMs);
  const shown = [localMs - before, localMs - after].filter(
    (epochMs) => zone.offsetMsAt(epochMs) === localMs - epochMs,
  );
  if (shown.length > 0) return { firstMs: Math.min(...shown), lastMs: Math.max(...shown) };
  const changeMs = changeAfter(zone, localMs - Math.max(before, after), after);
  return { firstMs: changeMs, lastMs: changeMs };
}

/** The first quarter of an hour after an instant from which on `offsetMs` is in force. */
function changeAfter(zone: Zone, epochMs: number, offsetMs: number): number {
  let quarter = Math.ceil(epochMs / quarterMs) * quarterMs;
  while (zone.offsetMsAt(quarter) !== offsetMs) quarter += quarterMs;
  return quarter;
}
