import { basename } from 'node:path';
import type { Transport } from '../../src/modem/port/transport.ts';
import type { SimulatedModem } from '../../src/simulator/modem.ts';
import type { HostSide } from '../../src/simulator/port.ts';
import type { PortRole } from '../../src/simulator/settings.ts';

export interface PluggedModems {
  /** Opens a port by its device's path; refuses as the system does. */
  readonly openPort: (path: string) => Promise<Transport>;
  /** The terminals that were opened, in order. */
  readonly opened: string[];
  /** How many are open now. */
  readonly open: number;
  /** Puts a port of a modem behind a terminal. */
  put(tty: string, modem: SimulatedModem, role?: PortRole): void;
  /** The four terminals of an EC25, from `first` on. */
  putAll(first: number, modem: SimulatedModem): void;
}

export function plugModems(): PluggedModems {
  const behind = new Map<string, { modem: SimulatedModem; role: PortRole }>();
  const opened: string[] = [];
  let open = 0;

  function put(tty: string, modem: SimulatedModem, role: PortRole = 'at'): void {
    behind.set(tty, { modem, role });
  }

  async function openPort(path: string): Promise<Transport> {
    const tty = basename(path);
    opened.push(tty);
    const there = behind.get(tty);
    if (there?.modem.usb.state !== 'present') throw failure('ENOENT');
    let host: HostSide;
    try {
      host = there.modem.attach(there.role);
    } catch {
      throw failure('EBUSY');
    }
    open += 1;
    return transportOf(host, () => {
      open -= 1;
    });
  }

  return {
    openPort,
    opened,
    get open() {
      return open;
    },
    put,
    putAll(first, modem) {
      for (const [number, role] of (['dead', 'nmea', 'at', 'second'] as const).entries())
        put(`ttyUSB${first + number}`, modem, role);
    },
  };
}

function transportOf(host: HostSide, closed: () => void): Transport {
  let open = true;
  return {
    write: async (bytes) => void host.write(bytes),
    onBytes: (receive) => host.onBytes((bytes) => open && receive(bytes)),
    onClose: (ended) => host.onHangup(() => open && ended(null)),
    async close() {
      if (open) closed();
      open = false;
      host.close();
    },
  };
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
