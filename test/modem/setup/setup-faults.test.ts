import { describe, expect, it } from 'vitest';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

describe('set-up survives', () => {
  it('A1 boot-urcs: a modem is set up despite boot lines within its first answers', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CGMI$/, ['+CPIN: READY', 'Acme', 'Call Ready', 'OK']);
    bench.modem.on(/^AT\+CGMM$/, ['SMS Ready', '+QIND: PB DONE', 'A1', 'OK']);
    await bench.until('ready');
    expect(bench.line.report()).toMatchObject({ maker: 'Acme', model: 'A1' });
    expect(bench.states).toEqual(['opening', 'waking', 'setting-up', 'ready']);
  });

  it('A1 boot-urcs: a set-up begins anew if the modem reboots within it', async () => {
    const bench = startBench();
    bench.modem.on(
      /^AT\+CMGF\?$/,
      () => {
        bench.modem.forget();
        bench.modem.say('\r\nRDY\r\n\r\n+CFUN: 1\r\n');
        return 'silence';
      },
      1,
    );
    await bench.until('ready');
    expect(bench.states).toContain('recovering line.rebooted');
    expect(bench.modem.opens).toBe(1);
    expect(bench.modem.sent.filter((text) => text === 'ATE0')).toHaveLength(2);
  });

  it('A2 sms-not-ready: a line waits while its modem refuses for a minute, and says so', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CMGF/, ['ERROR'], 6);
    bench.modem.on(/^AT\+CPMS\?$/, ['+CMS ERROR: 314'], 8);
    await bench.until('waiting-for-sim');
    expect(bench.line.report().reason).toBe('sms.not-ready');
    await bench.until('ready');
    expect(bench.modem.opens).toBe(1);
  });

  it('A3 leftover-input: half a command of another program is not carried out', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CMGD=1ATQ0V1E0$/, ['ERROR'], 1);
    bench.modem.on(/^ATQ0V1E0$/, () =>
      bench.modem.sent.length === 1 ? ['+CPMS: "ME", 0, 50', 'OK'] : undefined,
    );
    await bench.until('ready');
    expect(bench.line.report().state).toBe('ready');
  });

  it('A4 first-at-lost: a modem that sleeps is set up', async () => {
    const bench = startBench();
    bench.modem.on(/^ATQ0V1E0$/, 'silence', 1);
    await bench.until('ready');
    expect(bench.states).not.toContain('recovering line.lost');
  });

  it('A4 first-at-lost: a line finds the rate of a serial port that differs from the configured one, and names it', async () => {
    let rate = 0;
    let tooLate = false;
    const bench = startBench(
      {},
      {
        baudRates: { configured: 115_200, usual: [115_200, 9_600, 19_200] },
        openTransport: (asked = 115_200) => {
          rate = asked;
          return bench.modem.open(asked);
        },
      },
    );
    bench.modem.on(/./, () => (rate === 19_200 && !tooLate ? undefined : 'silence'));
    await bench.until('ready');
    expect(bench.events).toContainEqual({ level: 'warn', code: 'line.baud-rate', facts: { works: 19_200 } });
    // It was the right rate once: a modem that hangs later is not searched for at others.
    tooLate = true;
    await bench.clock.advance(600_000);
    expect(rate).toBe(19_200);
    tooLate = false;
    await bench.until('ready');
    expect(bench.events.filter((event) => event.code === 'line.baud-rate')).toHaveLength(1);
  });

  it('A4 first-at-lost: a line finds the rate of a serial port although its modem refuses every question at first', async () => {
    let rate = 0;
    const rates: number[] = [];
    const bench = startBench(
      {},
      {
        baudRates: { configured: 115_200, usual: [115_200, 9_600, 19_200] },
        openTransport: (asked = 115_200) => {
          rate = asked;
          rates.push(asked);
          return bench.modem.open(asked);
        },
      },
    );
    bench.modem.on(/./, (command) => {
      if (rate !== 9_600) return 'silence';
      if (command === 'ATQ0V1E0') return ['OK'];
      return bench.clock.monotonicMs() < 60_000 ? ['ERROR'] : undefined;
    });
    await bench.until('ready');
    // Once it was refused, no other rate was tried.
    expect(rates.slice(rates.indexOf(9_600)).every((each) => each === 9_600)).toBe(true);
    expect(bench.events).toContainEqual({ level: 'warn', code: 'line.baud-rate', facts: { works: 9_600 } });
  });

  it('A5 nul-and-garbage: a modem is set up despite remains of a boot log before the first answer', async () => {
    const bench = startBench();
    bench.modem.on(/^ATQ0V1E0$/, () => {
      bench.modem.say('\x00\x00\xff\xfe~}#\xc0!}!}!}\r\nPPP boot \x80\r\n');
      return ['OK'];
    });
    await bench.until('ready');
    expect(bench.line.report().imei).toBe('350000000000017');
  });

  it.each([
    ['without OK', ['+CPIN: READY']],
    ['without a blank', ['+CPIN:READY', 'OK']],
    ['in quotes', ['+CPIN: "READY"', 'OK']],
    ['as OK alone', ['OK']],
    ['as PIN2', ['+CPIN: SIM PIN2', 'OK']],
    ['as PUK2', ['+CPIN: SIM PUK2', 'OK']],
  ])('A8 cpin-dialects: a SIM is ready if that is reported %s', async (_name, lines) => {
    const bench = startBench();
    bench.modem.on(/^AT\+CPIN\?$/, lines);
    await bench.until('ready');
    expect(bench.states.some((state) => state.startsWith('waiting') || state.startsWith('pin'))).toBe(false);
  });

  it('A8 cpin-dialects: a line waits if the SIM is NOT READY', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CPIN\?$/, ['+CPIN: NOT READY', 'OK'], 3);
    await bench.until('ready');
    expect(bench.states).toContain('waiting-for-sim sim.busy');
  });

  it.each([['+CME ERROR: 14'], ['+CMS ERROR: 314'], ['+CME ERROR: SIM busy'], ['+CME ERROR: 515']])(
    'D2 sim-busy: a line that gets %s for half a minute waits without a reset',
    async (line) => {
      const bench = startBench();
      bench.modem.on(/^AT\+CPIN\?$/, [line], 8);
      await bench.until('waiting-for-sim');
      await bench.until('ready');
      expect(bench.modem.opens).toBe(1);
    },
  );

  it('a line waits without limit for a missing SIM, and says so', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+(?:CPIN\?|CIMI)$/, ['+CME ERROR: 10'], 1_800);
    await bench.clock.advance(3_600_000);
    expect(bench.line.report()).toMatchObject({ state: 'waiting-for-sim', reason: 'sim.absent' });
    await bench.clock.advance(7_200_000);
    expect(bench.line.report().state).toBe('ready');
  });

  it('A12 cold-cfun0: a modem that starts without radio is set up', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CFUN\?$/, ['+CFUN: 4', 'OK'], 1);
    await bench.until('ready');
    expect(bench.modem.sent).toContain('AT+CFUN=1');
  });

  it('the radio of a modem that answers AT+CFUN? like a test is left alone', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CFUN\?$/, ['+CFUN: (0-1,4-7),(0-1)', 'OK']);
    await bench.until('ready');
    expect(bench.modem.sent.some((text) => text.startsWith('AT+CFUN='))).toBe(false);
  });

  it('B5 no-final: a setting that is answered without OK is read back', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CPMS\?$/, ['+CPMS: "ME",0,23,"ME",0,23,"ME",0,23'], 1);
    await bench.until('ready');
    expect(bench.events).toContainEqual({ level: 'debug', code: 'line.oddity', facts: { what: 'no-final' } });
  });

  it('B13 prompt-stuck: a prompt that another program left open is closed', async () => {
    const bench = startBench();
    let open = true;
    bench.modem.on(/./, () => {
      if (!open) return undefined;
      open = false;
      return ['> '];
    });
    await bench.until('ready');
    expect(bench.line.report().state).toBe('ready');
  });

  it('a modem in text mode is set to PDU mode, which is read back', async () => {
    const bench = startBench();
    bench.modem.set('cmgf', '1');
    await bench.until('ready');
    const { sent } = bench.modem;
    expect(sent.slice(sent.indexOf('AT+CMGF=0'), sent.indexOf('AT+CMGF=0') + 2)).toEqual([
      'AT+CMGF=0',
      'AT+CMGF?',
    ]);
  });

  it('B9 error-dialects: a set-up survives every kind of refusal of optional settings', async () => {
    const refusals = [
      'COMMAND NOT SUPPORT',
      '+CME ERROR: operation not supported',
      'MODEM ERROR: 12',
      'ERROR',
    ];
    for (const refusal of refusals) {
      const bench = startBench({ maker: 'huawei', model: 'E173' });
      bench.modem.on(/^AT(?:\^|\+CCID|\+CRSM|\+CSMS|\+CFUN|\+CMEE|\+CIMI)/, [refusal]);
      await bench.until('ready');
      expect(bench.line.report()).toMatchObject({ state: 'ready', iccid: null, imsi: null });
    }
  });
});

describe('memories', () => {
  it.each([
    ['all three', /^AT\+CPMS="SM","SM","SM"$/, '"SM",0,20,"SM",0,20,"SM",0,20'],
    ['two places only', /^AT\+CPMS="SM","SM"$/, '"SM",0,20,"SM",0,20,"ME",0,23'],
    ['one place only', /^AT\+CPMS="SM"$/, '"SM",0,20,"ME",0,23,"ME",0,23'],
  ])('A10 cpms-dialects: a modem that takes %s gets its memories set', async (_name, form, rooms) => {
    const bench = startBench({ maker: 'huawei' });
    let isSet = false;
    bench.modem.on(/^AT\+CPMS="/, ['+CMS ERROR: 302']);
    bench.modem.on(form, () => {
      isSet = true;
      return ['OK'];
    });
    bench.modem.on(/^AT\+CPMS\?$/, () => (isSet ? [`+CPMS: ${rooms}`, 'OK'] : undefined));
    await bench.until('ready');
    expect(isSet).toBe(true);
    expect(bench.line.report().storage).not.toBeNull();
  });

  it.each([
    ['in double parentheses', '(("SM","BM","SR"),("SM"))'],
    ['without parentheses', '"SM","SM","SM"'],
    ['not at all', ''],
  ])('A10 cpms-dialects: a line reads choices of memories that are listed %s', async (_name, choices) => {
    const bench = startBench({ maker: 'huawei', memories: { SM: 20 } });
    bench.modem.on(/^AT\+CPMS=\?$/, [`+CPMS: ${choices}`, 'OK']);
    await bench.until('ready');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('a line passes over a memory without room', async () => {
    const bench = startBench({ memories: { ME: 0, SM: 20 } });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    expect(bench.line.report().storage).toEqual({ memory: 'SM', used: 0, total: 20 });
  });

  it('C6 mem3-trap: a line watches a memory that new texts go to and that cannot be changed', async () => {
    const bench = startBench({ maker: 'huawei' });
    bench.modem.on(/^AT\+CPMS="SM","SM","SM"$/, ['+CMS ERROR: 302']);
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { memory: 'ME', silent: true });
    await bench.clock.advance(30_000);
    expect(bench.accepted).toMatchObject([{ memory: 'ME' }]);
  });
});

describe('notification settings', () => {
  it('A9 cnmi-refused: a line tries the offered notification settings until one is accepted, and reads it back', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CNMI=2,/, ['+CMS ERROR: 303']);
    await bench.until('ready');
    expect(bench.modem.sent.filter((text) => text.startsWith('AT+CNMI='))).toEqual([
      'AT+CNMI=?',
      'AT+CNMI=2,1,0,0,0',
      'AT+CNMI=1,1,0,0,0',
    ]);
    expect(bench.line.report().notifications).toBe(true);
  });

  it('A9 cnmi-refused: a line does not trust the OK to a notification setting', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CNMI=2,1,0,0,0$/, ['OK']);
    await bench.until('ready');
    expect(bench.modem.sent).toContain('AT+CNMI=1,1,0,0,0');
  });

  it('A9 cnmi-refused: a line receives by polling alone if no notification setting works, and says so', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CNMI=\d/, ['ERROR']);
    await bench.until('ready');
    expect(bench.line.report().notifications).toBe(false);
    expect(bench.events.map((event) => event.code)).toContain('line.polling-only');
    bench.modem.store(pduOf(1));
    await bench.clock.advance(31_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.line.report().state).toBe('ready');
  });

  it('A9 cnmi-refused: a line survives a modem that freezes at a notification setting', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CNMI=2,1,0,0,0$/, 'silence');
    await bench.until('ready');
    expect(bench.line.report().notifications).toBe(true);
  });

  it('A9: a line begins with the notification setting that worked before if it sets the same modem up again', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CNMI=2,/, ['+CMS ERROR: 303']);
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.modem.forget();
    bench.modem.tell('RDY');
    await bench.clock.advance(5_000);
    expect(bench.modem.sent.filter((text) => /^AT\+CNMI=\d/.test(text))).toEqual(['AT+CNMI=1,1,0,0,0']);
  });
});
