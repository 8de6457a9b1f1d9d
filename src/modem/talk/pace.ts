/**
 * The wait between an answer and the next command. Most modems need none; some ignore or refuse what comes right
 * after an OK (fault B16), which is learnt, and forgotten again after a long time without trouble.
 */
export interface Pace {
  readonly gapMs: number;
  /** Commands answered since the gap was last changed. */
  readonly calm: number;
  /** How often the gap had to be learnt: what was learnt twice is forgotten later. */
  readonly lessons: number;
}

const firstMs = 50;
const maxMs = 500;
const calmToForget = 500;

export function startPace(gapMs: number): Pace {
  return { gapMs, calm: 0, lessons: 0 };
}

/** The pace after a command that was refused as too fast, or that was not answered at all. */
export function slower(pace: Pace): Pace {
  const gapMs = Math.min(maxMs, Math.max(firstMs, pace.gapMs * 2));
  return { gapMs, calm: 0, lessons: Math.min(pace.lessons + 1, 10) };
}

/** The pace after a command that was answered. `floorMs` is what the family asks for. */
export function steady(pace: Pace, floorMs: number): Pace {
  if (pace.gapMs <= floorMs) return pace;
  if (pace.calm < calmToForget * 2 ** pace.lessons) return { ...pace, calm: pace.calm + 1 };
  const halved = Math.floor(pace.gapMs / 2);
  return { ...pace, gapMs: Math.max(floorMs, halved < firstMs ? 0 : halved), calm: 0 };
}
