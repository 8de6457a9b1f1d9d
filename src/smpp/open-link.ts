import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { LinkAddress } from '../base/carrier-port.ts';
import { fault, systemCodeOf } from '../base/errors.ts';
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
      resolve(transportOver(socket));
    });
  });
}

function transportOver(socket: ReturnType<typeof connect>): Transport {
  let failure: Error | null = null;
  let isClosing = false;
  socket.pause();
  socket.on('error', (error) => {
    failure = error;
  });
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (isClosing) reject(fault('port.closed'));
        else socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    onBytes(receive) {
      socket.on('data', (octets: Buffer) => {
        if (!isClosing) receive(octets);
      });
      socket.resume();
    },
    hold(isHeld) {
      if (isHeld) socket.pause();
      else socket.resume();
    },
    onClose(ended) {
      socket.once('end', () => socket.destroy());
      socket.once('close', () => {
        if (!isClosing) ended(failure);
      });
    },
    close() {
      isClosing = true;
      return new Promise((resolve) => {
        if (socket.destroyed) {
          resolve();
          return;
        }
        socket.once('close', () => resolve());
        socket.destroy();
      });
    },
  };
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
