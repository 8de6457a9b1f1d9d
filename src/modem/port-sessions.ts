import { defaultTuning, hastyTuning } from '../at/dialogue-state.ts';
import { sleep } from '../base/clock.ts';
import { AppError, fault } from '../base/errors.ts';
import { listen } from './line-ears.ts';
import type { LineParts } from './line-parts.ts';
import { within } from './port/deadline.ts';
import type { Transport } from './port/transport.ts';
import { receive } from './receive/receive.ts';
import type { Rung } from './recover/ladder.ts';
import { excused } from './recover/power.ts';
import { recoveryFrom } from './recover/recovery.ts';
import { announce, look, radioOffMs, radioOnMs } from './recover/reset.ts';
import { notePowerSign } from './recover/watches.ts';
import type { Session } from './session.ts';
import { setUp } from './setup/setup.ts';
import { type Channel, openChannel } from './talk/channel.ts';

const writeMs = 2_000;
const hookMs = 90_000;

/** A modem that answers nothing may still hear: the rung whose time has come is written without an answer. */
export async function attendSilence(parts: LineParts, transport: Transport): Promise<Rung | null> {
  const rung = look(parts, 'silent');
  if (rung === null) return null;
  announce(parts, 'silent', rung);
  const write = (text: string) =>
    within(transport.write(Buffer.from(`\u001b\r${text}\r`, 'latin1')), parts.clock, writeMs);
  if (rung === 'restart') await write('AT+CFUN=1,1');
  if (rung === 'radio') {
    parts.memory.radioLeftOff = true;
    await write('AT+CFUN=4');
    await sleep(parts.clock, radioOffMs, parts.stopping);
    await write('AT+CFUN=1');
    await sleep(parts.clock, radioOnMs, parts.stopping);
  }
  return rung;
}

/** The host's own command, while the port is closed. What comes of it shows when the port is opened again. */
export async function runHook(parts: LineParts): Promise<void> {
  const { clock, reset: hook, stopping, tell } = parts;
  if (hook === null || stopping.aborted) return;
  const running = hook().then(
    () => tell('info', 'line.reset-command', { done: true, code: null }),
    (cause: unknown) =>
      tell('error', 'line.reset-command', {
        done: false,
        code: cause instanceof AppError ? cause.code : 'internal',
      }),
  );
  const stopped = new Promise<void>((resolve) => {
    stopping.addEventListener('abort', () => resolve(), { once: true });
  });
  await within(Promise.race([running, stopped]), clock, hookMs);
}

/** What serial modems are set to, the likeliest first. */
export const usualBaudRates: readonly number[] = [
  115_200, 9_600, 19_200, 57_600, 38_400, 230_400, 460_800, 921_600,
];

/** Openings without any answer at the configured rate before another is tried: the modem may just be asleep. */
const patience = 2;

/**
 * The rate for the next opening of a port that has never answered (fault A4); null for the configured one, which has
 * its turn after each round. `silentOpens`: openings without an answer so far.
 */
export function rateToTry(configured: number, rates: readonly number[], silentOpens: number): number | null {
  const others = rates.filter((rate) => rate !== configured);
  if (silentOpens < patience || others.length === 0) return null;
  return others[(silentOpens - patience) % (others.length + 1)] ?? null;
}

type Searched = Pick<LineParts, 'baudRates' | 'memory' | 'tell'>;

/** True while another rate than the configured one is tried. */
export function isSearching({ memory }: Searched): boolean {
  return memory.baudRate !== null && !memory.hasAnswered;
}

/** A modem that has never answered may speak at another rate (fault A4). */
export function noteSilence({ memory, baudRates }: Searched): void {
  if (memory.hasAnswered || baudRates === null) return;
  memory.silentOpens += 1;
  memory.baudRate = rateToTry(baudRates.configured, baudRates.usual, memory.silentOpens);
}

/** What answers once is at the right rate from then on. */
export function noteAnswer({ memory, tell }: Searched): void {
  if (memory.hasAnswered) return;
  memory.hasAnswered = true;
  if (memory.baudRate !== null) tell('warn', 'line.baud-rate', { works: memory.baudRate });
}

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
  tell('warn', 'line.recovering', { reason: cause.code, ...cause.facts, waitMs });
  status.enter('recovering', rung === null ? cause.code : `reset.${rung}`);
  status.learn({ signal: null, registration: null, operator: null });
  if (action === 'reopen') await within(channel.close(cause), clock, closeMs);
  if (rung === 'hook') await runHook(parts);
  await sleep(clock, waitMs, stopping);
  return action === 'reopen';
}

/** What an ending session has done to the modem. */
function rungOf(cause: AppError): Rung | null {
  return cause.code === 'line.reset' ? (cause.facts.rung as Rung) : null;
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
    return fault('line.fault', { name }, { cause });
  }
}

function stopped(): AppError {
  return fault('line.stopped');
}
