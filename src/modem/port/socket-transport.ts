import type { Socket } from 'node:net';
import { fault } from '../../base/errors.ts';
import type { Transport } from './transport.ts';

/**
 * A connected socket as a port, with TLS or without. It is paused until `setReceiver` is given who takes its octets.
 */
export function socketTransport(
  socket: Socket,
  setReceiver: (receive: (octets: Uint8Array) => void) => void,
): Transport {
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
      setReceiver((octets) => {
        if (!closing) receive(octets);
      });
    },
    hold(isHeld) {
      if (isHeld) socket.pause();
      else socket.resume();
    },
    onClose(ended) {
      // Half a connection is of no use: nothing could be answered.
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
