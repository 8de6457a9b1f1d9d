import { defaultTuning, hastyTuning } from '../at/dialogue-state.ts';
import { sleep } from '../base/clock.ts';
import { AppError, WordedError } from '../base/errors.ts';
import { listen } from './line-ears.ts';
import type { LineParts } from './line-parts.ts';
import { within } from './port/deadline.ts';
import type { Transport } from './port/transport.ts';
import { isSearching, noteAnswer, noteSilence } from './port-rate.ts';
import { receive } from './receive/receive.ts';
import type { Rung } from './recover/ladder.ts';
import { excused } from './recover/power.ts';
import { notePowerSign } from './recover/power-watch.ts';
import { recoveryFrom } from './recover/recovery.ts';
import type { Session } from './session.ts';
import { setUp } from './setup/setup.ts';
import { attendSilence, runHook } from './silence.ts';
import { type Channel, openChannel } from './talk/channel.ts';

const closeMs = 2_000;
const goneByItself = new Set(['line.closed', 'line.rebooted']);
/** Service of this length makes earlier failures count no more. */
const soundMs = 60_000;

/** Sessions one after another on an open port, until the port is to be closed; then it is. */
export async function usePort(parts: LineParts, transport: Transport): Promise<void> {
  const { clock, stopping } = parts;
  let session = new AbortController();
  let isSetUp = false;
  const ears = listen({ ...parts, isSetUp: () => isSetUp, interrupt });
  const ended = (cause: AppError) => session.abort(cause);
  const synced = () => {
    noteAnswer(parts);
    ears.synced();
  };
  const tuning = isSearching(parts) ? hastyTuning : defaultTuning;
  const channel = openChannel(transport, clock, { ...ears, synced, ended }, parts.outstanding, tuning);
  const stop = () => {
    void within(channel.close(stopped()), clock, closeMs);
  };
  stopping.addEventListener('abort', stop, { once: true });

  function interrupt(cause: AppError): void {
    isSetUp = false;
    session.abort(cause);
    channel.interrupt(cause);
  }

  for (let reopen = false; !reopen && !stopping.aborted; ) {
    session = new AbortController();
    isSetUp = false;
    channel.begin();
    let servedFromMs = Infinity;
    const unsettle = () => {
      isSetUp = false;
    };
    const cause = await endOf({ ...parts, channel, signal: session.signal, unsettle }, parts, () => {
      isSetUp = true;
      servedFromMs = clock.monotonicMs();
    });
    if (stopping.aborted) break;
    reopen = await recover(parts, channel, transport, cause, clock.monotonicMs() - servedFromMs);
  }
  parts.outstanding = channel.outstanding;
  stopping.removeEventListener('abort', stop);
  await within(channel.close(stopped()), clock, closeMs);
}

/** Between two sessions: what the end of the first calls for. True: the port is closed and to be opened again. */
async function recover(
  parts: LineParts,
  channel: Channel,
  transport: Transport,
  cause: AppError,
  servedMs: number,
): Promise<boolean> {
  const { clock, memory, status, stopping, tell } = parts;
  if (servedMs >= soundMs) {
    parts.failures = 0;
    memory.ladder.passed('silent');
  }
  if (goneByItself.has(cause.code)) notePowerSign(parts);
  const isLost = cause.code === 'line.lost';
  const rung = isLost ? await attendSilence(parts, transport) : rungOf(cause);
  if (isLost) noteSilence(parts);
  if (rung === 'restart' || rung === 'hook') memory.power = excused(memory.power, clock.monotonicMs());
  const { action, waitMs } = recoveryFrom(cause.code, isSearching(parts) ? 0 : parts.failures, rung);
  if (cause.code !== 'line.reset') parts.failures += 1;
  tell('warn', 'line.recovering', { reason: cause.code, ...cause.context, waitMs });
  status.enter('recovering', rung === null ? cause.code : `reset.${rung}`);
  status.learn({ signal: null, registration: null, operator: null });
  if (action === 'reopen') await within(channel.close(cause), clock, closeMs);
  if (rung === 'hook') await runHook(parts);
  await sleep(clock, waitMs, stopping);
  return action === 'reopen';
}

/** What an ending session has done to the modem. */
function rungOf(cause: AppError): Rung | null {
  return cause.code === 'line.reset' ? (cause.context.rung as Rung) : null;
}

async function endOf(session: Session, parts: LineParts, whenSetUp: () => void): Promise<AppError> {
  try {
    const plan = await setUp(session);
    whenSetUp();
    return await receive(session, plan, parts.receiving);
  } catch (cause) {
    if (cause instanceof AppError) return cause;
    // A fault of this program: the line goes on, and the log says where to look.
    const name = cause instanceof Error ? cause.name : 'unknown';
    return new WordedError('line.fault', 'the session failed', { context: { name }, cause });
  }
}

function stopped(): AppError {
  return new WordedError('line.stopped', 'the line was stopped');
}
