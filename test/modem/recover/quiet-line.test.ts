import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import {
  afterTest,
  afterText,
  judgeQuiet,
  patienceMs,
  startQuiet,
} from '../../../src/modem/recover/quiet-line.ts';

const always = { alarmMs: dayMs, isQuietHour: () => true };
const never = { alarmMs: dayMs, isQuietHour: () => false };

describe('a quiet line', () => {
  it.each([
    ['a quiet line is not an alarm before its time', always, dayMs - 1, { isAlarm: false, isTestDue: false }],
    ['a quiet line is reported and registered anew', always, dayMs, { isAlarm: true, isTestDue: true }],
    ['a quiet line is not registered anew in busy hours', never, dayMs, { isAlarm: true, isTestDue: false }],
    [
      'a quiet line is not an alarm if the rule is off',
      { ...always, alarmMs: null },
      90 * dayMs,
      { isAlarm: false, isTestDue: false },
    ],
  ] as const)('%s', (_name, rule, nowMs, look) => {
    expect(judgeQuiet(startQuiet(0), rule, nowMs, 0)).toEqual(look);
  });

  it('a quiet line is registered anew once for each time of quiet', () => {
    const line = afterTest(startQuiet(0), dayMs);
    expect(judgeQuiet(line, always, 2 * dayMs - 1, 0)).toEqual({ isAlarm: true, isTestDue: false });
    expect(judgeQuiet(line, always, 2 * dayMs, 0)).toEqual({ isAlarm: true, isTestDue: true });
  });

  it('a quiet line was deaf if texts come right after its new registration, and not if they come later', () => {
    const line = afterTest(startQuiet(0), dayMs);
    expect(afterText(line, dayMs + 300_000)).toEqual({
      line: { heardMs: dayMs + 300_000, testedMs: null, provenDeaf: 1 },
      wasDeaf: true,
    });
    expect(afterText(line, dayMs + 300_001)).toMatchObject({ line: { provenDeaf: 0 }, wasDeaf: false });
    expect(afterText(startQuiet(0), 5)).toMatchObject({ wasDeaf: false });
  });

  it('a line that proved deaf is given half the time, whatever the hour, down to half an hour', () => {
    const deaf = { heardMs: 0, testedMs: null, provenDeaf: 1 };
    expect(judgeQuiet(deaf, never, dayMs / 2, 0)).toEqual({ isAlarm: true, isTestDue: true });
    expect([0, 1, 2, 5, 6].map((provenDeaf) => patienceMs({ ...deaf, provenDeaf }, dayMs) / hourMs)).toEqual([
      24, 12, 6, 0.75, 0.5,
    ]);
    expect(patienceMs({ ...deaf, provenDeaf: 6 }, 60_000)).toBe(60_000);
  });

  it('a quiet line gets its time back if new registrations bring nothing', () => {
    let line = { heardMs: 0, testedMs: null as number | null, provenDeaf: 2 };
    line = afterTest(line, 1);
    expect(line.provenDeaf).toBe(2);
    line = afterTest(line, 2);
    expect(line.provenDeaf).toBe(1);
  });
});
