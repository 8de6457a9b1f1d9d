import type { Clock } from '../../base/clock.ts';
import type { LineConfig } from '../../config/config.ts';
import { usualBaudRates } from '../../modem/baud-search.ts';
import { type Line, type LineReport, startLine } from '../../modem/line.ts';
import { parsePortAddress } from '../../modem/port/port-address.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import type { Place } from '../../store/register-types.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { acceptListing, intakeLineOf } from '../intake/accept-listing.ts';
import type { DirectTexts } from '../intake/direct-texts.ts';
import { identityRecord } from './line-identity.ts';
import { readPin } from './pin-file.ts';
import { quietHours } from './quiet-hours.ts';
import { runResetCommand } from './reset-command.ts';

/** Starts a configured line: its texts go into the register, and what happens to it is told. */
export function startGatewayLine(context: GatewayContext, directs: DirectTexts, line: LineConfig): Line {
  const { log, register, settings, watcher } = context;
  const intakeLine = intakeLineOf(line);
  const open = context.openTransport(line);
  return startLine({
    openTransport(rate) {
      watcher.onOpening(line.name);
      return open(rate);
    },
    clock: register.clock,
    accept: async (listing, scope) => acceptListing(context, intakeLine, listing, scope),
    direct: directs.of(line.name),
    released: (arrivals) => register.remembers(arrivals.flatMap((arrival) => placeOf(line, arrival))),
    pin: () => (line.pinFile === null ? null : readPin(line.pinFile)),
    pinAttempts: register.pinAttempts,
    identity: identityRecord(line.name, register.lineIdentities, log),
    expectedImei: expectedImeiOf(line),
    pollIntervalMs: line.pollIntervalMs,
    baudRates: baudRatesOf(line),
    quiet: { alarmMs: line.quietAlarmMs, isQuietHour: quietHours(line.quietHours, settings().timeZone) },
    reset: resetOf(register.clock, line),
    onState: (report) => tellState(context, line.name, report),
    onEvent: ({ level, code, facts }) => log.write(level, code, { line: line.name, ...facts }),
  });
}

function tellState({ log, watcher }: GatewayContext, line: string, report: LineReport): void {
  const { state, reason, model, registration } = report;
  log.write('info', 'line.state', { line, state, reason, model, registration });
  watcher.onLineState(line, report);
}

/** A serial server has its own rate, and a modem that is found by its IMEI has answered. */
function baudRatesOf({ port, baudRate }: LineConfig) {
  const isSerial = parsePortAddress(port).kind === 'serial';
  return isSerial ? { configured: baudRate, usual: usualBaudRates } : null;
}

function expectedImeiOf({ port }: LineConfig): string | null {
  const address = parsePortAddress(port);
  return address.kind === 'imei' ? address.imei : null;
}

function resetOf(clock: Clock, { name, port, resetCommand }: LineConfig): (() => Promise<void>) | null {
  if (resetCommand.length === 0) return null;
  return () => runResetCommand(clock, { command: resetCommand, line: name, port });
}

function placeOf(line: LineConfig, { memory, slot }: Arrival): Place[] {
  return memory === null || slot === null ? [] : [{ line: line.name, memory, slot }];
}
