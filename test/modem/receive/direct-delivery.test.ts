import { describe, expect, it } from 'vitest';
import { registerError } from '../../../src/store/database/errors.ts';
import { type LineBench, startBench } from '../../support/line-bench.ts';
import { pduOf, type ScriptedModem } from '../../support/scripted-modem.ts';

const refusal = registerError(Object.assign(new Error('full'), { code: 'ENOSPC' })) as Error;

/** Each brings a line into a state in which it works on something else than texts. */
const states: readonly (readonly [
  string,
  (modem: ScriptedModem) => void,
  (bench: LineBench) => Promise<void>,
])[] = [
  [
    'is being set up',
    (modem) => modem.on(/^AT\+CGMI$/, { afterMs: 4_000, lines: ['Acme', 'OK'] }),
    (bench) => bench.until('setting-up'),
  ],
  [
    'waits for the SMS service',
    (modem) => modem.on(/^AT\+CMGF/, ['+CMS ERROR: 314']),
    (bench) => bench.until('waiting-for-sim'),
  ],
  ['is ready', () => {}, (bench) => bench.until('ready')],
  [
    'waits for a command that hangs',
    () => {},
    async (bench) => {
      await bench.until('ready');
      await bench.clock.advance(1_000);
      bench.modem.on(/^AT\+CMGL/, 'silence');
      bench.modem.tell('+CMTI: "ME",1');
      await bench.clock.advance(1_000);
      expect(bench.modem.sent.at(-1)).toBe('AT+CMGL=4');
    },
  ],
  [
    'resynchronises',
    () => {},
    async (bench) => {
      await bench.until('ready');
      await bench.clock.advance(1_000);
      bench.modem.on(/./, 'silence');
      await bench.until('resyncing');
    },
  ],
  [
    'sets up a modem that has rebooted',
    () => {},
    async (bench) => {
      await bench.until('ready');
      await bench.clock.advance(1_000);
      bench.modem.on(/^AT\+CGMI$/, { afterMs: 4_000, lines: ['Acme', 'OK'] });
      bench.modem.tell('RDY');
      await bench.until('setting-up');
    },
  ],
];

const hand = async (bench: LineBench, n: number) => {
  bench.modem.say(`\r\n+CMT: ,23\r\n${pduOf(n)}\r\n`);
  await bench.clock.advance(1);
};

async function stopped(bench: LineBench): Promise<void> {
  const stopping = bench.line.stop();
  await bench.clock.advance(5_000);
  await stopping;
}

describe.each(states)('C15: a direct text while the line %s', (_name, prepare, reach) => {
  const started = async () => {
    const bench = startBench({}, {}, prepare);
    await reach(bench);
    return bench;
  };

  it('a direct text is offered at once, and neither a stop nor the end of the modem takes it back', async () => {
    const bench = await started();
    await hand(bench, 7);
    expect(bench.pdus()).toEqual([pduOf(7)]);
    expect(bench.line.report()).toMatchObject({ texts: 1, direct: 0 });
    bench.modem.unplug();
    await bench.clock.advance(60_000);
    await stopped(bench);
    expect(bench.pdus()).toEqual([pduOf(7)]);
  });

  it('a direct text is offered again while the register refuses, although the modem does not come back', async () => {
    const bench = await started();
    bench.refuseWith(refusal);
    await hand(bench, 7);
    await hand(bench, 8);
    bench.modem.unplug();
    await bench.clock.advance(1_000);
    expect(bench.line.report()).toMatchObject({
      direct: 2,
      waiting: 0,
      alarms: expect.arrayContaining(['line.direct-waiting']),
    });
    bench.refuseWith(null);
    await bench.clock.advance(30_000);
    expect(bench.pdus()).toEqual([pduOf(7), pduOf(8)]);
    expect(bench.line.report().direct).toBe(0);
    expect(bench.line.report().alarms).not.toContain('line.direct-waiting');
  });

  it('direct texts that come together are all taken, although the line stops in the same moment', async () => {
    const bench = await started();
    const numbers = Array.from({ length: 60 }, (_, n) => n + 1);
    bench.modem.say(numbers.map((n) => `\r\n+CMT: ,23\r\n${pduOf(n)}\r\n`).join(''));
    // Between the first turn of what the modem sent and the next.
    const stopping = new Promise<void>((resolve) => bench.clock.after(0, () => resolve(bench.line.stop())));
    await bench.clock.advance(5_000);
    await stopping;
    expect(bench.pdus()).toEqual(numbers.map(pduOf));
  });

  it('a refused direct text is offered a last time when the line stops', async () => {
    const bench = await started();
    bench.refuseWith(refusal);
    await hand(bench, 7);
    bench.refuseWith(null);
    await stopped(bench);
    expect(bench.pdus()).toEqual([pduOf(7)]);
  });
});

describe('direct texts', () => {
  it('direct texts do not each ask a register that refuses', async () => {
    const asked: number[] = [];
    const bench = startBench(
      {},
      {
        async accept(listing) {
          if (listing.length === 0) return;
          asked.push(listing.length);
          throw refusal;
        },
      },
    );
    await bench.until('ready');
    for (let n = 0; n < 50; n += 1) await hand(bench, n);
    expect(asked).toEqual([1]);
    await bench.clock.advance(1_000);
    expect(asked).toEqual([1, 50]);
  });

  it('C16: direct texts are acknowledged after the commit if no setting stores them', async () => {
    const bench = startBench({ indication: '(2),(2),(0),(0),(0)' });
    const service = { value: 0 };
    bench.modem.set('cnmi', '2,2,0,0,0');
    bench.modem.on(/^AT\+CNMI=\d/, ['+CMS ERROR: 303']);
    bench.modem.on(/^AT\+CSMS\?$/, () => [`+CSMS: ${service.value},1,1,1`, 'OK']);
    bench.modem.on(/^AT\+CSMS=1$/, () => {
      service.value = 1;
      return ['+CSMS: 1,1,1', 'OK'];
    });
    await bench.until('ready');
    expect(service.value).toBe(1);
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.refuseWith(refusal);
    await hand(bench, 7);
    expect(bench.modem.sent).not.toContain('AT+CNMA');
    bench.refuseWith(null);
    await bench.clock.advance(2_000);
    expect(bench.pdus()).toEqual([pduOf(7)]);
    expect(bench.modem.sent.filter((text) => text === 'AT+CNMA')).toHaveLength(1);
  });

  it('C16: direct texts are acknowledged once after a session that needed no acknowledgement', async () => {
    const service = { value: 0 };
    const bench = startBench();
    bench.modem.on(/^AT\+CSMS\?$/, () => [`+CSMS: ${service.value},1,1,1`, 'OK']);
    await bench.until('ready');
    for (let n = 0; n < 20; n += 1) await hand(bench, n);
    service.value = 1;
    bench.modem.tell('RDY');
    await bench.clock.advance(1);
    bench.modem.clearSent();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    expect(bench.modem.sent.filter((text) => text === 'AT+CNMA')).toHaveLength(1);
  });

  it('direct texts are read also with a length of 0 and in lower case', async () => {
    const bench = startBench();
    await bench.until('ready');
    bench.modem.say('\r\n+CMT: 0\r\n040b910121555010f3000062111132415063053ae91f\r\n');
    await bench.clock.advance(1);
    expect(bench.accepted).toMatchObject([
      { pdu: '040b910121555010f3000062111132415063053ae91f', announcedLength: 0, memory: null },
    ]);
  });
});

describe('a direct text in words', () => {
  it('C15, A5: a direct text in words keeps its octets beyond ASCII, which are dropped everywhere else', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    const words = Buffer.from('홍익족발 왔습니다').toString('latin1');
    const header = '+CMT: "+821055500123",,"26/11/23,14:00:00+36"';
    bench.modem.say(`\u00e6\r\n${header}\r\n${words}\r\n\u00e6+CMTI: "ME",0\u00ff\r\n`);
    bench.modem.store(pduOf(1), { silent: true });
    await bench.clock.advance(2_000);
    expect(bench.pdus()).toEqual([`${header}\n${words}`, pduOf(1)]);
    expect(bench.line.report().state).toBe('ready');
  });
});
