/**
 * The wait between an answer and the next command. Most modems need none; some ignore or refuse a command right
 * after an OK (fault B16). The gap is learned, and shortened again after many commands without trouble.
 */
export interface Pace {
  readonly gapMs: number;
  /** Commands answered since the gap last changed. */
  readonly answered: number;
  /** How often the gap was learned: one that was learned twice is kept for longer. */
  readonly timesLearned: number;
}

const firstMs = 50;
const maxMs = 500;
const answersToShorten = 500;

export function startPace(gapMs: number): Pace {
  return { gapMs, answered: 0, timesLearned: 0 };
}

/** The pace after a command that was refused as too fast, or was not answered at all. */
export function slower(pace: Pace): Pace {
  const gapMs = Math.min(maxMs, Math.max(firstMs, pace.gapMs * 2));
  return { gapMs, answered: 0, timesLearned: Math.min(pace.timesLearned + 1, 10) };
}

/** The pace after a command that was answered. `floorMs` is the family's own gap. */
export function steady(pace: Pace, floorMs: number): Pace {
  if (pace.gapMs <= floorMs) return pace;
  if (pace.answered < answersToShorten * 2 ** pace.timesLearned)
    return { ...pace, answered: pace.answered + 1 };
  const halved = Math.floor(pace.gapMs / 2);
  return { ...pace, gapMs: Math.max(floorMs, halved < firstMs ? 0 : halved), answered: 0 };
}
