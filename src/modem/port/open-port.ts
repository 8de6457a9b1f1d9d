import { type AppError, fault, systemCodeOf } from '../../base/errors.ts';
import { type ModemId, parseModemId } from '../modem-id.ts';
import { openSerial } from './serial.ts';
import { openTcp } from './tcp.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** Where a line's modem is. */
type PortAddress =
  | { readonly kind: 'serial'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | ModemId;

/** Finds a modem by its IMEI, or by the SIM in it, among the ports of the machine. One for all lines of a gateway. */
export interface ModemFinder {
  /**
   * Opens the port of the modem with this IMEI or SIM.
   * @throws AppError `port.imei-not-found`, `port.sim-not-found`, `port.imei-shared`, `port.storage-mode`; what opening the
   * port throws
   */
  open(wanted: ModemId, baudRate: number): Promise<Transport>;
  /** The error of a modem that shows itself as a CD-ROM; null if none does. */
  storageMode(): AppError | null;
}

/**
 * Reads the `port` of a line: a device path (`/dev/ttyUSB2`, `/dev/serial/by-id/…`), `tcp://host:port`
 * (`tcp://[::1]:port`), or `imei:` and 15 digits, `iccid:` or `imsi:` and the number of the SIM.
 * @throws AppError `port.malformed`
 */
export function parsePortAddress(text: string): PortAddress {
  if (text.startsWith('/') && text.length > 1) return { kind: 'serial', path: text };
  const modem = parseModemId(text);
  if (modem) return modem;
  const tcp = /^tcp:\/\/(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text);
  const host = tcp?.[1] ?? tcp?.[2];
  const port = Number(tcp?.[3]);
  if (host && port >= 1 && port <= 65_535) return { kind: 'tcp', host, port };
  throw fault('port.malformed', { port: text });
}

/**
 * How to open the port that a line's configuration names. `baudRate` is for serial devices only; `modems` is the finder
 * that all lines of the gateway share.
 * @throws AppError `port.malformed`
 */
export function openerOf(address: string, baudRate: number, modems: ModemFinder): OpenTransport {
  const port = parsePortAddress(address);
  switch (port.kind) {
    case 'serial':
      return (rate = baudRate) => openPath(port.path, rate, modems);
    case 'tcp':
      return () => openTcp(port.host, port.port);
    default:
      return () => modems.open(port, baudRate);
  }
}

/** A missing port is most likely that of a modem that shows itself as a disk, if there is one (fault E3). */
async function openPath(path: string, baudRate: number, modems: ModemFinder): Promise<Transport> {
  try {
    return await openSerial(path, baudRate);
  } catch (error) {
    throw (systemCodeOf(error) === 'ENOENT' ? modems.storageMode() : null) ?? error;
  }
}
