import { hourMs } from '../base/amounts.ts';

/** The hour that an instant lies in, as a number: whole hours since 1970-01-01T00:00Z. */
export function hourOf(atMs: number): number {
  return Math.floor(atMs / hourMs);
}

/** The first millisecond of an hour. */
export function hourStartMs(hour: number): number {
  return hour * hourMs;
}

/** The millisecond after an hour's last. */
export function hourEndMs(hour: number): number {
  return (hour + 1) * hourMs;
}
