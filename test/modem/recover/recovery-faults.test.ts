import { describe, expect, it } from 'vitest';
import { fault } from '../../../src/base/errors.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

async function readyBench(...args: Parameters<typeof startBench>): Promise<LineBench> {
  const bench = startBench(...args);
  await bench.until('ready');
  await bench.clock.advance(1_000);
  bench.modem.clearSent();
  bench.states.length = 0;
  return bench;
}

describe('a line goes on after', () => {
  it('E12 late-device: a line waits without limit for a port that is not there yet', async () => {
    const bench = startBench({}, {}, (modem) => modem.unplug('ENOENT'));
    await bench.clock.advance(86_400_000);
    expect(bench.line.report()).toMatchObject({ state: 'absent', reason: 'port.ENOENT' });
    expect(bench.modem.opens).toBeLessThan(3_000);
    bench.modem.replug();
    await bench.until('ready');
    expect(bench.events.filter((event) => event.code === 'line.absent')).toHaveLength(1);
  });

  it.each(['EACCES', 'EBUSY'])(
    'E6: a line goes on after a port that does not open with %s, and says why',
    async (code) => {
      const bench = startBench({}, {}, (modem) => modem.unplug(code));
      await bench.clock.advance(10_000);
      expect(bench.line.report()).toMatchObject({ state: 'absent', reason: `port.${code}` });
    },
  );

  it('a line goes on after a port whose opening hangs', async () => {
    let attempts = 0;
    const bench = startBench(
      {},
      {
        openTransport: () => {
          attempts += 1;
          return new Promise(() => {});
        },
      },
    );
    await bench.clock.advance(60_000);
    expect(attempts).toBeGreaterThan(2);
    expect(bench.line.report()).toMatchObject({ state: 'absent', reason: 'port.open-timeout' });
  });

  it('E1 unplug: a line finds everything that came while its modem was unplugged', async () => {
    const bench = await readyBench();
    bench.modem.unplug();
    bench.modem.store(pduOf(1), { silent: true });
    await bench.clock.advance(60_000);
    expect(bench.line.report()).toMatchObject({ state: 'absent', opens: 1 });
    expect(bench.clock.wallMs() - (bench.line.report().unreadyAt ?? 0)).toBe(60_000);
    bench.modem.forget();
    bench.modem.replug();
    await bench.until('ready');
    await bench.clock.advance(100);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.line.report()).toMatchObject({ opens: 2, unreadyAt: null });
    expect(bench.states.slice(0, 3)).toEqual(['recovering line.closed', 'opening', 'absent port.ENOENT']);
  });

  it('E1 unplug: a line goes on after its modem was unplugged within a command', async () => {
    const bench = await readyBench();
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(
      /^AT\+CMGD=1$/,
      () => {
        bench.modem.unplug();
        bench.modem.replug();
        return 'silence';
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(60_000);
    expect(bench.modem.held.ME?.size).toBe(0);
    expect(bench.line.report().state).toBe('ready');
  });

  it('E4 silent-reboot: a modem that prints boot lines and lost its settings is set up anew', async () => {
    const bench = await readyBench();
    bench.modem.forget();
    bench.modem.say('\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n');
    await bench.clock.advance(5_000);
    expect(bench.modem.sent).toContain('ATE0');
    expect(bench.modem.sent).toContain('AT+CNMI=2,1,0,0,0');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.opens).toBe(1);
  });

  it('E4 silent-reboot: a reboot within a listing voids the lines of that listing', async () => {
    const bench = await readyBench();
    bench.modem.on(
      /^AT\+CMGL=4$/,
      () => {
        bench.modem.forget();
        bench.modem.say(`\r\n+CMGL: 1,0,,23\r\n${pduOf(1)}\r\nRDY\r\n`);
        return 'silence';
      },
      1,
    );
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(10_000);
    expect(bench.accepted).toEqual([]);
    expect(bench.line.report().state).toBe('ready');
  });

  it('E4 silent-reboot: a modem that repeats ^BOOT only has its settings checked', async () => {
    const bench = await readyBench();
    for (let i = 0; i < 8; i += 1) {
      bench.modem.tell('^BOOT:27710117,0,0,0,75');
      await bench.clock.advance(15_000);
    }
    expect(bench.modem.sent).not.toContain('ATE0');
    bench.modem.forget();
    bench.modem.tell('^BOOT:27710117,0,0,0,75');
    await bench.clock.advance(30_000);
    expect(bench.modem.sent).toContain('ATE0');
  });

  it.each([
    ['cmgf', '1', 'CMGF'],
    ['cnmi', '0,0,0,0,0', 'CNMI'],
    ['readMemory', 'SM', 'CPMS'],
  ] as const)('A11 settings-vanish: %s is found within a minute', async (setting, value, name) => {
    const bench = await readyBench({}, { pollIntervalMs: 3_600_000 });
    bench.modem.set(setting, value);
    await bench.clock.advance(61_000);
    expect(bench.events).toContainEqual({
      level: 'warn',
      code: 'line.recovering',
      facts: { reason: 'line.settings-lost', setting: name, waitMs: 0 },
    });
    expect(bench.line.report().state).toBe('ready');
  });

  it('D3 sim-drop: a line says that its SIM is gone, and waits for it', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CPIN\?$/, ['+CPIN: NOT READY', 'OK'], 10);
    bench.modem.tell('+CPIN: NOT READY');
    await bench.clock.advance(5_000);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sim.busy' });
    await bench.until('ready');
    expect(bench.modem.opens).toBe(1);
  });

  it('a line goes on with another SIM, and says so', async () => {
    const bench = await readyBench();
    bench.modem.on(/^AT\+CCID$/, ['+CCID: "8982000000000000025"', 'OK']);
    bench.modem.tell('RDY');
    await bench.clock.advance(5_000);
    expect(bench.events.map((event) => event.code)).toContain('line.sim-changed');
    expect(bench.line.report().iccid).toBe('8982000000000000025');
  });

  it('E2: a line goes on with another modem at the same port, and says so', async () => {
    const bench = await readyBench();
    bench.modem.unplug();
    bench.modem.on(/^AT\+CGSN$/, ['350000000000025', 'OK']);
    await bench.until('absent');
    bench.modem.replug();
    expect(bench.line.report()).toMatchObject({ signal: null, registration: null, operator: null });
    await bench.until('ready');
    expect(bench.events.map((event) => event.code)).toContain('line.modem-changed');
  });

  it.each([
    ['a SIM without a serial number is recognised by its IMSI', null, '450000000000025', true],
    ['a SIM that stops showing its serial number is the same SIM', null, '450000000000017', false],
    [
      'a SIM with the same serial number and another IMSI is the same SIM',
      '8982000000000000017',
      '450000000000025',
      false,
    ],
  ])('%s', async (_what, iccid, imsi, isOther) => {
    const bench = await readyBench();
    bench.modem.on(/ICCID|\+CCID|\+CRSM/, iccid === null ? ['ERROR'] : [`+CCID: "${iccid}"`, 'OK']);
    bench.modem.on(/^AT\+CIMI$/, [imsi, 'OK']);
    for (let i = 0; i < 2; i += 1) {
      bench.modem.tell('RDY');
      await bench.clock.advance(5_000);
    }
    expect(bench.events.filter(({ code }) => code === 'line.sim-changed')).toHaveLength(isOther ? 1 : 0);
  });

  it('E2 renumber, G13 wrong-line: another modem at the port of a line by IMEI is left alone', async () => {
    const bench = startBench({}, { expected: { kind: 'imei', id: '350000000000017' } }, (modem) => {
      modem.on(/^AT\+CGSN$/, ['350000000000025', 'OK'], 12);
    });
    bench.modem.store(pduOf(1), { silent: true });
    await bench.clock.advance(5_000);
    expect(bench.states).toContain('recovering line.other-modem');
    expect(bench.modem.sent.filter((text) => /CMG|CPMS|CPIN/.test(text))).toEqual([]);
    await bench.until('ready');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.events.map(({ code }) => code)).not.toContain('line.modem-changed');
  });

  it('a line whose port is gone reports what the search for it has found', async () => {
    const facts = { usb: '12d1:1f01', socket: '1-3' };
    const bench = startBench({}, { openTransport: () => Promise.reject(fault('port.storage-mode', facts)) });
    await bench.clock.advance(60_000);
    expect(bench.events.filter(({ code }) => code === 'line.absent')).toEqual([
      { level: 'warn', code: 'line.absent', facts: { reason: 'port.storage-mode', ...facts } },
    ]);
  });

  it('B12 hang: the port of a modem that answers nothing is opened again and again until the modem recovers', async () => {
    const bench = await readyBench();
    let hangs = true;
    bench.modem.on(/./, () => (hangs ? 'silence' : undefined));
    bench.modem.store(pduOf(1), { silent: true });
    await bench.clock.advance(7_200_000);
    expect(bench.states).toContain('recovering line.lost');
    expect(bench.line.report().state).not.toBe('ready');
    hangs = false;
    await bench.until('ready');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.closes).toBe(bench.modem.opens - 1);
  });

  it('an answer from before the port was opened again answers no later command', async () => {
    const bench = await readyBench();
    bench.modem.on(/./, (command) => {
      if (bench.modem.opens === 1) return 'silence';
      // While the first question of the new opening waits, everything older is answered at once.
      if (command !== 'AT+CPAS') return undefined;
      bench.modem.say('\r\nOK\r\n\r\n350000000000017\r\n\r\nOK\r\n\r\n+CSQ: 9,99\r\n\r\nOK\r\n');
      return { afterMs: 1_000, lines: ['+CPAS: 0', 'OK'] };
    });
    bench.modem.tell('+CMTI: "ME",0');
    await bench.until('recovering');
    await bench.until('ready');
    expect(bench.modem.opens).toBe(2);
    expect(bench.modem.sent).toContain('AT+CPAS');
    expect(bench.line.report().maker).toBe('Acme');
    expect(bench.line.report().iccid).toBe('8982000000000000017');
  });

  it('E5: a line goes on after answers to commands that it never sent', async () => {
    const bench = await readyBench();
    bench.modem.say('\r\nOK\r\n');
    await bench.clock.advance(10_000);
    expect(bench.events).toContainEqual({
      level: 'debug',
      code: 'line.oddity',
      facts: { what: 'stray-final' },
    });
    bench.modem.store(pduOf(1));
    await bench.clock.advance(5_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('a programming error within a line is logged and does not end the line', async () => {
    let broken = true;
    const bench = startBench(
      {},
      {
        released: () => {
          if (broken) throw new TypeError('of this program');
          return false;
        },
      },
    );
    await bench.until('ready');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(1_000);
    expect(bench.states).toContain('recovering line.fault');
    broken = false;
    await bench.until('ready');
    bench.modem.store(pduOf(2));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toContain(pduOf(2));
  });
});

describe('a fault in what somebody does with an event', () => {
  it('G11: an error in the handler of an event ends the session and not the program', async () => {
    let broken = true;
    const bench = startBench(
      {},
      {
        onEvent: (event) => {
          if (broken && event.code === 'line.unasked') throw new TypeError('of somebody else');
        },
      },
    );
    await bench.until('ready');
    bench.modem.tell('^HWNAT:06');
    await bench.clock.advance(100);
    broken = false;
    expect(bench.states).toContain('recovering line.fault');
    await bench.until('ready');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });
});

describe('stopping', () => {
  it.each([
    ['while the port is absent', (bench: LineBench) => bench.modem.unplug('ENOENT')],
    ['while a command hangs', (bench: LineBench) => bench.modem.on(/./, 'silence')],
  ])("G10 won't-stop: a line stops within 5 s %s", async (_name, prepare) => {
    const bench = await readyBench();
    prepare(bench);
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(3_000);
    let isStopped = false;
    const stopped = bench.line.stop().then(() => {
      isStopped = true;
    });
    await bench.clock.advance(5_000);
    expect(isStopped).toBe(true);
    await stopped;
    const { opens } = bench.modem;
    const written = bench.modem.sent.length;
    await bench.clock.advance(600_000);
    expect(bench.modem.opens).toBe(opens);
    expect(bench.modem.sent).toHaveLength(written);
  });

  it.each([
    ['the register never answers', { accept: () => new Promise<undefined>(() => {}) }],
    ['the port does not open', { openTransport: () => new Promise<never>(() => {}) }],
  ])("G10 won't-stop: a line stops within 5 s although %s", async (_name, options) => {
    const bench = startBench({}, options, (modem) => modem.store(pduOf(1), { silent: true }));
    await bench.clock.advance(5_000);
    let isStopped = false;
    bench.line.stop().then(() => {
      isStopped = true;
    });
    await bench.clock.advance(5_000);
    expect(isStopped).toBe(true);
    expect(bench.line.report().state).toBe('stopped');
    expect(bench.modem.sent.some((text) => text.startsWith('AT+CMGD'))).toBe(false);
  });

  it("G10 won't-stop: a line stops within 5 s although the port's closing hangs", async () => {
    const bench = startBench();
    const { open } = bench.modem;
    const hanging = startBench(
      {},
      {
        openTransport: async () => ({ ...(await open()), close: () => new Promise<void>(() => {}) }),
      },
    );
    await hanging.clock.advance(3_000);
    let isStopped = false;
    hanging.line.stop().then(() => {
      isStopped = true;
    });
    await hanging.clock.advance(5_000);
    expect(isStopped).toBe(true);
  });
});
