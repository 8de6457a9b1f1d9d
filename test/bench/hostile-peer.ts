import { createServer, type Socket } from 'node:net';

/** What a hostile peer at the port of a line does. */
export type Hostility = 'silent' | 'notifications' | 'rubbish';

const notices = Buffer.from(
  Array.from({ length: 4_000 }, (_, i) => `\r\n+CMTI: "SM",${i % 500}\r\n`).join(''),
);
const answers: Readonly<Record<string, string>> = {
  'AT+CPIN?': '+CPIN: READY',
  'AT+CGSN': '350123451234560',
  'AT+CIMI': '450081234567890',
  'AT+CMGF?': '+CMGF: 0',
  'AT+CNMI?': '+CNMI: 2,1,0,0,0',
  'AT+CPMS?': '+CPMS: "SM",9900,9900,"SM",9900,9900,"SM",9900,9900',
  'AT+CREG?': '+CREG: 0,1',
};
const rubbishTexts = 9_900;
const rubbish = 'F'.repeat(8_000);

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

function answer(socket: Socket, command: string): void {
  if (command.startsWith('AT+CMGL'))
    writeAll(socket, (round) => {
      if (round > rubbishTexts) return null;
      return round === rubbishTexts ? '\r\nOK\r\n' : `\r\n+CMGL: ${round},1,,3999\r\n${rubbish}${round}\r\n`;
    });
  else if (command.startsWith('AT+CPMS='))
    socket.write('\r\n+CPMS: 9900,9900,9900,9900,9900,9900\r\n\r\nOK\r\n');
  else socket.write(`${answers[command] === undefined ? '' : `\r\n${answers[command]}\r\n`}\r\nOK\r\n`);
}

/** A process of its own, `node hostile-peer.js HOSTILITY`: it tells its port and serves until it is killed. */
function serve(hostility: Hostility): void {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    if (hostility === 'notifications') writeAll(socket, () => notices);
    let typed = '';
    socket.on('data', (octets) => {
      if (hostility !== 'rubbish') return;
      typed += octets.toString('latin1');
      const commands = typed.split('\r');
      typed = commands.pop() ?? '';
      for (const command of commands) answer(socket, command.replace(/[^\x20-\x7e]/g, ''));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
  });
  process.once('disconnect', () => process.exit(0));
}

serve((process.argv[2] ?? 'silent') as Hostility);
