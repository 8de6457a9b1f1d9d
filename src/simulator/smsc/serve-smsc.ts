import { createServer, type Socket } from 'node:net';
import { fault, systemCodeOf } from '../../base/errors.ts';
import type { Smsc } from './smsc.ts';

export interface SmscServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a centre on a TCP port of this machine; port 0: any free one.
 * @throws AppError `simulator.tcp.listen`
 */
export function serveSmsc(smsc: Smsc, { host, port }: { host: string; port: number }): Promise<SmscServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const side = smsc.connect();
    side.onBytes((octets) => socket.write(octets));
    side.onHangup(() => socket.end());
    socket.on('data', (octets) => {
      try {
        side.write(octets);
      } catch {
        // No gateway sends such a length.
        socket.destroy();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      side.close();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(fault('simulator.tcp.listen', { host, port, system: systemCodeOf(cause) }, { cause })),
    );
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
