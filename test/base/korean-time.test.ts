import { describe, expect, it } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import { koreanTime } from '../../src/base/korean-time.ts';

const { zone, offsetMs, unchangedSinceMs } = koreanTime;
const calendar = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  dateStyle: 'short',
  timeStyle: 'medium',
});
/** As the runtime's calendar has it. */
const offsetAt = (epochMs: number) => Date.parse(`${calendar.format(epochMs).replace(' ', 'T')}Z`) - epochMs;

describe('Korea’s time', () => {
  it('has been the same since the last summer time, and not before', () => {
    expect([offsetAt(unchangedSinceMs), offsetAt(unchangedSinceMs - 1_000)]).toEqual([
      offsetMs,
      offsetMs + 3_600_000,
    ]);
  });

  it('is what the runtime has for every day until 2050', () => {
    const wrong: string[] = [];
    for (let ms = unchangedSinceMs; ms < Date.UTC(2050, 0); ms += dayMs)
      if (offsetAt(ms) !== offsetMs) wrong.push(new Date(ms).toISOString());
    expect(wrong).toEqual([]);
  });
});
