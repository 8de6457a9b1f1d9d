import { connect, type Socket } from 'node:net';
import { fault } from '../../base/errors.ts';
import type { Transport } from './transport.ts';

const keepAliveMs = 30_000;

/** Opens a modem behind a serial server. Rejects with the system's error while it is not there. */
export function openTcp(host: string, port: number): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: keepAliveMs,
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(transportOver(socket));
    });
  });
}

function transportOver(socket: Socket): Transport {
  let failure: Error | null = null;
  let closing = false;
  socket.on('error', (error) => {
    failure = error;
  });
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (closing) {
          reject(fault('port.closed'));
          return;
        }
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    onBytes(receive) {
      socket.on('data', (bytes) => {
        if (!closing) receive(bytes);
      });
    },
    onClose(ended) {
      // Half a connection is of no use to a modem.
      socket.once('end', () => socket.destroy());
      socket.once('close', () => {
        if (!closing) ended(failure);
      });
    },
    close() {
      closing = true;
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
