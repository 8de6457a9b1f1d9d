import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import {
  afterRefusal,
  afterSilence,
  mayList,
  soundListing,
} from '../../../src/modem/receive/reading-mode.ts';

describe('a modem that fails at listing', () => {
  it('a modem that fails at listing is read slot by slot for a time that doubles up to a day', () => {
    let health = soundListing;
    const waits = Array.from({ length: 12 }, () => {
      health = afterRefusal(health, 0);
      return health.slotsUntilMs / minuteMs;
    });
    expect(waits.slice(0, 4)).toEqual([10, 20, 40, 80]);
    expect(waits.at(-1)).toBe(1_440);
    expect(mayList(health, health.slotsUntilMs - 1)).toBe(false);
    expect(mayList(health, health.slotsUntilMs)).toBe(true);
  });

  it('a modem is listed once more after one silence, and read slot by slot after two', () => {
    const once = afterSilence(soundListing, 0);
    expect(mayList(once, 0)).toBe(true);
    expect(mayList(afterSilence(once, 0), 0)).toBe(false);
  });
});
