import { dayMs } from '../../base/amounts.ts';
import type { Zone } from '../../base/zone.ts';

/** The day number of 1970-01-01 in a workbook of the 1900 date system (ECMA-376 Part 1, 18.17.4.1). */
const day1970 = 25_569;
const secondsOfDay = 86_400;

/** Milliseconds since 1970 → the serial number of the local time in the zone, whole seconds: `46349.58690972222`. */
export function serialFormat(zone: Zone): (epochMs: number) => string {
  const fractions: string[] = [];
  const fractionOf = (second: number) => {
    fractions[second] ??= (second / secondsOfDay).toFixed(11).slice(1);
    return fractions[second];
  };
  return (epochMs) => {
    const localMs = epochMs + zone.offsetMsAt(epochMs);
    const day = Math.floor(localMs / dayMs);
    return day + day1970 + fractionOf(Math.floor((localMs - day * dayMs) / 1_000));
  };
}
