import { type Clock, sleep } from '../base/clock.ts';
import { AppError, systemCodeOf } from '../base/errors.ts';
import type { LineParts } from './line-parts.ts';
import { createLineStatus, type LineEvent, type LineReport } from './line-report.ts';
import { openWithin, within } from './port/deadline.ts';
import type { OpenTransport } from './port/transport.ts';
import { usePort } from './port-sessions.ts';
import type { Accept, Released } from './receive/arrival.ts';
import { createDirectDelivery, type DirectDelivery } from './receive/direct-delivery.ts';
import { createInbox } from './receive/inbox.ts';
import { soundListing } from './receive/reading.ts';
import { createLadder } from './recover/ladder.ts';
import { steadyPower } from './recover/power.ts';
import type { QuietRule } from './recover/quiet-line.ts';
import { recoveryFrom } from './recover/recovery.ts';
import { forgetfulRecord, type IdentityRecord, type PinAttempts, raise } from './session.ts';

export type { LineEvent, LineRecovery, LineReport, LineState, LineStorage } from './line-report.ts';
export type { OpenTransport, Transport } from './port/transport.ts';
export type { Accept, Arrival, ListingScope, Released } from './receive/arrival.ts';
export type { QuietRule } from './recover/quiet-line.ts';
export type { IdentityRecord, LineIdentity, PinAttempts } from './session.ts';

export interface LineOptions {
  readonly openTransport: OpenTransport;
  readonly clock: Clock;
  readonly accept: Accept;
  readonly released?: Released;
  /** Who takes texts that come directly, and goes on when the line stops; unless given, `accept` does until then. */
  readonly direct?: DirectDelivery;
  /** The PIN on file, asked for only when the SIM wants one; null where there is none. */
  readonly pin?: () => string | null;
  readonly pinAttempts: PinAttempts;
  /** What modem and SIM the line had before; forgotten at the end of the program unless given. */
  readonly identity?: IdentityRecord;
  /** The only modem that may answer at the port, or null for any. */
  readonly expectedImei?: string | null;
  /** How often everything is listed though nothing was announced; 30 s unless said. */
  readonly pollIntervalMs?: number;
  /** How often settings are read back and the network is asked about; 60 s unless said. */
  readonly healthIntervalMs?: number;
  /** The configured rate of a serial port, and the rates to try where it never answers at that one. */
  readonly baudRates?: { readonly configured: number; readonly usual: readonly number[] } | null;
  /** When a line that receives nothing is told of and registered anew; never unless said. */
  readonly quiet?: QuietRule;
  /** The host's own way to reset a modem that nothing else brings back: it rejects with an AppError. */
  readonly reset?: (() => Promise<void>) | null;
  /** Called at every change of state or reason. */
  readonly onState?: (report: LineReport) => void;
  readonly onEvent?: (event: LineEvent) => void;
}

export interface Line {
  report(): LineReport;
  /** Ends within 5 s whatever hangs; nothing is written to the modem afterwards. */
  stop(): Promise<void>;
}

const defaultPollMs = 30_000;
const defaultHealthMs = 60_000;
const openMs = 15_000;
const stopMs = 4_000;
const lastTryMs = 1_000;

/** Starts a line. It never gives up and never throws: what happens to it shows in `report` and the callbacks. */
export function startLine(options: LineOptions): Line {
  const { clock } = options;
  const stopping = new AbortController();
  const own = options.direct
    ? null
    : createDirectDelivery({ clock, accept: (arrivals) => options.accept(arrivals, null) });
  const direct = options.direct ?? (own as DirectDelivery);
  const parts: LineParts = {
    clock,
    direct,
    status: createLineStatus(clock, (report) => options.onState?.(report)),
    inbox: createInbox(),
    memory: {
      iccid: null,
      indication: null,
      listing: soundListing,
      readSlotsOnce: false,
      phantoms: 0,
      fullScanMs: new Map(),
      sharesSlots: false,
      family: null,
      ladder: createLadder(),
      radioLeftOff: false,
      offNetworkSinceMs: null,
      hasAnswered: false,
      silentOpens: 0,
      baudRate: null,
      quiet: null,
      power: steadyPower,
      unannounced: 0,
    },
    pin: options.pin ?? (() => null),
    pinAttempts: options.pinAttempts,
    identity: options.identity ?? forgetfulRecord(),
    expectedImei: options.expectedImei ?? null,
    tell: (level, code, facts = {}) => options.onEvent?.({ level, code, facts }),
    receiving: {
      accept: options.accept,
      released: options.released ?? (() => false),
      pollIntervalMs: options.pollIntervalMs ?? defaultPollMs,
      healthIntervalMs: options.healthIntervalMs ?? defaultHealthMs,
      quiet: options.quiet ?? { alarmMs: null, isQuietHour: () => true },
    },
    reset: options.reset ?? null,
    baudRates: options.baudRates ?? null,
    stopping: stopping.signal,
    failures: 0,
    outstanding: [],
  };
  direct.watch(noteDirect);
  noteDirect();
  const supervision = supervise(parts, options.openTransport);
  let stop: Promise<void> | null = null;
  return {
    report: () => parts.status.report,
    stop() {
      stopping.abort();
      stop ??= stopAll();
      return stop;
    },
  };

  async function stopAll(): Promise<void> {
    await within(supervision, clock, stopMs);
    // Until its port was closed, more could come.
    if (own) await within(own.stop(), clock, lastTryMs);
    parts.status.enter('stopped');
  }

  function noteDirect(): void {
    parts.status.learn({ direct: direct.waiting });
    raise(parts, 'line.direct-waiting', direct.waiting > 0);
  }
}

async function supervise(parts: LineParts, openTransport: OpenTransport): Promise<void> {
  const { clock, status, stopping } = parts;
  for (let absences = 0; !stopping.aborted; ) {
    if (status.report.state !== 'absent' || absences === 0) status.enter('opening');
    const rate = parts.memory.baudRate ?? undefined;
    const opened = await openWithin(() => openTransport(rate), clock, openMs).catch(absenceOf);
    if ('reason' in opened) {
      const { reason } = opened;
      if (status.report.reason !== reason) parts.tell('warn', 'line.absent', { ...opened });
      status.enter('absent', reason);
      const { waitMs } = recoveryFrom('line.absent', absences);
      absences += 1;
      await sleep(clock, waitMs, stopping);
    } else {
      absences = 0;
      status.count('opens');
      await usePort(parts, opened);
    }
  }
}

/** Why there is no port, with what the error knows of it: which USB id shows a disk (fault E3), how many modems. */
function absenceOf(cause: unknown): LineEvent['facts'] & { readonly reason: string } {
  if (cause instanceof AppError) return { ...cause.facts, reason: cause.code };
  return { reason: `port.${systemCodeOf(cause) ?? 'unavailable'}` };
}
