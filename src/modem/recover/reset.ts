import { setting } from '../../at/command.ts';
import { fault } from '../../base/errors.ts';
import { pause, run, type Session } from '../session.ts';
import type { Look, Means, Rung, Trouble } from './ladder.ts';

export const radioOffMs = 5_000;
export const radioOnMs = 5_000;

type Line = Pick<Session, 'clock' | 'status' | 'memory' | 'reset' | 'tell'>;

/**
 * A trouble is seen on a modem that answers. Tells what is tried next, and takes a rung of the ladder when its time
 * has come.
 * @throws AppError `line.reset` after that: the modem is to be set up anew
 */
export async function attend(session: Session, trouble: Trouble): Promise<void> {
  const rung = look(session, trouble);
  if (rung !== null) await reset(session, trouble, rung);
}

/** @throws AppError `line.reset`, always */
export async function reset(session: Session, trouble: Trouble | 'deaf', rung: Rung): Promise<never> {
  announce(session, trouble, rung);
  if (rung === 'radio') await cycleRadio(session, trouble.startsWith('sim') ? 0 : 4);
  else if (rung === 'restart') await run(session, setting('AT+CFUN=1,1'));
  throw fault('line.reset', { rung, trouble });
}

/** The rung whose time has come, counted as taken. */
export function look(line: Line, trouble: Trouble): Rung | null {
  const { clock, memory, status } = line;
  const nowMs = clock.monotonicMs();
  const found = memory.ladder.sees(trouble, meansOf(line, trouble), nowMs);
  if (found.due !== null) memory.ladder.took(found.due, nowMs);
  status.learn({ recovery: describe(line, trouble, found, nowMs) });
  return found.due;
}

function describe({ clock, status }: Line, trouble: Trouble, { due, next }: Look, nowMs: number) {
  const before = status.report.recovery;
  return {
    trouble,
    rung: due ?? (before?.trouble === trouble ? before.rung : null),
    nextRung: next?.rung ?? null,
    nextAt: next === null ? null : clock.wallMs() + Math.max(0, next.atMs - nowMs),
  };
}

function meansOf({ memory, reset: hook }: Line, trouble: Trouble): Means {
  const { family } = memory;
  // Nothing is written blindly to a port that never was a modem's.
  const isKnown = trouble !== 'silent' || family !== null;
  return { radio: isKnown, restart: isKnown && (family?.survivesRestart ?? false), hook: hook !== null };
}

export function announce({ status, tell }: Line, trouble: string, rung: Rung): void {
  const { resets } = status.report;
  status.learn({ resets: { ...resets, [rung]: resets[rung] + 1 } });
  tell('warn', 'line.reset', { rung, trouble });
  status.enter('recovering', `reset.${rung}`);
}

/** Until it is on again, what the modem says of its start and its SIM is no news. */
async function cycleRadio(session: Session, off: 0 | 4): Promise<void> {
  session.unsettle();
  session.memory.radioLeftOff = true;
  await run(session, setting(`AT+CFUN=${off}`));
  await pause(session, radioOffMs);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    if ((await run(session, setting('AT+CFUN=1'))).ok) {
      session.memory.radioLeftOff = false;
      break;
    }
    await pause(session, radioOffMs);
  }
  await pause(session, radioOnMs);
}
