import { AppError, exitCode } from '../base/errors.ts';
import { parsePortAddress } from './port-address.ts';
import { openSerial } from './serial-transport.ts';
import { openTcp } from './tcp-transport.ts';
import type { OpenTransport } from './transport.ts';

/**
 * How to open the port that a line's configuration names. `baudRate` counts for serial devices only.
 * @throws AppError `port.malformed`, `port.imei-unsupported`
 */
export function openerOf(address: string, baudRate: number): OpenTransport {
  const port = parsePortAddress(address);
  switch (port.kind) {
    case 'serial':
      return () => openSerial(port.path, baudRate);
    case 'tcp':
      return () => openTcp(port.host, port.port);
    case 'imei':
      throw new AppError('port.imei-unsupported', 'a line cannot be given by IMEI yet', {
        hint: 'Give the path under /dev/serial/by-id instead.',
        exit: exitCode.usage,
      });
  }
}
