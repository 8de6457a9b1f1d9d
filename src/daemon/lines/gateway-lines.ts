import { join } from 'node:path';
import { dayMs, minuteMs } from '../../base/amounts.ts';
import { isCarrierPort } from '../../base/carrier-port.ts';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/errors.ts';
import { isIngestPort } from '../../base/ingest-port.ts';
import { openZone } from '../../base/zone.ts';
import type { LineConfig } from '../../config/config.ts';
import { resolvedPath } from '../../modem/discovery/system-files.ts';
import type { UsbTty } from '../../modem/discovery/usb-ttys.ts';
import {
  type IdentityRecord,
  type Line,
  type LineEvent,
  type LineReport,
  type ModemAndSim,
  startLine,
} from '../../modem/line.ts';
import type { ModemId } from '../../modem/modem-id.ts';
import { usualBaudRates } from '../../modem/port/baud-search.ts';
import { parsePortAddress } from '../../modem/port/open-port.ts';
import type { OpenTransport } from '../../modem/port/transport.ts';
import { WireTap } from '../../modem/port/wire-tap.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import type { Intake, LineIdentities, ModemSlot } from '../../store/intake.ts';
import type { LogEntry } from '../../words/events/log-events.ts';
import type { ConfigChange } from '../config-change.ts';
import type { GatewayWatcher } from '../gateway-watcher.ts';
import { type IngestLine, startIngestLine } from '../ingest/ingest-line.ts';
import type { DirectTexts } from '../intake/direct-texts.ts';
import { intakeLineOf, type TextIntake } from '../intake/text-intake.ts';
import type { Log } from '../log/log.ts';
import { startCarrierOf } from './carrier-line.ts';
import { runResetCommand } from './reset-command.ts';
import { readPin } from './secret-file.ts';

/**
 * Whether an instant (wall clock, milliseconds) lies in the hours of the day that `hours` names: `02:00-05:00`, also
 * over midnight; its end is exclusive. Null: every hour is quiet.
 */
export function quietHours(hours: string | null, timeZone: string): (wallMs: number) => boolean {
  const [from, to] = (hours ?? '').split('-').map(minuteOf);
  if (from === undefined || to === undefined) return () => true;
  const zone = openZone(timeZone);
  return (wallMs) => {
    const minute = Math.floor(((wallMs + zone.offsetMsAt(wallMs)) % dayMs) / minuteMs);
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  };
}

/** Minutes since midnight of `hh:mm`. */
function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

/**
 * A line's modem and SIM, as the register keeps them. If the register refuses, the line goes on with what it knows, and
 * the next set-up tries again.
 */
export function identityRecord(line: string, identities: LineIdentities, log: Log): IdentityRecord {
  let kept = attempt(() => identities.of(line)) ?? null;
  let known: ModemAndSim = kept ?? { imei: null, iccid: null, imsi: null };

  function attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (refusal) {
      if (!(refusal instanceof AppError)) throw refusal;
      log.write('warn', 'line.identity-not-kept', { line, reason: refusal.code });
      return undefined;
    }
  }

  return {
    known: () => known,
    keep(identity) {
      known = identity;
      if (kept !== null && areSame(kept, identity)) return;
      attempt(() => {
        identities.put(line, identity);
        kept = identity;
      });
    },
  };
}

function areSame(a: ModemAndSim, b: ModemAndSim): boolean {
  return a.imei === b.imei && a.iccid === b.iccid && a.imsi === b.imsi;
}

/** What the lines of a gateway use. */
interface GatewayLineParts {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly retentionMs: number;
  readonly openTransport: (line: LineConfig) => OpenTransport;
  readonly intake: Intake;
  readonly texts: Pick<TextIntake, 'accept' | 'isFlooded'>;
  readonly directs: Pick<DirectTexts, 'of'>;
  /** Of texts that were just taken: null if they may leave where they came from, else resolves once they may. */
  readonly release: () => Promise<void> | null;
  readonly log: Log;
  readonly watcher: Pick<Required<GatewayWatcher>, 'onOpening' | 'onLineState'>;
}

function startGatewayLine(parts: GatewayLineParts, line: LineConfig, tap: WireTap): Line | IngestLine {
  const { clock, intake, log, watcher } = parts;
  const onState = (report: LineReport): void => {
    const { state, reason, model, registration } = report;
    log.write('info', 'line.state', { line: line.name, state, reason, model, registration });
    watcher.onLineState(line.name, report);
  };
  const onEvent = ({ level, code, facts }: LineEvent): void =>
    log.write(...([level, code, { line: line.name, ...facts }] as LogEntry));
  if (isCarrierPort(line.port)) {
    const openLink = parts.openTransport(line);
    const openTransport = () => async () => tap.on(await openLink());
    return startCarrierOf({ ...parts, openTransport, onState, onEvent }, line);
  }
  const intakeLine = intakeLineOf(line);
  if (isIngestPort(line.port))
    return startIngestLine({
      ...{ clock, window: line.window, retentionMs: parts.retentionMs, quietAlarmMs: line.quietAlarmMs },
      recordTimeMs: () => intake.clock.wallMs(),
      accept: (arrivals) => parts.texts.accept(intakeLine, arrivals, null),
      release: parts.release,
      ...{ onState, onEvent },
    });
  const open = parts.openTransport(line);
  return startLine({
    async openTransport(rate) {
      watcher.onOpening(line.name);
      return tap.on(await open(rate));
    },
    clock,
    recordTimeMs: () => intake.clock.wallMs(),
    async accept(listing, scope) {
      const taken = parts.texts.accept(intakeLine, listing, scope);
      if (listing.length > 0) await parts.release();
      return taken;
    },
    direct: parts.directs.of(line.name),
    isFlooded: () => parts.texts.isFlooded(line.name),
    released: (arrivals) => intake.remembers(arrivals.flatMap((arrival) => slotOf(line, arrival))),
    pin: () => (line.pinFile === null ? null : readPin(line.pinFile)),
    pinRefusals: intake.pinAttempts,
    identity: identityRecord(line.name, intake.lineIdentities, log),
    expected: expectedOf(line),
    pollIntervalMs: line.pollIntervalMs,
    baudRates: baudRatesOf(line),
    quiet: { alarmMs: line.quietAlarmMs, isQuietHour: quietHours(line.quietHours, parts.timeZone) },
    reset: resetOf(clock, line),
    onState,
    onEvent,
  });
}

/** A serial server has a rate of its own, and a modem found by its IMEI has answered already. */
function baudRatesOf({ port, baudRate }: LineConfig) {
  const isSerial = parsePortAddress(port).kind === 'serial';
  return isSerial ? { configured: baudRate, usual: usualBaudRates } : null;
}

function expectedOf({ port }: LineConfig): ModemId | null {
  const address = parsePortAddress(port);
  return address.kind === 'serial' || address.kind === 'tcp' ? null : address;
}

function resetOf(clock: Clock, { name, port, resetCommand }: LineConfig): (() => Promise<void>) | null {
  if (resetCommand.length === 0) return null;
  return () => runResetCommand(clock, { command: resetCommand, line: name, port });
}

function slotOf(line: LineConfig, { memory, slot }: Arrival): ModemSlot[] {
  return memory === null || slot === null ? [] : [{ line: line.name, memory, slot }];
}

/** The lines of a gateway; a reload can add and remove some. */
interface GatewayLines {
  /** Each line's report, by its name, in the order of the configuration. */
  reports(): ReadonlyMap<string, LineReport>;
  /** What listens to a line's wire, whichever port it has; undefined if there is no such line. */
  tapOf(name: string): WireTap | undefined;
  /** The line of this name, if `visitlog ingest` brings its texts. */
  ingestLineOf(name: string): IngestLine | undefined;
  /** Stops a line and starts it anew, as if the gateway had just begun. */
  restart(name: string): Promise<void>;
  /** Starts, stops and restarts lines for a new configuration, and leaves unchanged lines alone. */
  change(change: Pick<ConfigChange, 'added' | 'changed' | 'removed' | 'config'>): Promise<void>;
  /** Stops all lines within 5 s. */
  stop(): Promise<void>;
}

export function startGatewayLines(parts: GatewayLineParts, configured: readonly LineConfig[]): GatewayLines {
  const lines = new Map<string, Line | IngestLine>();
  const settings = new Map<string, LineConfig>();
  const taps = new Map<string, WireTap>();
  let isStopping = false;
  let turn: Promise<unknown> = Promise.resolve();
  configured.forEach(start);

  function start(line: LineConfig): void {
    if (isStopping) return;
    const tap = taps.get(line.name) ?? new WireTap();
    taps.set(line.name, tap);
    settings.set(line.name, line);
    lines.set(line.name, startGatewayLine(parts, line, tap));
  }

  /** One change at a time: two would both start a line that each has stopped. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  async function stop(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => lines.get(name)?.stop()));
  }

  return {
    reports: () => new Map([...lines].map(([name, line]) => [name, line.report()])),
    tapOf: (name) => (lines.has(name) ? taps.get(name) : undefined),
    ingestLineOf(name) {
      const line = lines.get(name);
      return line && 'serve' in line ? line : undefined;
    },
    restart: (name) =>
      inTurn(async () => {
        await stop([name]);
        const line = settings.get(name);
        if (line && lines.has(name)) start(line);
      }),
    change: ({ added, changed, removed, config }) =>
      inTurn(async () => {
        // Stop first: a new line may get the port of a removed one.
        await stop([...removed, ...changed.map(({ name }) => name)]);
        if (isStopping) return;
        for (const name of removed) lines.delete(name);
        for (const line of [...changed, ...added]) start(line);
        sort(config.lines);
      }),
    async stop() {
      isStopping = true;
      await stop([...lines.keys()]);
    },
  };

  function sort(order: readonly LineConfig[]): void {
    for (const { name } of order) {
      const line = lines.get(name);
      lines.delete(name);
      if (line) lines.set(name, line);
    }
  }
}

/** Whether the path of a line leads to one of these terminals, directly or by a link. */
export function isPortOf(line: Pick<LineConfig, 'port'>, ttys: readonly UsbTty[], root: string): boolean {
  if (!line.port.startsWith('/')) return false;
  const node = resolvedPath(join(root, line.port));
  return ttys.some(
    (tty) => line.port === tty.node || (node !== null && node === resolvedPath(join(root, tty.node))),
  );
}

/** The devices of lines with a path. */
export function devicePathsOf(lines: readonly LineConfig[]): string[] {
  return lines.map(({ port }) => port).filter((port) => port.startsWith('/'));
}
