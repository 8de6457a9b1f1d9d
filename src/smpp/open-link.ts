import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { LinkAddress } from '../base/carrier-port.ts';
import { fault, systemCodeOf } from '../base/errors.ts';
import { socketTransport } from '../modem/port/socket-transport.ts';
import { openTcp } from '../modem/port/tcp.ts';
import type { OpenTransport, Transport } from '../modem/port/transport.ts';

/** `caFile`: the certificates of the authorities that are believed; null: those of Node.js. */
export function linkOpener(address: LinkAddress, caFile: string | null): OpenTransport {
  const { host, port, isSecure } = address;
  return () => (isSecure ? openTls(host, port, caFile) : openTcp(host, port));
}

/** Errors: those of the system while nothing listens; `smpp.ca-unreadable`; `smpp.tls` if the peer is not believed. */
async function openTls(host: string, port: number, caFile: string | null): Promise<Transport> {
  const ca = caFile === null ? undefined : readAuthorities(caFile);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(ca === undefined ? {} : { ca }),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      minVersion: 'TLSv1.2',
    });
    const refuse = (error: Error) => reject(tlsFault(error));
    socket.setNoDelay(true);
    socket.once('error', refuse);
    socket.once('secureConnect', () => {
      socket.off('error', refuse);
      // Until there is somebody to receive it.
      socket.pause();
      const setReceiver = (receive: (octets: Uint8Array) => void): void => {
        socket.on('data', receive);
        socket.resume();
      };
      resolve(socketTransport(socket, setReceiver));
    });
  });
}

function readAuthorities(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw fault('smpp.ca-unreadable', { file, system: systemCodeOf(cause) }, { cause });
  }
}

/** What the system says of the connection passes; what TLS says is one fault with its code. */
function tlsFault(error: Error): Error {
  const code = systemCodeOf(error) ?? 'unknown';
  return /^E[A-Z]+$/.test(code) ? error : fault('smpp.tls', { problem: code }, { cause: error });
}
