import { systemCodeOf } from '../../base/errors.ts';
import type { ModemFinder } from '../discovery/modem-finder.ts';
import { parsePortAddress } from './port-address.ts';
import { openSerial } from './serial.ts';
import { openTcp } from './tcp.ts';
import type { OpenTransport, Transport } from './transport.ts';

/**
 * How to open the port that a line's configuration names. `baudRate` counts for serial devices only; `modems` is the
 * finder that all lines of the gateway share.
 * @throws AppError `port.malformed`
 */
export function openerOf(address: string, baudRate: number, modems: ModemFinder): OpenTransport {
  const port = parsePortAddress(address);
  switch (port.kind) {
    case 'serial':
      return (rate = baudRate) => openPath(port.path, rate, modems);
    case 'tcp':
      return () => openTcp(port.host, port.port);
    case 'imei':
      return () => modems.open(port.imei, baudRate);
  }
}

/** A port that is not there, while a modem plays a disk, is most likely that modem's (fault E3). */
async function openPath(path: string, baudRate: number, modems: ModemFinder): Promise<Transport> {
  try {
    return await openSerial(path, baudRate);
  } catch (error) {
    throw (systemCodeOf(error) === 'ENOENT' ? modems.asDisk() : null) ?? error;
  }
}
