import { dayMs, minuteMs } from '../../base/amounts.ts';
import { openZone } from '../../base/zone.ts';

/**
 * Whether an instant (wall clock, milliseconds) lies in the hours of the day that `hours` names: `02:00-05:00`, also
 * over midnight; its end is exclusive. Null: every hour is quiet.
 */
export function quietHours(hours: string | null, timeZone: string): (wallMs: number) => boolean {
  const [from, to] = (hours ?? '').split('-').map(minuteOf);
  if (from === undefined || to === undefined) return () => true;
  const zone = openZone(timeZone);
  return (wallMs) => {
    const minute = Math.floor(((wallMs + zone.offsetMsAt(wallMs)) % dayMs) / minuteMs);
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  };
}

/** Minutes since midnight of `hh:mm`. */
function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}
