import { describe, expect, it } from 'vitest';
import type { LineOptions } from '../../src/modem/line.ts';
import { startBench } from '../support/line-bench.ts';
import { pduOf } from '../support/scripted-modem.ts';

describe('a line', () => {
  it('a line is set up by asking before setting, and says who the modem is', async () => {
    const bench = startBench({
      maker: 'huawei',
      model: 'E173',
      firmware: '11.126',
      memories: { ME: 23, SM: 20 },
    });
    await bench.until('ready');
    await bench.clock.advance(100);
    expect(bench.states).toEqual(['opening', 'waking', 'setting-up', 'ready']);
    expect(bench.line.report()).toMatchObject({
      state: 'ready',
      reason: null,
      maker: 'huawei',
      model: 'E173',
      firmware: '11.126',
      family: 'huawei',
      imei: '350000000000017',
      iccid: '8982000000000000017',
      imsi: '450000000000017',
      operator: 'Operator',
      signal: 17,
      registration: 'home',
      storage: { memory: 'SM', used: 0, total: 20 },
      notifications: true,
    });
    const { sent } = bench.modem;
    expect(sent.indexOf('AT+CMGF?')).toBeLessThan(sent.indexOf('AT+CPMS=?'));
    expect(sent).not.toContain('AT+CMGF=0');
    expect(sent.indexOf('AT+CPMS?')).toBeLessThan(sent.indexOf('AT+CPMS="SM","SM","SM"'));
    expect(sent.indexOf('AT+CNMI?')).toBeLessThan(sent.indexOf('AT+CNMI=2,1,0,0,0'));
  });

  it('a line receives what every memory got while the gateway was off, and deletes it afterwards', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.store(pduOf(1), { silent: true });
      modem.store(pduOf(2), { memory: 'SM', slot: 7, silent: true });
    });
    await bench.until('ready');
    await bench.clock.advance(10);
    expect(bench.accepted).toMatchObject([
      { pdu: pduOf(1), memory: 'ME', slot: 0, announcedLength: 23, report: false },
      { pdu: pduOf(2), memory: 'SM', slot: 7, announcedLength: 23, report: false },
    ]);
    expect(bench.released).toEqual(bench.accepted);
    expect(bench.modem.held.ME?.size).toBe(0);
    expect(bench.modem.held.SM?.size).toBe(0);
    expect(bench.line.report()).toMatchObject({ texts: 2, lastTextAt: bench.accepted[1]?.receivedAtMs });
  });

  it('a line receives a single announced text with two commands', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(100);
    bench.modem.clearSent();
    bench.modem.store(pduOf(1));
    await bench.clock.advance(100);
    expect(bench.pdus()).toEqual([pduOf(1)]);
    expect(bench.modem.sent).toEqual(['AT+CMGL=4', 'AT+CMGD=0']);
  });

  it('a line works in listings under a backlog: one commit each, few commands for a text', async () => {
    const bench = startBench({ memories: { ME: 255 } });
    await bench.until('ready');
    await bench.clock.advance(100);
    bench.modem.clearSent();
    for (let n = 0; n < 200; n += 1) bench.modem.store(pduOf(n), { silent: true });
    bench.modem.tell('+CMTI: "ME",0');
    await bench.clock.advance(1_000);
    expect(bench.accepted).toHaveLength(200);
    expect(bench.listings).toHaveLength(1);
    expect(bench.modem.sent.length / 200).toBeLessThanOrEqual(1.2);
  });

  it('a line looks again after a long listing, because the network fills a memory that was full', async () => {
    const bench = startBench({ memories: { ME: 20 } });
    await bench.until('ready');
    await bench.clock.advance(100);
    for (let n = 0; n < 20; n += 1) bench.modem.store(pduOf(n), { silent: true });
    bench.modem.on(/^AT\+CMGD=19$/, () => {
      bench.modem.held.ME?.clear();
      for (let n = 20; n < 25; n += 1) bench.modem.store(pduOf(n), { silent: true });
      return ['OK'];
    });
    bench.modem.tell('^SMMEMFULL:"ME"');
    await bench.clock.advance(1_000);
    expect(bench.accepted).toHaveLength(25);
  });

  it('a line finds by polling what no notification announced', async () => {
    const bench = startBench({}, { pollIntervalMs: 30_000 });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { silent: true });
    bench.modem.store(pduOf(2), { memory: 'SM', silent: true });
    await bench.clock.advance(30_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
  });

  it('a line reads the memory that a notification names, although another is in use', async () => {
    const bench = startBench({}, { pollIntervalMs: 3_600_000, healthIntervalMs: 3_600_000 });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.modem.store(pduOf(1), { memory: 'SM', slot: 3 });
    await bench.clock.advance(1_000);
    expect(bench.accepted).toMatchObject([{ memory: 'SM', slot: 3 }]);
    expect(bench.modem.sent).toEqual(['AT+CPMS="SM"', 'AT+CMGL=4', 'AT+CMGD=3', 'AT+CPMS="ME"']);
  });

  it.each(['+CMTI: "SM",-1', '+CMTI: ,-1', '+CMTI: "XX",4'])(
    'a line reads every memory after %j',
    async (line) => {
      const bench = startBench({}, { pollIntervalMs: 3_600_000, healthIntervalMs: 3_600_000 });
      await bench.until('ready');
      await bench.clock.advance(1_000);
      bench.modem.store(pduOf(1), { memory: 'ME', silent: true });
      bench.modem.store(pduOf(2), { memory: 'SM', silent: true });
      bench.modem.tell(line);
      await bench.clock.advance(1_000);
      expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    },
  );

  it('a line does not trust a count of 0 texts', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CPMS\?$/, ['+CPMS: "ME",0,20,"ME",0,20,"ME",0,20', 'OK']);
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { silent: true });
    await bench.clock.advance(30_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('a line deletes a slot once although two parts are printed under it', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.modem.on(/^AT\+CMGL=4$/, ['+CMGL: 2,1,"",23', pduOf(1), '+CMGL: 2,1,"",23', pduOf(2), 'OK'], 1);
    bench.modem.tell('+CMTI: "ME",2');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1), pduOf(2)]);
    expect(bench.modem.sent.filter((text) => text.startsWith('AT+CMGD'))).toEqual(['AT+CMGD=2']);
    expect(bench.released).toHaveLength(2);
  });

  it('C14 parts-share-index: a line does not delete a slot into which another part has come since it was listed', async () => {
    const bench = startBench({ maker: 'SIMCOM INCORPORATED', model: 'A7670E-FASE' });
    const part = (n: number) => pduOf(n).replace(/^0004/, '0044');
    await bench.until('ready');
    await bench.clock.advance(1_000);
    const both = ['+CMGL: 2,1,"",23', part(1), '+CMGL: 2,1,"",23', part(2), 'OK'];
    bench.modem.on(/^AT\+CMGL=4$/, both, 1);
    bench.modem.on(/^AT\+CMGL=4$/, both.slice(0, 2).concat('OK'), 1);
    bench.modem.on(/^AT\+CMGR=2$/, ['+CMGR: 1,"",23', part(1), part(2), 'OK']);
    bench.modem.clearSent();
    bench.modem.tell('+CMTI: "ME",2');
    await bench.clock.advance(1_000);
    expect(bench.modem.sent).toEqual(['AT+CMGL=4', 'AT+CMGR=2', 'AT+CMGL=4', 'AT+CMGR=2', 'AT+CMGD=2']);
    expect(bench.pdus()).toEqual([part(1), part(1), part(2)]);
  });

  it('C14 parts-share-index: a line finally frees a slot that is read otherwise than it is listed', async () => {
    const bench = startBench({ model: 'SIMCOM_SIM7670G', maker: 'SIMCOM INCORPORATED' });
    const part = pduOf(1).replace(/^0004/, '0044');
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.on(/^AT\+CMGR=/, ['+CMGR: 1,"",23', pduOf(9), 'OK']);
    bench.modem.store(part);
    await bench.clock.advance(5_000);
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('a line accepts a text that comes directly although storage was asked for', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.modem.say(`\r\n+CMT: ,23\r\n${pduOf(1)}\r\n`);
    await bench.clock.advance(100);
    expect(bench.accepted).toMatchObject([{ pdu: pduOf(1), slot: null, memory: null, announcedLength: 23 }]);
    expect(bench.modem.sent).toEqual([]);
    expect(bench.released).toEqual([]);
  });

  it('C16: a line acknowledges direct texts, after the commit, if the service phase requires it', async () => {
    const bench = startBench();
    bench.modem.on(/^AT\+CSMS\?$/, ['+CSMS: 1,1,1,1', 'OK']);
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    bench.modem.on(/^AT\+CNMA$/, () => {
      expect(bench.pdus()).toEqual([pduOf(1)]);
      return ['OK'];
    });
    bench.modem.say(`\r\n+CMT: ,23\r\n${pduOf(1)}\r\n`);
    await bench.clock.advance(100);
    expect(bench.modem.sent[0]).toBe('AT+CNMA');
  });

  it.each(['hello there', '0313242114'])(
    'a line keeps the header of a direct text in words with the words %j',
    async (words) => {
      const bench = startBench();
      await bench.until('ready');
      await bench.clock.advance(1_000);
      bench.modem.say(`\r\n+CMT: "10086",,"26/11/23"\r\n${words}\r\n`);
      await bench.clock.advance(100);
      expect(bench.pdus()).toEqual([`+CMT: "10086",,"26/11/23"\n${words}`]);
    },
  );

  it('a line reads a broken PDU once more alone, and keeps it as it came if that is no better', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.store(pduOf(2), { slot: 2, silent: true });
    const listing = ['+CMGL: 1,0,,23', '0BD04=96p331', '+CMGL: 2,0,,23', '0BD04259303784=96p331p', 'OK'];
    bench.modem.on(/^AT\+CMGL=4$/, listing, 1);
    bench.modem.on(/^AT\+CMGR=2$/, ['+CMGR: 0,,23', '0BD04259303784=96p331p', 'OK']);
    bench.modem.clearSent();
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1), '0BD04259303784=96p331p']);
    expect(bench.modem.sent).toEqual(['AT+CMGL=4', 'AT+CMGR=1', 'AT+CMGR=2', 'AT+CMGD=1', 'AT+CMGD=2']);
  });

  it('E5 port-shared: a line reads a PDU that lost octets until a reading has the length that was announced', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['+CMGL: 1,0,,23', pduOf(1).slice(0, 30), 'OK'], 1);
    bench.modem.on(/^AT\+CMGR=1$/, ['+CMGR: 0,,23', pduOf(1).slice(0, 40), 'OK'], 1);
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(1_000);
    expect(bench.pdus()).toEqual([pduOf(1)]);
  });

  it('a line reads a PDU alone if its header lost the length', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.store(pduOf(1), { slot: 1, silent: true });
    bench.modem.on(/^AT\+CMGL=4$/, ['+CMGL: 1,0,', pduOf(1), 'OK'], 1);
    bench.modem.tell('+CMTI: "ME",1');
    await bench.clock.advance(1_000);
    expect(bench.accepted).toMatchObject([{ pdu: pduOf(1), announcedLength: 23 }]);
  });

  it('a line reports once, at the first listing of each memory, which slots were shown', async () => {
    const scopes: unknown[] = [];
    const accept: LineOptions['accept'] = async (listing, scope) => {
      scopes.push([listing.length, scope]);
    };
    const bench = startBench({}, { accept }, (modem) => modem.store(pduOf(1), { slot: 4, silent: true }));
    await bench.until('ready');
    await bench.clock.advance(120_000);
    expect(scopes).toEqual([
      [1, { memory: 'ME', slots: [4] }],
      [0, { memory: 'SM', slots: [] }],
    ]);
  });

  it('a line reports again which slots are in use if a deletion may have failed', async () => {
    const scopes: unknown[] = [];
    const accept: LineOptions['accept'] = async (listing, scope) => {
      scopes.push([listing.length, scope]);
    };
    const bench = startBench({}, { accept });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    scopes.length = 0;
    bench.modem.on(
      /^AT\+CMGD=0$/,
      () => {
        bench.modem.held.ME?.clear();
        return 'silence';
      },
      1,
    );
    bench.modem.store(pduOf(1));
    await bench.clock.advance(120_000);
    expect(scopes).toEqual([
      [1, { memory: 'ME', slots: [0] }],
      [0, { memory: 'ME', slots: [] }],
    ]);
  });

  it('a line stops within its time and writes nothing more', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    const stopped = bench.line.stop();
    await bench.clock.advance(5_000);
    await stopped;
    const before = bench.modem.sent.length;
    bench.modem.store(pduOf(1));
    await bench.clock.advance(600_000);
    expect(bench.line.report().state).toBe('stopped');
    expect(bench.modem.sent).toHaveLength(before);
    expect(bench.modem.closes).toBe(1);
    expect(bench.clock.timers).toBe(0);
  });

  it('a line writes no more for a text than its listing and its deletion, on average, in a steady stream', async () => {
    const bench = startBench({ latencyMs: 5 });
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.modem.clearSent();
    for (let n = 0; n < 120; n += 1) {
      bench.modem.store(pduOf(n));
      await bench.clock.advance(500);
    }
    expect(bench.accepted).toHaveLength(120);
    expect(bench.modem.sent.length / 120).toBeLessThanOrEqual(2.5);
  });

  it('a line asks the register again and again while the disk is full, deletes nothing, and says so', async () => {
    const bench = startBench();
    await bench.until('ready');
    await bench.clock.advance(1_000);
    bench.refuseWith(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
    bench.modem.clearSent();
    bench.modem.store(pduOf(1));
    bench.modem.say(`\r\n+CMT: ,23\r\n${pduOf(2)}\r\n`);
    await bench.clock.advance(120_000);
    expect(bench.line.report()).toMatchObject({ state: 'holding', reason: 'ENOSPC', texts: 0, waiting: 1 });
    expect(bench.modem.sent.some((text) => text.startsWith('AT+CMGD'))).toBe(false);
    bench.refuseWith(null);
    await bench.clock.advance(31_000);
    expect(bench.pdus().sort()).toEqual([pduOf(1), pduOf(2)]);
    expect(bench.line.report()).toMatchObject({ state: 'ready', reason: null, waiting: 0, unreadyAt: null });
    expect(bench.modem.held.ME?.size).toBe(0);
  });

  it('a line shows no PDU and no number in its events', async () => {
    const bench = startBench();
    await bench.until('ready');
    bench.modem.store(pduOf(1));
    bench.modem.tell('01055500123');
    bench.modem.tell('^X01055500123');
    bench.modem.tell('+CLIP: "01055500123",129');
    await bench.clock.advance(1_000);
    bench.modem.unplug();
    await bench.clock.advance(5_000);
    const told = JSON.stringify([bench.events, bench.states, bench.line.report()]);
    expect(told).not.toContain('01055500123');
    expect(told).not.toContain(pduOf(1));
    expect(told).toContain('^X');
  });
});
