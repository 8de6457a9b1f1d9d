import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a peer at the port of a line does once it begins; until then it is a modem without texts. */
export type Hostility =
  /** Goes on as before. */
  | 'quiet'
  /** Notifications without end. */
  | 'notifications'
  /** Octets without end, and no line end. */
  | 'octets'
  /** Answers a listing with 9,900 texts of 8 kB that cannot be decoded. */
  | 'long-listing'
  /** The same with texts as long as real ones. */
  | 'listing';

interface HostilePeer {
  /** Of TCP, at 127.0.0.1. */
  readonly port: number;
  /** Octets that the system has taken from it. */
  readonly writtenOctets: number;
  readonly connections: number;
  begin(): void;
  close(): Promise<void>;
}

const notices = Buffer.from(
  Array.from({ length: 4_000 }, (_, i) => `\r\n+CMTI: "SM",${i % 500}\r\n`).join(''),
);
const noise = Buffer.alloc(65_536, 'F');
const answers: Readonly<Record<string, string>> = {
  'AT+CPIN?': '+CPIN: READY',
  'AT+CGSN': '350123451234560',
  'AT+CIMI': '450081234567890',
  'AT+CMGF?': '+CMGF: 0',
  'AT+CNMI?': '+CNMI: 2,1,0,0,0',
  'AT+CREG?': '+CREG: 0,1',
};
const listedTexts = 9_900;
const textOctets: Partial<Record<Hostility, number>> = { 'long-listing': 8_000, listing: 350 };

/** `onListed`: called when a host has listed the memory, so that its line is set up. */
export async function startHostilePeer(
  hostility: Hostility,
  onListed: () => void = () => {},
): Promise<HostilePeer> {
  const sockets = new Set<Socket>();
  let hasBegun = false;
  let closedOctets = 0;
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    connections += 1;
    let typed = '';
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      closedOctets += takenOf(socket);
    });
    socket.on('data', (octets) => {
      const commands = (typed + octets.toString('latin1')).split('\r');
      typed = commands.pop() ?? '';
      for (const command of commands) answer(socket, command.replace(/[^\x20-\x7e]/g, ''));
    });
    if (hasBegun) flood(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function flood(socket: Socket): void {
    if (hostility === 'notifications') writeAll(socket, () => notices);
    else if (hostility === 'octets') writeAll(socket, () => noise);
    else if (textOctets[hostility] !== undefined) socket.write('\r\n+CMTI: "SM",1\r\n');
  }

  function answer(socket: Socket, command: string): void {
    const length = hasBegun ? textOctets[hostility] : undefined;
    if (command.startsWith('AT+CMGL')) {
      if (length !== undefined) writeAll(socket, (round) => listed(round, length));
      else socket.write('\r\nOK\r\n', onListed);
    } else if (command.startsWith('AT+CPMS')) {
      const used = length === undefined ? 0 : listedTexts;
      const name = command === 'AT+CPMS?' ? '"SM",' : '';
      const one = `${name}${used},${listedTexts}`;
      socket.write(`\r\n+CPMS: ${one},${one},${one}\r\n\r\nOK\r\n`);
    } else socket.write(`${answers[command] === undefined ? '' : `\r\n${answers[command]}\r\n`}\r\nOK\r\n`);
  }

  return {
    port: (server.address() as AddressInfo).port,
    get writtenOctets() {
      return [...sockets].reduce((sum, socket) => sum + takenOf(socket), closedOctets);
    },
    get connections() {
      return connections;
    },
    begin() {
      hasBegun = true;
      for (const socket of sockets) flood(socket);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function takenOf(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}

/** Writes as fast as the other side takes it. */
function writeAll(socket: Socket, chunkOf: (round: number) => string | Buffer | null): void {
  let round = 0;
  const pump = (): void => {
    for (;;) {
      const chunk = socket.destroyed ? null : chunkOf(round);
      if (chunk === null) return;
      round += 1;
      if (socket.write(chunk)) continue;
      socket.once('drain', pump);
      return;
    }
  };
  pump();
}

/** The piece of a listing with this number; null after its end. */
function listed(round: number, length: number): string | null {
  if (round > listedTexts) return null;
  if (round === listedTexts) return '\r\nOK\r\n';
  // No service centre, and a TPDU of no known type.
  const pdu = `00${'F'.repeat(length - 6)}${String(round).padStart(4, '0')}`;
  return `\r\n+CMGL: ${round},1,,${length / 2 - 1}\r\n${pdu}\r\n`;
}
