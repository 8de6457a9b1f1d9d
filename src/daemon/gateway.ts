import type { Clock, Timer } from '../base/clock.ts';
import { AppError, messageOf, systemCodeOf } from '../base/errors.ts';
import type { Config, LineConfig } from '../config/config.ts';
import type { Arrival, ListingScope } from '../modem/arrival.ts';
import { usualBaudRates } from '../modem/baud-search.ts';
import { type Line, type LineReport, startLine } from '../modem/line.ts';
import { parsePortAddress } from '../modem/port-address.ts';
import type { OpenTransport } from '../modem/transport.ts';
import { actorOf, systemProbe } from '../store/audit/audit-actor.ts';
import { openRegister } from '../store/register.ts';
import type { Place, Register, RegisterOptions } from '../store/register-types.ts';
import { parseTypedNumber } from '../visits/sender.ts';
import { type Intake, type IntakeLine, type Outcome, takeListing, takeOverdue } from './intake.ts';
import type { Log } from './log.ts';
import { foldRepeats } from './log-folding.ts';
import { readPin } from './pin-file.ts';
import { quietHours } from './quiet-hours.ts';
import { runResetCommand } from './reset-command.ts';
import { type SweepReport, startSweeps } from './sweep-loop.ts';
import { careForAudit } from './tend-audit.ts';

/** How often sets of parts are looked at that may have waited too long. */
const overdueEveryMs = 60_000;

export interface GatewayOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly openTransport: (line: LineConfig) => OpenTransport;
  /** Told of each text once it is on disk. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

export interface Gateway {
  /** Each line's report, by its name. */
  reports(): ReadonlyMap<string, LineReport>;
  sweeps(): SweepReport;
  /** Stops the lines, within 5 s whatever hangs, and closes the register. Once, however often it is called. */
  stop(): Promise<void>;
}

/**
 * The gateway: one register, and a session for each line. A line that is absent is looked for for ever; only what a
 * person must mend first (a foreign keyring, a second gateway) throws, and then nothing has been started.
 */
export function startGateway(options: GatewayOptions): Gateway {
  const { config, clock } = options;
  const log = foldRepeats(options.log, clock);
  const registerOptions: RegisterOptions = {
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    retentionMs: config.retention.periodMs,
    algorithm: config.cipher.algorithm,
    masterFile: config.cipher.masterFile,
    clock,
    role: 'gateway',
  };
  const register = openRegister(registerOptions);
  const context: Context = { ...options, log, register };
  log.write('info', 'gateway.started', { lines: config.lines.length });
  const audit = careForAudit(
    { ...registerOptions, clock: register.clock },
    config.retention.auditPeriodMs,
    log,
  );
  const sweeps = startSweeps({
    register,
    intervalMs: config.retention.sweepIntervalMs,
    maxShare: config.retention.sweepMaxShare,
    who: actorOf(systemProbe(process.env)),
    log,
    onSwept: (result) => audit.tend(result),
  });
  const lines = new Map(config.lines.map((line) => [line.name, startOne(context, line)]));
  const overdue = every(clock, overdueEveryMs, () => sweepOverdue(context));
  let stopped: Promise<void> | null = null;
  return {
    reports: () => new Map([...lines].map(([name, line]) => [name, line.report()])),
    sweeps: () => sweeps.report(),
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };

  async function stopAll(): Promise<void> {
    overdue.cancel();
    await Promise.all([sweeps.stop(), ...[...lines.values()].map((line) => line.stop())]);
    audit.close();
    register.close();
    log.close();
    log.write('info', 'gateway.stopped');
  }
}

interface Context extends GatewayOptions {
  readonly register: Register;
}

function startOne(context: Context, line: LineConfig): Line {
  const { config, log, register } = context;
  const intakeLine = intakeLineOf(line);
  return startLine({
    openTransport: context.openTransport(line),
    clock: register.clock,
    accept: async (listing, scope) => accept(context, intakeLine, listing, scope),
    released: (arrivals) => register.released(arrivals.flatMap((arrival) => placeOf(line, arrival))),
    pin: () => (line.pinFile === null ? null : readPin(line.pinFile)),
    pinAttempts: register.pinAttempts,
    pollIntervalMs: line.pollIntervalMs,
    baudRates: baudRatesOf(line),
    quiet: { alarmMs: line.quietAlarmMs, isQuietHour: quietHours(line.quietHours, config.timeZone) },
    reset: resetOf(context, line),
    onState: (report) =>
      log.write('info', 'line.state', {
        line: line.name,
        state: report.state,
        reason: report.reason,
        model: report.model,
        registration: report.registration,
      }),
    onEvent: ({ level, code, facts }) => log.write(level, code, { line: line.name, ...facts }),
  });
}

/** A serial server has its own rate, and a modem that is found by its IMEI has answered. */
function baudRatesOf({ port, baudRate }: LineConfig) {
  const isSerial = parsePortAddress(port).kind === 'serial';
  return isSerial ? { configured: baudRate, usual: usualBaudRates } : null;
}

function resetOf({ clock }: Context, { name, port, resetCommand }: LineConfig): (() => Promise<void>) | null {
  if (resetCommand.length === 0) return null;
  return () => runResetCommand(clock, { command: resetCommand, line: name, port });
}

function intakeLineOf({ name, number }: Pick<LineConfig, 'name' | 'number'>): IntakeLine {
  return { name, receiving: number === null ? null : (parseTypedNumber(number)?.canonical ?? null) };
}

function accept(
  context: Context,
  line: IntakeLine,
  listing: readonly Arrival[],
  scope: ListingScope | null,
): void {
  const { config, log, register } = context;
  try {
    tell(context, line.name, takeListing(register, line, listing, rulesOf(config), scope));
  } catch (error) {
    const code = error instanceof AppError ? error.code : (systemCodeOf(error) ?? 'internal');
    log.write('error', 'register.refused', {
      line: line.name,
      code,
      message: messageOf(error),
      texts: listing.length,
    });
    throw error;
  }
}

function tell(context: Context, line: string, intake: Intake): void {
  for (const outcome of intake.texts) tellOne(context, outcome);
  if (intake.parts > 0) context.log.write('info', 'part.accepted', { line, parts: intake.parts });
  if (intake.known > 0) context.log.write('info', 'text.known', { line, texts: intake.known });
}

function tellOne({ log, onOutcome }: Context, outcome: Outcome): void {
  const { line, stamp, disposition } = outcome;
  log.write('info', 'text.accepted', {
    line,
    kind: disposition.kind,
    venues: disposition.kind === 'visit' ? disposition.venues.length : undefined,
    reason: 'reason' in disposition ? disposition.reason : undefined,
    code: 'code' in disposition ? disposition.code : undefined,
    time_source: stamp.source,
  });
  onOutcome?.(outcome);
}

function placeOf(line: LineConfig, { memory, slot }: Arrival): Place[] {
  return memory === null || slot === null ? [] : [{ line: line.name, memory, slot }];
}

function rulesOf(config: Config): { areaCode: string; retentionMs: number } {
  return { areaCode: config.numbering.areaCode, retentionMs: config.retention.periodMs };
}

function sweepOverdue(context: Context): void {
  const { config, log, register } = context;
  const lineOf = (name: string): IntakeLine =>
    intakeLineOf(config.lines.find((line) => line.name === name) ?? { name, number: null });
  try {
    for (const outcome of takeOverdue(register, lineOf, rulesOf(config))) tellOne(context, outcome);
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    log.write('error', 'register.refused', { code, message: messageOf(error) });
  }
}

function every(clock: Clock, intervalMs: number, act: () => void): Timer {
  let timer = clock.after(intervalMs, again);
  function again(): void {
    act();
    timer = clock.after(intervalMs, again);
  }
  return { cancel: () => timer.cancel() };
}
