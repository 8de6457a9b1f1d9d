import { describe, expect, it } from 'vitest';
import { quietHours } from '../../../src/daemon/lines/gateway-lines.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}:00+09:00`);

describe('quiet hours', () => {
  it.each([
    ['02:00-05:00', '01:59', false],
    ['02:00-05:00', '02:00', true],
    ['02:00-05:00', '04:59', true],
    ['02:00-05:00', '05:00', false],
    ['23:30-04:00', '23:29', false],
    ['23:30-04:00', '23:30', true],
    ['23:30-04:00', '00:00', true],
    ['23:30-04:00', '03:59', true],
    ['23:30-04:00', '04:00', false],
    ['23:30-04:00', '12:00', false],
    [null, '12:00', true],
  ])('the quiet hours %s in Seoul at %s: %s', (hours, time, isQuiet) => {
    expect(quietHours(hours, 'Asia/Seoul')(at(time))).toBe(isQuiet);
  });

  it.each([
    ['2026-03-29T00:30:00Z', false],
    ['2026-03-29T01:30:00Z', true],
    ['2026-03-29T03:30:00Z', false],
    ['2026-10-25T00:30:00Z', true],
    ['2026-10-25T01:30:00Z', true],
    ['2026-10-25T04:30:00Z', false],
  ])('quiet hours follow the clocks of Berlin: at %s %s', (instant, isQuiet) => {
    expect(quietHours('02:00-05:00', 'Europe/Berlin')(Date.parse(instant))).toBe(isQuiet);
  });
});
