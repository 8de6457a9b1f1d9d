import { type Clock, sleep } from '../base/clock.ts';
import { AppError, systemCodeOf } from '../base/errors.ts';
import { createLineStatus, type LineEvent, type LineReport } from './line-report.ts';
import { type LineParts, LineSessions } from './line-sessions.ts';
import type { ModemId } from './modem-id.ts';
import { type BaudRates, BaudSearch } from './port/baud-search.ts';
import { openWithin, within } from './port/deadline.ts';
import { PeerWatch } from './port/foreign-peer.ts';
import { LineBudget } from './port/line-budget.ts';
import type { OpenTransport } from './port/transport.ts';
import { inTurns } from './port/turns.ts';
import { AnnouncedTexts } from './receive/announced-texts.ts';
import { AnnouncementWatch } from './receive/announcements.ts';
import type { Accept, Released } from './receive/arrival.ts';
import { createDirectDelivery, type DirectDelivery } from './receive/direct-delivery.ts';
import { HiddenTexts, UnreadableTexts } from './receive/hidden-texts.ts';
import { Inbox } from './receive/inbox.ts';
import { NoticePortTrial } from './receive/notice-port.ts';
import { ReadingMode } from './receive/reading-mode.ts';
import { NetworkWatch } from './recover/network-watch.ts';
import { PowerWatch } from './recover/power-watch.ts';
import { proofLimits } from './recover/proofs.ts';
import { type QuietRule, QuietWatch } from './recover/quiet-line.ts';
import { recoveryFrom } from './recover/recovery.ts';
import { type ResetCommand, Resets } from './recover/reset.ts';
import { ServiceProofs } from './recover/service-proofs.ts';
import { forgetfulRecord, type IdentityRecord, IdentityWatch } from './setup/identity.ts';
import { IndicationChoice } from './setup/indication.ts';
import type { PinRefusals } from './setup/sim.ts';

/*
 * The public surface of a line, with `line-report.ts` and `receive/arrival.ts`. Apart from it, other rooms import ports
 * (`port/open-port.ts`, `port/transport.ts`, `port/baud-search.ts`, `port/deadline.ts`), the owner of direct texts
 * (`receive/direct-delivery.ts`), the questions of `doctor` and `setup` (`talk/ask-modem.ts`) and `discovery/`.
 */
export type { LineEvent, LineRecovery, LineReport, LineState, LineStorage } from './line-report.ts';
export type { OpenTransport, Transport } from './port/transport.ts';
export type { Accept, Acceptance, Arrival, ListingScope, Released } from './receive/arrival.ts';
export type { QuietRule } from './recover/quiet-line.ts';
export type { IdentityRecord, ModemAndSim } from './setup/identity.ts';
export type { PinRefusals } from './setup/sim.ts';

export interface LineOptions {
  readonly openTransport: OpenTransport;
  /** For waits and deadlines. */
  readonly clock: Clock;
  /**
   * The wall time, in milliseconds, that texts and the report are dated by; the clock's unless given. The register judges
   * it, which has a cost: it is asked once for each listing, each direct text and each change of state.
   */
  readonly recordTimeMs?: () => number;
  readonly accept: Accept;
  readonly released?: Released;
  /** Takes texts that come directly, and goes on after the line stops; unless given, `accept` takes them until then. */
  readonly direct?: DirectDelivery;
  /** The PIN on file, asked for only if the SIM requires one; null if there is none. */
  readonly pin?: () => string | null;
  readonly pinRefusals: PinRefusals;
  /** Whether the line has brought more rubbish than it may: asked after each direct text, which no modem holds. */
  readonly isFlooded?: () => boolean;
  /** Which modem and SIM the line had before; forgotten at the end of the program unless given. */
  readonly identity?: IdentityRecord;
  /** The only modem or SIM that may answer at the port, or null for any. */
  readonly expected?: ModemId | null;
  /** How often everything is listed though nothing was announced; 30 s unless given. */
  readonly pollIntervalMs?: number;
  /** How often settings are read back and the network is asked about; 60 s unless given. */
  readonly healthIntervalMs?: number;
  /** The configured rate of a serial port, and the rates to try if it never answers at that one. */
  readonly baudRates?: BaudRates | null;
  /** When a line that receives nothing raises an alarm and is registered anew; never unless given. */
  readonly quiet?: QuietRule;
  /** The host's own way to reset a modem that nothing else brings back. */
  readonly reset?: ResetCommand | null;
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

/** Starts a line. It never gives up and never throws: `report` and the callbacks show what happens to it. */
export function startLine(options: LineOptions): Line {
  const { clock } = options;
  const stopping = new AbortController();
  const { direct, stopDirect } = directOf(options);
  const parts = createParts(options, direct, stopping.signal);
  const { status } = parts;
  direct.watch(showDirect);
  showDirect();
  const supervision = superviseLine(parts, options.openTransport);
  let stop: Promise<void> | null = null;
  return {
    report: () => ({ ...status.report, proofs: parts.proofs.report() }),
    stop() {
      stopping.abort();
      stop ??= stopAll();
      return stop;
    },
  };

  async function stopAll(): Promise<void> {
    await within(supervision, clock, stopMs);
    // Until its port was closed, more texts could come.
    await within(stopDirect(), clock, lastTryMs);
    parts.proofs.stop();
    status.enter('stopped');
  }

  function showDirect(): void {
    status.learn({ direct: direct.waiting });
    status.setAlarm('line.direct-waiting', direct.waiting > 0);
  }
}

/** One that the gateway gives outlives the line; the line's own stops with it. */
function directOf({ clock, accept, direct }: LineOptions): {
  readonly direct: DirectDelivery;
  readonly stopDirect: () => Promise<unknown>;
} {
  if (direct) return { direct, stopDirect: async () => {} };
  const own = createDirectDelivery({
    clock,
    async accept(arrivals) {
      await accept(arrivals, null);
      return undefined;
    },
  });
  return { direct: own, stopDirect: () => own.stop() };
}

function createParts(options: LineOptions, direct: DirectDelivery, stopping: AbortSignal): LineParts {
  const { clock } = options;
  const status = createLineStatus(
    options.recordTimeMs ?? (() => clock.wallMs()),
    (report) => options.onState?.(report),
    (event) => options.onEvent?.(event),
  );
  const budget = new LineBudget(clock, status);
  const resets = new Resets(clock, status, options.reset ?? null);
  const quietRule = options.quiet ?? { alarmMs: null, isQuietHour: () => true };
  const announcements = new AnnouncementWatch(status);
  const record = options.identity ?? forgetfulRecord();
  const pollIntervalMs = options.pollIntervalMs ?? defaultPollMs;
  const healthIntervalMs = options.healthIntervalMs ?? defaultHealthMs;
  const proofs = new ServiceProofs(clock, status, proofLimits(pollIntervalMs, healthIntervalMs));
  return {
    clock,
    status,
    budget,
    direct,
    isFlooded: options.isFlooded ?? (() => false),
    inbox: new Inbox(),
    accept: options.accept,
    released: options.released ?? (() => false),
    pin: options.pin ?? (() => null),
    pinRefusals: options.pinRefusals,
    identity: new IdentityWatch(status, record, options.expected ?? null),
    indications: new IndicationChoice(status),
    announcements,
    announced: new AnnouncedTexts(clock, status, proofs),
    noticePort: new NoticePortTrial(status, announcements),
    readingMode: new ReadingMode(clock),
    hiddenTexts: new HiddenTexts(),
    unreadableTexts: new UnreadableTexts(status),
    resets,
    proofs,
    power: new PowerWatch(clock, status),
    network: new NetworkWatch(clock, status, resets, proofs),
    quiet: new QuietWatch(clock, status, resets, quietRule),
    baudSearch: new BaudSearch(options.baudRates ?? null, status),
    peer: new PeerWatch(clock),
    pollIntervalMs,
    healthIntervalMs,
    stopping,
  };
}

async function superviseLine(parts: LineParts, openTransport: OpenTransport): Promise<void> {
  const { clock, status, stopping, baudSearch, budget } = parts;
  const sessions = new LineSessions(parts);
  for (let absences = 0; !stopping.aborted; ) {
    const { state } = status.report;
    if (state !== 'wrong-port' && (state !== 'absent' || absences === 0)) status.enter('opening');
    const opened = await openWithin(() => openTransport(baudSearch.rate), clock, openMs).catch(absenceOf);
    if ('reason' in opened) {
      const { reason } = opened;
      if (status.report.reason !== reason) status.log('warn', 'line.absent', { ...opened });
      status.enter('absent', reason);
      // A modem that is not there is never reset.
      status.learn({ recovery: null });
      const { waitMs } = recoveryFrom('line.absent', absences);
      absences += 1;
      await sleep(clock, waitMs, stopping);
    } else {
      absences = 0;
      status.count('opens');
      await sessions.use(budget.on(inTurns(opened, clock)));
    }
  }
}

/** Why there is no port, with the facts of the error: which USB id shows a disk (fault E3), how many modems there are. */
function absenceOf(cause: unknown): LineEvent['facts'] & { readonly reason: string } {
  if (cause instanceof AppError) return { ...cause.facts, reason: cause.code };
  return { reason: `port.${systemCodeOf(cause) ?? 'unavailable'}` };
}
