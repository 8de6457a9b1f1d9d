import { isCarrierPort, parseLinkAddress } from '../../base/carrier-port.ts';
import { fault } from '../../base/errors.ts';
import type { LineConfig } from '../../config/config.ts';
import { type ModemFinder, openerOf } from '../../modem/port/open-port.ts';
import type { OpenTransport } from '../../modem/port/transport.ts';

/**
 * How to open what a line's port names. Only a line of a carrier loads what opens its link.
 * @throws AppError `port.malformed`
 */
export function lineOpener(
  { port, baudRate, caFile }: Pick<LineConfig, 'port' | 'baudRate' | 'caFile'>,
  modems: ModemFinder,
): OpenTransport {
  if (!isCarrierPort(port)) return openerOf(port, baudRate, modems);
  const address = parseLinkAddress(port);
  if (address === null) throw fault('port.malformed', { port });
  return async () => {
    const { linkOpener } = await import('../../smpp/open-link.ts');
    return await linkOpener(address, caFile)();
  };
}
