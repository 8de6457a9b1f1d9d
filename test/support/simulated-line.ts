import { fault } from '../../src/base/errors.ts';
import { type Line, type LineEvent, type LineOptions, startLine } from '../../src/modem/line.ts';
import type { OpenTransport } from '../../src/modem/port/transport.ts';
import type { Arrival, ListingScope } from '../../src/modem/receive/arrival.ts';
import { createModem, type ModemOptions, type SimulatedModem } from '../../src/simulator/modem.ts';
import { FakeClock } from './fake-clock.ts';

/** A line on a simulated modem, on a clock that stands still. */
export interface SimulatedLine {
  readonly clock: FakeClock;
  readonly modem: SimulatedModem;
  readonly line: Line;
  readonly accepted: Arrival[];
  readonly scopes: ListingScope[];
  readonly events: LineEvent[];
  /** `state reason`, each with the second since the start. */
  readonly states: string[];
  /** The facts of every event of that code. */
  told(code: string): readonly LineEvent['facts'][];
  /** Moves on until `isSo`, at most `limitMs`; gives the time that it took. */
  until(isSo: () => boolean, limitMs: number): Promise<number>;
  /** Sends a text and gives the time until it was accepted. */
  stop(): Promise<void>;
}

export function startSimulatedLine(
  modemOptions: Partial<ModemOptions> = {},
  lineOptions: Partial<LineOptions> = {},
): SimulatedLine {
  const clock = new FakeClock();
  const modem = createModem({ family: 'ec25', clock, latencyMs: 1, ...modemOptions });
  const accepted: Arrival[] = [];
  const scopes: ListingScope[] = [];
  const events: LineEvent[] = [];
  const states: string[] = [];
  const line = startLine({
    openTransport: openerOf(modem),
    clock,
    async accept(listing, scope) {
      accepted.push(...listing);
      if (scope) scopes.push(scope);
    },
    pinRefusals: { failed: () => false, remember: () => {}, forget: () => {} },
    onState: ({ state, reason }) =>
      states.push(
        `${Math.floor(clock.monotonicMs() / 1_000)} ${state}${reason === null ? '' : ` ${reason}`}`,
      ),
    onEvent: (event) => events.push(event),
    ...lineOptions,
  });
  return {
    clock,
    modem,
    line,
    accepted,
    scopes,
    events,
    states,
    told: (code) => events.filter((event) => event.code === code).map(({ facts }) => facts),
    async until(isSo, limitMs) {
      const fromMs = clock.monotonicMs();
      const stepMs = limitMs > 600_000 ? 1_000 : 10;
      while (!isSo()) {
        if (clock.monotonicMs() - fromMs > limitMs) throw new Error(`never, but ${states.join(', ')}`);
        await clock.advance(stepMs);
      }
      return clock.monotonicMs() - fromMs;
    },
    async stop() {
      await Promise.all([line.stop(), clock.advance(5_000)]);
      modem.dispose();
    },
  };
}

function openerOf(modem: SimulatedModem): OpenTransport {
  return async () => {
    if (modem.usb.state !== 'present') throw Object.assign(new Error('not there'), { code: 'ENOENT' });
    const host = modem.attach();
    return {
      async write(bytes) {
        if (modem.usb.state !== 'present') throw fault('port.closed');
        host.write(bytes);
      },
      onBytes: (receive) => host.onBytes(receive),
      onClose: (ended) => host.onHangup(() => ended(null)),
      close: async () => host.close(),
    };
  };
}
