import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a TCP port of this machine that can be cut. */
export interface CuttableLink {
  /** Of TCP, at 127.0.0.1. */
  readonly port: number;
  /** Ends what is open, and takes what comes without passing on or answering anything, as a dead network does. */
  cut(): void;
  /** Ends what hangs, and lets pass what comes from now on. */
  join(): void;
  close(): void;
}

export async function openLink(toPort: number): Promise<CuttableLink> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) return;
    const far = connect(toPort, '127.0.0.1');
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      endAll();
    },
    join() {
      isCut = false;
      endAll();
    },
    close() {
      endAll();
      server.close();
    },
  };
}
