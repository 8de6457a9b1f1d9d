import { isRegistered } from '../../at/answers.ts';
import { raise, type Session } from '../session.ts';
import { signsWithin, suspectSigns, windowMs, withSign } from './power.ts';
import { heard, lookAtQuiet, patienceMs, type QuietRule, startQuiet, tested } from './quiet-line.ts';
import { reset } from './reset.ts';

/** Polls in a row that found texts which nothing had announced, after which somebody is told (fault A7). */
const unannouncedPolls = 3;

type Watched = Pick<Session, 'clock' | 'memory' | 'status' | 'tell'>;

/** Texts were accepted: the line hears. */
export function noteTexts(line: Watched, texts: number): void {
  const { memory, status, tell } = line;
  const nowMs = line.clock.monotonicMs();
  const before = memory.quiet ?? startQuiet(nowMs);
  const { line: after, wasDeaf } = heard(before, nowMs);
  memory.quiet = after;
  raise(line, 'line.quiet', false);
  if (!wasDeaf) return;
  status.count('deafness');
  const quietMinutes = Math.round((nowMs - before.heardMs) / 60_000);
  tell('warn', 'line.was-deaf', { texts, quietMinutes });
}

/**
 * Tells of a line that is quiet for longer than it should be, and registers it anew when the time is right.
 * @throws AppError `line.reset` after that
 */
export async function attendQuiet(session: Session, rule: QuietRule): Promise<void> {
  const { clock, memory, status } = session;
  const nowMs = clock.monotonicMs();
  memory.quiet ??= startQuiet(nowMs);
  const look = lookAtQuiet(memory.quiet, rule, nowMs, clock.wallMs());
  raise(session, 'line.quiet', look.isAlarm);
  const { registration } = status.report;
  if (!look.isTestDue || registration === null || !isRegistered(registration)) return;
  if (!memory.ladder.mayTake('radio', nowMs)) return;
  memory.ladder.took('radio', nowMs);
  memory.quiet = tested(memory.quiet, nowMs);
  const patience = patienceMs(memory.quiet, rule.alarmMs ?? 0);
  status.learn({
    recovery: { trouble: 'deaf', rung: 'radio', nextRung: 'radio', nextAt: clock.wallMs() + patience },
  });
  await reset(session, 'deaf', 'radio');
}

/** Something was announced: notifications come. */
export function noteAnnounced(line: Watched): void {
  line.memory.unannounced = 0;
  raise(line, 'notifications.missing', false);
}

/** A poll has found texts, or none; nothing had announced any. */
export function notePolled(line: Watched, texts: number): void {
  if (texts === 0) return;
  line.memory.unannounced += 1;
  if (line.memory.unannounced >= unannouncedPolls) raise(line, 'notifications.missing', true);
}

export function notePowerSign(line: Watched): void {
  line.memory.power = withSign(line.memory.power, line.clock.monotonicMs());
  judgePower(line);
}

/** Tells staff to look at supply and cable, and when that is over. */
export function judgePower(line: Watched): void {
  const count = signsWithin(line.memory.power, line.clock.monotonicMs());
  raise(line, 'line.unstable-power', count >= suspectSigns, { count, windowMinutes: windowMs / 60_000 });
}
