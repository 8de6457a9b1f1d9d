import {
  type Arrival,
  type Line,
  type LineEvent,
  type LineOptions,
  type LineState,
  startLine,
} from '../../src/modem/line.ts';
import { FakeClock } from './fake-clock.ts';
import { createScriptedModem, type ScriptedModem, type ScriptedModemOptions } from './scripted-modem.ts';

/** A line on a scripted modem with a register that keeps what it accepts, all on a clock that stands still. */
export interface LineBench {
  readonly clock: FakeClock;
  readonly modem: ScriptedModem;
  readonly line: Line;
  /** PDUs in the order in which they were accepted, doubles included. */
  readonly accepted: Arrival[];
  readonly listings: (readonly Arrival[])[];
  readonly released: Arrival[];
  readonly states: string[];
  readonly events: LineEvent[];
  /** The register refuses with this error until it is null again. */
  refuseWith(error: Error | null): void;
  /** Moves on until the line is in this state; throws after an hour. */
  until(state: LineState): Promise<void>;
  pdus(): string[];
}

export function startBench(
  modemOptions: Omit<ScriptedModemOptions, 'clock'> = {},
  lineOptions: Partial<LineOptions> = {},
  prepare: (modem: ScriptedModem) => void = () => {},
): LineBench {
  const clock = new FakeClock();
  const modem = createScriptedModem({ clock, ...modemOptions });
  prepare(modem);
  const accepted: Arrival[] = [];
  const listings: (readonly Arrival[])[] = [];
  const released: Arrival[] = [];
  const states: string[] = [];
  const events: LineEvent[] = [];
  let refusal: Error | null = null;
  const line = startLine({
    openTransport: modem.open,
    clock,
    async accept(listing) {
      if (refusal) throw refusal;
      if (listing.length > 0) listings.push(listing);
      accepted.push(...listing);
    },
    released(arrivals) {
      released.push(...arrivals);
      return false;
    },
    pinRefusals: { failed: () => false, remember: () => {}, forget: () => {} },
    onState: (report) =>
      states.push(report.reason === null ? report.state : `${report.state} ${report.reason}`),
    onEvent: (event) => events.push(event),
    ...lineOptions,
  });
  return {
    clock,
    modem,
    line,
    accepted,
    listings,
    released,
    states,
    events,
    refuseWith(error) {
      refusal = error;
    },
    async until(state) {
      for (let waitedMs = 0; line.report().state !== state; waitedMs += 100) {
        if (waitedMs > 3_600_000) throw new Error(`never ${state}, but ${states.join(', ')}`);
        await clock.advance(100);
      }
    },
    pdus: () => accepted.map((arrival) => arrival.pdu),
  };
}
