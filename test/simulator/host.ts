import { createModem, type ModemOptions, type SimulatedModem } from '../../src/simulator/modem.ts';
import type { HostSide } from '../../src/simulator/port.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** A modem on a clock that stands still, and a host that types at it. */
export interface ModemBench {
  readonly clock: FakeClock;
  readonly modem: SimulatedModem;
  readonly host: HostSide;
  /** Types a line and gives every octet that came back at once, one a character. */
  say(line: string): Promise<string>;
  /** Lets time pass and gives what came meanwhile. */
  wait(durationMs: number): Promise<string>;
}

export function createBench(options: Partial<ModemOptions> = {}): ModemBench {
  const clock = new FakeClock();
  const modem = createModem({ family: 'ec25', clock, ...options });
  return { clock, modem, ...typeAt(clock, modem) };
}

/** Opens the modem's AT port (again). */
export function typeAt(clock: FakeClock, modem: SimulatedModem): Pick<ModemBench, 'host' | 'say' | 'wait'> {
  const host = modem.attach();
  let heard = '';
  host.onBytes((bytes) => {
    heard += Buffer.from(bytes).toString('latin1');
  });
  async function wait(durationMs: number): Promise<string> {
    await clock.advance(durationMs);
    const octets = heard;
    heard = '';
    return octets;
  }
  return {
    host,
    wait,
    say(line) {
      host.write(Buffer.from(`${line}\r`, 'latin1'));
      return wait(0);
    },
  };
}

/** What stands on the wire for these lines behind a silent echo, with `OK` unless another result is given. */
export function answer(lines: readonly string[], result = 'OK'): string {
  const information = lines.length > 0 ? `\r\n${lines.join('\r\n')}\r\n` : '';
  return `${information}\r\n${result}\r\n`;
}
