import { connect, type Socket } from 'node:net';
import { fault } from '../../base/errors.ts';
import type { Transport } from './transport.ts';

const keepAliveMs = 30_000;

/** One buffer for all that a port ever reads: the collector would stop every line for those of one that floods. */
const bufferOctets = 16_384;

/** Opens a modem behind a serial server. Rejects with the system's error while it is not there. */
export function openTcp(host: string, port: number): Promise<Transport> {
  return new Promise((resolve, reject) => {
    let receive = (_octets: Uint8Array): void => {};
    const socket = connect({
      host,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: keepAliveMs,
      onread: {
        buffer: Buffer.alloc(bufferOctets),
        callback(length, buffer) {
          receive(buffer.subarray(0, length));
          return true;
        },
      },
    });
    // Until there is somebody to receive it.
    socket.pause();
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      const setReceiver = (to: typeof receive): void => {
        receive = to;
        socket.resume();
      };
      resolve(transportOver(socket, setReceiver));
    });
  });
}

function transportOver(
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
