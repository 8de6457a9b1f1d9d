import { minuteMs } from '../base/amounts.ts';

/** Korea's zone in quarters of an hour, as time stamps in text have it. */
const quarters = 36;

/** `26/11/23,14:00:00+36`: a local time with its zone (TS 27.007 §8.15, TS 27.005 §3.1 <dt>). */
export function encodeTimestampText(epochMs: number): string {
  const local = new Date(epochMs + quarters * 15 * minuteMs).toISOString();
  return `${local.slice(2, 10).replaceAll('-', '/')},${local.slice(11, 19)}+${quarters}`;
}
