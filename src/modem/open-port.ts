import type { ModemFinder } from './discovery/modem-finder.ts';
import { parsePortAddress } from './port-address.ts';
import { openSerial } from './serial-transport.ts';
import { openTcp } from './tcp-transport.ts';
import type { OpenTransport } from './transport.ts';

/**
 * How to open the port that a line's configuration names. `baudRate` counts for serial devices only; `modems` is the
 * finder that all lines of the gateway share.
 * @throws AppError `port.malformed`
 */
export function openerOf(address: string, baudRate: number, modems: ModemFinder): OpenTransport {
  const port = parsePortAddress(address);
  switch (port.kind) {
    case 'serial':
      return () => openSerial(port.path, baudRate);
    case 'tcp':
      return () => openTcp(port.host, port.port);
    case 'imei':
      return () => modems.open(port.imei, baudRate);
  }
}
