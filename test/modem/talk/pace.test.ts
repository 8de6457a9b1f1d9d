import { describe, expect, it } from 'vitest';
import { type Pace, slower, startPace, steady } from '../../../src/modem/talk/pace.ts';

describe('the gap between commands', () => {
  const afterAnswers = (pace: Pace, commands: number, floorMs = 0) => {
    let now = pace;
    for (let i = 0; i < commands; i += 1) now = steady(now, floorMs);
    return now;
  };

  it('the gap between commands grows to half a second', () => {
    let pace = startPace(0);
    const gaps = Array.from({ length: 6 }, () => {
      pace = slower(pace);
      return pace.gapMs;
    });
    expect(gaps).toEqual([50, 100, 200, 400, 500, 500]);
  });

  it('the gap between commands is halved after a thousand commands without trouble, and later if it was needed twice', () => {
    const once = slower(startPace(0));
    expect(afterAnswers(once, 1_000).gapMs).toBe(50);
    expect(afterAnswers(once, 1_001).gapMs).toBe(0);
    const twice = slower(afterAnswers(once, 1_001));
    expect(afterAnswers(twice, 2_000).gapMs).toBe(50);
    expect(afterAnswers(twice, 2_001).gapMs).toBe(0);
  });

  it('the gap between commands is never shorter than the family’s', () => {
    expect(afterAnswers(slower(startPace(10)), 5_000, 10).gapMs).toBe(10);
  });
});
