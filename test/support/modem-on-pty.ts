import { join } from 'node:path';
import type { SimulatedModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { bridgeToPty, type PtyBridge } from './pty-bridge.ts';

export interface ModemOnPty {
  readonly bridge: PtyBridge;
  /** The link at which the modem is to be found at the moment. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * A simulated modem behind a kernel pseudo-terminal in `folder`. When its ports go, so does the terminal; when they
 * come back, it does, at `by-id` again, whatever its number is. With `numbered` the link is the number: ttyUSB0.
 */
export async function modemOnPty(
  modem: SimulatedModem,
  folder: string,
  options: { numbered?: boolean } = {},
): Promise<ModemOnPty> {
  const linkFor = (number: number): string => join(folder, options.numbered ? `ttyUSB${number}` : 'by-id');
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  const link = linkFor(modem.usb.number);
  const bridge = await bridgeToPty({ host: '127.0.0.1', port: server.port, link });
  modem.onUsbChange(({ state, number }) => {
    if (state === 'present') void bridge.back(linkFor(number));
    else void bridge.drop();
  });
  return {
    bridge,
    get path() {
      return bridge.link;
    },
    async close() {
      await bridge.close();
      await server.close();
    },
  };
}
