import { dayMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { Zone } from '../../base/zone.ts';

/** How many texts came of late. */
export interface Traffic {
  add(): void;
  /** In each of the last 60 minutes, the oldest first; the last one is the minute that has begun. */
  perMinute(): number[];
  /** Since local midnight, as far as this program has run. */
  today(): number;
}

const minuteMs = 60_000;
const shownMinutes = 60;

/** Minutes are told by the monotonic clock, so that a change of the date empties nothing; the day by the wall clock. */
export function createTraffic(clock: Clock, zone: Zone): Traffic {
  const minutes = new Map<number, number>();
  let day = { number: Number.NaN, texts: 0 };

  const minuteNow = () => Math.floor(clock.monotonicMs() / minuteMs);
  function today() {
    const wallMs = clock.wallMs();
    const number = Math.floor((wallMs + zone.offsetMsAt(wallMs)) / dayMs);
    if (number !== day.number) day = { number, texts: 0 };
    return day;
  }

  return {
    add() {
      const minute = minuteNow();
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
      for (const old of minutes.keys()) if (old <= minute - shownMinutes) minutes.delete(old);
      today().texts += 1;
    },
    perMinute() {
      const first = minuteNow() - shownMinutes + 1;
      return Array.from({ length: shownMinutes }, (_, index) => minutes.get(first + index) ?? 0);
    },
    today: () => today().texts,
  };
}
