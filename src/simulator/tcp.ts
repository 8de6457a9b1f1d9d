import { createServer, type Server, type Socket } from 'node:net';
import { fault, systemCodeOf } from '../base/errors.ts';
import type { SimulatedModem } from './modem.ts';
import type { HostSide } from './port.ts';
import type { PortRole } from './settings.ts';

interface TcpOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Which of the modem's ports is served; `at` by default. */
  readonly role?: PortRole;
}

export interface TcpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** In the words of ser2net. */
const inUse = 'Port already in use\r\n';
/** As long as a host may take to notice that its own earlier connection is gone. */
const waitMs = 2_000;

/** Octets that a serial server's buffer holds when the host does not read; what comes beyond is lost. */
const mostUnread = 1 << 20;

/**
 * Serves one of a modem's ports as a serial server does: one host at a time. A second one waits a moment, for a first that
 * is just going, and is then told and refused, as further ones are at once. While the modem has no port, connections are
 * refused.
 * @throws AppError `simulator.tcp.listen`
 */
export async function serveTcp(modem: SimulatedModem, options: TcpOptions): Promise<TcpServer> {
  const role = options.role ?? 'at';
  const sockets: Socket[] = [];
  const typedWaiting: Buffer[] = [];
  let host: HostSide | null = null;
  let server: Server | null = await listen(options.host, options.port, accept);
  const port = portOf(server);
  let closed = false;

  function accept(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    if (sockets.length >= 2) {
      socket.end(inUse);
      return;
    }
    sockets.push(socket);
    socket.on('close', () => leave(socket));
    if (sockets[0] === socket) host = connect(socket, modem, role);
    // Read while it waits, because only a reader notices that a waiting host has gone.
    else {
      socket.on('data', (bytes) => typedWaiting.push(bytes));
      const late = setTimeout(() => {
        if (sockets[0] !== socket) socket.end(inUse);
      }, waitMs);
      socket.on('close', () => clearTimeout(late));
    }
  }

  function leave(socket: Socket): void {
    const wasFirst = sockets[0] === socket;
    sockets.splice(sockets.indexOf(socket), 1);
    const typed = typedWaiting.splice(0);
    if (!wasFirst) return;
    host?.close();
    const [next] = sockets;
    next?.removeAllListeners('data');
    host = next ? connect(next, modem, role) : null;
    for (const bytes of typed) host?.write(bytes);
  }

  async function startListening(): Promise<void> {
    if (!server && !closed) server = await listen(options.host, port, accept);
  }

  function stopListening(): Promise<void> {
    const old = server;
    server = null;
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => (old ? old.close(() => resolve()) : resolve()));
  }

  // One change after the other: the port must be free before it is bound again.
  let change: Promise<void> = Promise.resolve();
  modem.onUsbChange(({ state }) => {
    change = change.then(state === 'present' ? startListening : stopListening);
  });

  return {
    port,
    close() {
      closed = true;
      return change.then(stopListening);
    },
  };
}

/** Joins a socket and a port; null if the port cannot be opened. */
function connect(socket: Socket, modem: SimulatedModem, role: PortRole): HostSide | null {
  let side: HostSide;
  try {
    side = modem.attach(role);
  } catch {
    socket.destroy();
    return null;
  }
  side.onBytes((bytes) => {
    if (socket.writableLength < mostUnread) socket.write(bytes);
  });
  side.onDrain(() => socket.resume());
  side.onHangup(() => socket.destroy());
  socket.on('data', (bytes) => {
    if (!side.write(bytes)) socket.pause();
  });
  return side;
}

function listen(host: string, port: number, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept);
    server.once('error', (cause) =>
      reject(fault('simulator.tcp.listen', { host, port, system: systemCodeOf(cause) }, { cause })),
    );
    server.listen({ host, port }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
