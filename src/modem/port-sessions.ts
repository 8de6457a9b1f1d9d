import { sleep } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type Channel, openChannel } from './channel.ts';
import { within } from './deadline.ts';
import { listen } from './line-ears.ts';
import { type ReceiveOptions, receive } from './receive.ts';
import { recoveryFrom } from './recovery.ts';
import type { Session } from './session.ts';
import { setUp } from './setup.ts';
import type { Transport } from './transport.ts';

const closeMs = 2_000;
/** Service of this length makes earlier failures count no more. */
const soundMs = 60_000;

/** What sessions of a line have in common. */
export interface LineParts extends Omit<Session, 'channel' | 'signal'> {
  readonly receiving: ReceiveOptions;
  /** Aborted when the line is to stop. */
  readonly stopping: AbortSignal;
  /** Sessions that ended in a row without a minute of service. */
  failures: number;
  /** Commands that the modem has not answered yet. */
  outstanding: readonly string[];
}

/** Sessions one after another on an open port, until the port is to be closed; then it is. */
export async function usePort(parts: LineParts, transport: Transport): Promise<void> {
  const { clock, stopping, status, tell } = parts;
  let session = new AbortController();
  let isSetUp = false;
  const ears = listen({ ...parts, isSetUp: () => isSetUp, interrupt });
  const ended = (cause: AppError) => session.abort(cause);
  const channel = openChannel(transport, clock, { ...ears, ended }, parts.outstanding);
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
    const cause = await endOf(parts, channel, session.signal, () => {
      isSetUp = true;
      servedFromMs = clock.monotonicMs();
    });
    if (stopping.aborted) break;
    if (clock.monotonicMs() - servedFromMs >= soundMs) parts.failures = 0;
    const recovery = recoveryFrom(cause.code, parts.failures);
    parts.failures += 1;
    tell('warn', 'line.recovering', { reason: cause.code, ...cause.context, waitMs: recovery.waitMs });
    status.enter('recovering', cause.code);
    status.learn({ signal: null, registration: null, operator: null });
    reopen = recovery.action === 'reopen';
    if (reopen) await within(channel.close(cause), clock, closeMs);
    await sleep(clock, recovery.waitMs, stopping);
  }
  parts.outstanding = channel.outstanding;
  stopping.removeEventListener('abort', stop);
  await within(channel.close(stopped()), clock, closeMs);
}

async function endOf(
  parts: LineParts,
  channel: Channel,
  signal: AbortSignal,
  whenSetUp: () => void,
): Promise<AppError> {
  const session: Session = { ...parts, channel, signal };
  try {
    const plan = await setUp(session);
    whenSetUp();
    return await receive(session, plan, parts.receiving);
  } catch (cause) {
    if (cause instanceof AppError) return cause;
    // A fault of this program: the line goes on, and the log says where to look.
    const name = cause instanceof Error ? cause.name : 'unknown';
    return new AppError('line.fault', 'the session failed', { context: { name }, cause });
  }
}

function stopped(): AppError {
  return new AppError('line.stopped', 'the line was stopped');
}
