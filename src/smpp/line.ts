import { randomInt } from 'node:crypto';
import { minuteMs } from '../base/amounts.ts';
import { sleep } from '../base/clock.ts';
import { AppError, fault, systemCodeOf } from '../base/errors.ts';
import type { Line, LineEvent, LineReport, OpenTransport } from '../modem/line.ts';
import { createLineStatus, type LineStatus } from '../modem/line-report.ts';
import { openWithin, within } from '../modem/port/deadline.ts';
import { waivedProofs } from '../modem/recover/proofs.ts';
import { recoveryFrom } from '../modem/recover/recovery.ts';
import { watchQuiet } from '../modem/recover/watch-quiet.ts';
import { AnswerMemory } from './answer-memory.ts';
import { type Bind, CarrierSession, type SessionParts } from './session.ts';

export interface CarrierOptions
  extends Pick<
    SessionParts,
    'clock' | 'alphabet' | 'window' | 'accept' | 'release' | 'findEarlier' | 'forget'
  > {
  readonly open: OpenTransport;
  /** Asked at each bind, because the password may have been replaced. Throws if it cannot be read. */
  readonly bind: () => Bind;
  /** How long the carrier may send a text again of which it lacks the answer. */
  readonly resendMs: number;
  /** Slots that an earlier run has left. */
  readonly earlier: readonly number[];
  /** A line that receives nothing for so long raises an alarm; null: never. */
  readonly quietAlarmMs: number | null;
  readonly recordTimeMs: () => number;
  readonly onState: (report: LineReport) => void;
  readonly onEvent: (event: LineEvent) => void;
}

const openMs = 15_000;
const stopMs = 4_000;
/** Service of this length makes earlier failures count no more. */
const serviceMs = minuteMs;
/** A centre that refuses a password may count the tries. */
const refusedMs = 5 * minuteMs;

/** Starts the line of a carrier. It never gives up and never throws. */
export function startCarrierLine(options: CarrierOptions): Line {
  const { clock, open, earlier, resendMs } = options;
  const stopping = new AbortController();
  const status = createLineStatus(options.recordTimeMs, options.onState, options.onEvent);
  status.learn({ proofs: waivedProofs });
  const memory = new AnswerMemory({
    resendMs,
    earlier,
    nowMs: clock.monotonicMs(),
    newSlot: () => randomInt(2 ** 31),
  });
  const quiet = watchQuiet(clock, status, { alarm: 'carrier.quiet', alarmMs: options.quietAlarmMs });
  const parts: SessionParts = { ...options, status, memory };
  const supervision = supervise(parts, options.bind, open, stopping.signal);
  let stop: Promise<void> | null = null;
  return {
    report: () => status.report,
    stop() {
      stopping.abort();
      stop ??= within(supervision, clock, stopMs).then(() => {
        quiet.cancel();
        status.enter('stopped');
      });
      return stop;
    },
  };
}

async function supervise(
  parts: SessionParts,
  bind: () => Bind,
  open: OpenTransport,
  stopping: AbortSignal,
): Promise<void> {
  const { clock, status } = parts;
  for (let failures = 0; !stopping.aborted; ) {
    if (!isAbsent(status)) status.enter('opening');
    const begunMs = clock.monotonicMs();
    const { cause, isBound } = await runLink(parts, bind, open, stopping);
    if (stopping.aborted) break;
    failures = isBound && clock.monotonicMs() - begunMs >= serviceMs ? 0 : failures + 1;
    const { waitMs } = recoveryFrom('line.absent', Math.max(0, failures - 1));
    if (isBound) {
      status.log('warn', 'line.recovering', { reason: cause.code, ...cause.facts, waitMs });
      status.enter('recovering', cause.code);
    } else {
      if (status.report.reason !== cause.code)
        status.log('warn', 'line.absent', { reason: cause.code, ...cause.facts });
      status.enter('absent', cause.code);
    }
    await sleep(clock, cause.code === 'smpp.password' ? refusedMs : waitMs, stopping);
  }
}

/** From the opening of one link to its end. */
async function runLink(
  parts: SessionParts,
  bind: () => Bind,
  open: OpenTransport,
  stopping: AbortSignal,
): Promise<{ readonly cause: AppError; readonly isBound: boolean }> {
  const { clock, status } = parts;
  let session: CarrierSession | null = null;
  let isBound = false;
  try {
    const credentials = bind();
    const transport = await openWithin(open, clock, openMs);
    session = new CarrierSession(transport, parts);
    if (!isAbsent(status)) status.enter('setting-up');
    await session.bind(credentials);
    isBound = true;
    status.count('opens');
    status.enter('ready');
    return { cause: await session.serve(stopping), isBound };
  } catch (error) {
    return { cause: causeOf(error), isBound };
  } finally {
    await session?.close();
  }
}

/** An absence is shown until it is over, not until the next try. */
function isAbsent({ report: { state, reason } }: LineStatus): boolean {
  return state === 'absent' && reason !== null;
}

function causeOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const system = systemCodeOf(error);
  if (system !== null) return new AppError(`port.${system}`);
  return fault('line.fault', { name: error instanceof Error ? error.name : 'unknown' }, { cause: error });
}
