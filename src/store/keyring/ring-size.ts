import { hourMs } from '../../base/amounts.ts';

/** Hours beyond the retention that a ring has room for: how long a sweep may be late. */
const slackHours = 48;

/** The slots that a retention needs. */
export function ringSlots(retentionMs: number): number {
  return Math.ceil(retentionMs / hourMs) + slackHours;
}
