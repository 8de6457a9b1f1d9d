import { raise } from '../alarm.ts';
import type { Session } from '../session.ts';
import { signsWithin, suspectSigns, windowMs, withSign } from './power.ts';

type Watched = Pick<Session, 'clock' | 'memory' | 'status' | 'tell'>;

export function notePowerSign(line: Watched): void {
  line.memory.power = withSign(line.memory.power, line.clock.monotonicMs());
  judgePower(line);
}

/** Tells staff to look at supply and cable, and when that is over. */
export function judgePower(line: Watched): void {
  const count = signsWithin(line.memory.power, line.clock.monotonicMs());
  raise(line, 'line.unstable-power', count >= suspectSigns, { count, windowMinutes: windowMs / 60_000 });
}
