import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { openTcp } from '../../../src/modem/port/tcp.ts';
import { askModem, type ModemAnswers } from '../../../src/modem/talk/ask-modem.ts';
import { createModem, type ModemOptions, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { plugModems } from '../../support/plugged-modems.ts';

const imei = '860000000000017';
let modem: SimulatedModem | null = null;
afterEach(() => modem?.dispose());

async function ask(
  options: Partial<ModemOptions>,
  prepare: (modem: SimulatedModem) => void = () => {},
): Promise<{ answers: ModemAnswers | null; commands: string[]; open: number }> {
  const clock = new FakeClock();
  modem = createModem({ family: 'ec25', clock, ...options });
  prepare(modem);
  const commands: string[] = [];
  let typed = '';
  modem.watch({
    octets(way, text) {
      if (way === 'in') typed += text;
    },
  });
  const plugged = plugModems();
  plugged.put('ttyUSB2', modem);
  const asking = askModem(await plugged.openPort('/dev/ttyUSB2'), clock);
  await clock.advance(120_000);
  const { answers } = await asking;
  commands.push(...typed.split('\r').map((line) => line.replace('\u001b', '')));
  return { answers, commands, open: plugged.open };
}

describe('asking a modem how it is', () => {
  it.each([
    ['huawei', 'huawei'],
    ['sim800', 'SIMCOM_Ltd'],
    ['sim7600', 'SIMCOM INCORPORATED'],
    ['ec25', 'Quectel'],
    ['zte', 'ZTE'],
  ] as const)(
    'a modem %s reports its identity and the state of its SIM and network',
    async (family, maker) => {
      const { answers, open } = await ask({ family });
      expect(answers).toMatchObject({
        maker: expect.stringContaining(maker),
        imei: expect.stringMatching(/^\d{15}$/),
        sim: 'ready',
        registration: 'home',
        signal: expect.any(Number),
      });
      expect(answers?.rooms.length).toBeGreaterThan(0);
      expect(open).toBe(0);
    },
  );

  it('an examination sends no PIN, reads no text and sets nothing but the echo', async () => {
    const { answers, commands } = await ask({ pin: '1234' });
    expect(answers).toMatchObject({ sim: 'pin', pinTriesLeft: 3 });
    const settings = commands.filter((command) => /=(?!\?)/.test(command) || /CMG|CNMI/.test(command));
    expect(settings).toEqual([]);
    expect(modem?.sim.pinTries).toBe(3);
  });

  it('an examination learns how few tries are left', async () => {
    const { answers } = await ask({ faults: ['pin-burn:left=1'] });
    expect(answers).toMatchObject({ sim: 'pin', pinTriesLeft: 1 });
  });

  it('an examination notices a missing SIM', async () => {
    const { answers } = await ask({}, ({ sim }) => {
      sim.present = false;
    });
    expect(answers?.sim).toBe('absent');
  });

  it.each(['dead-port', 'dead-port:nmea'])(
    'an examination gives up on a port that never answers: %s',
    async (fault) => {
      expect(await ask({ faults: [fault] })).toMatchObject({ answers: null, open: 0 });
    },
  );

  it.each(['chopped-reads', 'urc-mid-reply', 'boot-urcs', 'line-ends', 'unknown-urc'])(
    'an examination reads every answer in spite of %s',
    async (fault) => {
      const { answers } = await ask({ imei, faults: [fault] });
      expect(answers).toMatchObject({
        imei,
        sim: 'ready',
        registration: 'home',
        operator: expect.any(String),
      });
    },
  );

  it('an examination never mistakes an answer to another program for the IMEI', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { answers } = await ask({ imei, seed, faults: ['port-shared:3'] });
      expect([null, imei]).toContain(answers?.imei ?? null);
      modem?.dispose();
    }
  });
});

describe('asking what is no modem', () => {
  async function askServer(serve: (socket: Socket) => void) {
    const server = createServer((socket) => serve(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      return await askModem(await openTcp('127.0.0.1', port), systemClock);
    } finally {
      server.close();
    }
  }

  it.each<[string, (socket: Socket) => void, string, string | null]>([
    [
      'a login by SSH',
      (socket) => socket.end('SSH-2.0-OpenSSH_9.2p1\r\n'),
      'port.not-modem',
      'SSH-*.*-OpenSSH_*.*p*',
    ],
    [
      'a web server',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
      'port.not-modem',
      'HTTP/*.* *** Bad Request',
    ],
    [
      'a serial server that is in use',
      (socket) => socket.end('Port already in use\r\n'),
      'port.not-modem',
      'Port already in use',
    ],
    ['a server that closes at once', (socket) => socket.destroy(), 'port.closes', null],
  ])('%s is told as what it is', async (_, serve, reason, heard) => {
    expect(await askServer(serve)).toEqual({ answers: null, wrong: { reason, heard } });
  });

  it('a modem that closes after it has answered is no wrong port', async () => {
    const answers = (socket: Socket) => {
      socket.on('data', (octets) => {
        const typed = String(octets);
        socket.write(typed.includes('CGMI') ? '\r\nQuectel\r\n' : '\r\nOK\r\n');
        if (typed.includes('CGMI')) socket.end();
      });
    };
    expect(await askServer(answers)).toEqual({ answers: null, wrong: null });
  });
});
