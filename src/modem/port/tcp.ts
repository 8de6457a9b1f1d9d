import { connect } from 'node:net';
import { socketTransport } from './socket-transport.ts';
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
      resolve(socketTransport(socket, setReceiver));
    });
  });
}
