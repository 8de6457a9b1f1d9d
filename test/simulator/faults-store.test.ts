import { describe, expect, it } from 'vitest';
import { composeText } from '../../src/simulator/compose-text.ts';
import type { SimulatedModem } from '../../src/simulator/modem.ts';
import type { NetworkText } from '../../src/simulator/sent-text.ts';
import { answer, createBench } from './host.ts';

const sentAtMs = Date.UTC(2026, 10, 23, 5, 0, 0);

function send(modem: SimulatedModem, number = 1): NetworkText {
  const text = { sender: `0105550000${number}`, text: '031-324-2114', sentAtMs };
  const [sent] = modem.network.sendParts(composeText(text));
  if (!sent) throw new RangeError('a text has a part');
  return sent;
}

describe('notifications of texts', () => {
  it.each([
    ['cmti-lost', ''],
    ['cmti-other-mem', '\r\n+CMTI: "SM",0\r\n'],
    ['cdsi-trap:1', '\r\n+CDSI: "ME",0\r\n\r\n+CMTI: "ME",0\r\n'],
  ])('notifications of texts are changed by %s', async (fault, octets) => {
    const { modem, wait } = createBench({ faults: [fault] });
    send(modem);
    expect(await wait(0)).toBe(octets);
    expect(modem.memories.get('ME')?.used).toBe(1);
  });

  it('notifications of texts name a slot that stays empty under text-lost', async () => {
    const { modem, wait } = createBench({ faults: ['text-lost:1'] });
    send(modem);
    expect(await wait(0)).toBe('\r\n+CMTI: "ME",1\r\n\r\n+CMTI: "ME",0\r\n');
    expect(modem.memories.get('ME')?.used).toBe(1);
  });

  it('notifications of texts have no index under cmti-no-index', async () => {
    const { modem, wait } = createBench({ faults: ['cmti-no-index:1'] });
    send(modem);
    expect(await wait(0)).toMatch(/^\r\n\+CMTI: (?:"ME")?,-1\r\n$/);
  });

  it('notifications of texts come on another port until the vendor’s command moves them (urc-on-other-port)', async () => {
    const { modem, say, wait } = createBench({ faults: ['urc-on-other-port'] });
    send(modem, 1);
    expect(await wait(0)).toBe('');
    await say('AT+QURCCFG="urcport","usbat"');
    send(modem, 2);
    expect(await wait(0)).toBe('\r\n+CMTI: "ME",1\r\n');
  });
});

describe('a modem that prints no notification', () => {
  it('a modem prints nothing unasked under urc-on-other-port:nothing, not even when it boots', async () => {
    const { modem, wait, say } = createBench({ faults: ['urc-on-other-port:nothing'] });
    send(modem);
    expect(await wait(0)).toBe('');
    await say('AT+QURCCFG="urcport","usbat"');
    modem.reboot('silent');
    expect(await wait(60_000)).toBe('');
    await say('ATE0');
    expect(await say('AT+CMGL=4')).toContain('+CMGL: 0');
  });
});

describe('a deletion', () => {
  it('a deletion answers OK and leaves the text in its slot, until the third try (cmgd-fails)', async () => {
    const { modem, say } = createBench({ faults: ['cmgd-fails:1,tries=2'] });
    await say('ATE0');
    const sent = send(modem);
    await say('AT+CMGL=4');
    for (const state of ['stored', 'stored', 'deleted']) {
      expect(await say('AT+CMGD=0')).toBe(answer([]));
      expect(sent.state).toBe(state);
    }
  });

  it('a deletion removes the text that took the slot of the one that was read (slot-reuse)', async () => {
    const { modem, say } = createBench({ faults: ['slot-reuse:1'] });
    const first = send(modem, 1);
    await say('AT+CMGL=4');
    const second = send(modem, 2);
    await say('AT+CMGD=0');
    expect([first.state, second.state]).toEqual(['deleted', 'lost']);
  });
});

describe('a listing', () => {
  it('a listing leaves texts out that AT+CMGR reads (cmgl-partial)', async () => {
    const { modem, say } = createBench({ faults: ['cmgl-partial:1'] });
    await say('ATE0');
    const { pdu, length } = send(modem);
    expect(await say('AT+CMGL=4')).toBe(`\r\n+CMTI: "ME",0\r\n${answer([])}`);
    expect(await say('AT+CMGR=0')).toBe(answer([`+CMGR: 1,,${length}`, pdu]));
  });

  it('a listing shows a damaged PDU that AT+CMGR shows intact (bad-pdu-line)', async () => {
    const { modem, say } = createBench({ faults: ['bad-pdu-line:1'] });
    const { pdu } = send(modem);
    expect(await say('AT+CMGL=4')).not.toContain(`\r\n${pdu}\r\n`);
    expect(await say('AT+CMGR=0')).toContain(`\r\n${pdu}\r\n`);
  });

  it('a listing is in text mode until AT+CMGF=0 comes again (text-mode-reply)', async () => {
    const { modem, say } = createBench({ faults: ['text-mode-reply:1,times=1'] });
    send(modem);
    expect(await say('AT+CMGL=4')).toContain('+CMGL: 0,"REC READ"');
    await say('AT+CMGF=0');
    expect(await say('AT+CMGL=4')).toContain('+CMGL: 0,1,,');
  });
});

describe('the memory of a modem', () => {
  it('the memory of a modem is full of old texts without a notification, and what waits comes after the backlog time (store-full)', async () => {
    const { modem, say, wait } = createBench({ family: 'sim7600', faults: ['store-full:0,backlog=60s'] });
    const sent = send(modem);
    expect(await wait(0)).toBe('');
    expect(sent.state).toBe('queued');
    await say('AT+CMGD=0');
    await wait(59_000);
    expect(sent.state).toBe('queued');
    await wait(2_000);
    expect(sent.state).toBe('stored');
  });

  it('the memory of a modem reports a wrong number of texts (cpms-count-lies)', async () => {
    const { modem, say } = createBench({ faults: ['cpms-count-lies:1'] });
    send(modem);
    expect(await say('AT+CPMS?')).toContain('+CPMS: "ME",0,255,"ME",0,255,"ME",0,255');
  });

  it('a modem stores texts in another memory than the one that is read (mem3-trap)', async () => {
    const { modem, say } = createBench({ faults: ['mem3-trap:no'] });
    await say('AT+CPMS="ME","ME","ME"');
    send(modem);
    expect(await say('AT+CPMS?')).toContain('+CPMS: "ME",0,255,"ME",0,255,"SM",1,50');
  });

  it('the memory of a modem also gets a text that comes directly (direct-cmt:how=both)', async () => {
    const { modem, wait } = createBench({ faults: ['direct-cmt:1,how=both'] });
    const { pdu, length } = send(modem);
    expect(await wait(0)).toBe(`\r\n+CMT: ,${length}\r\n${pdu}\r\n\r\n+CMTI: "ME",0\r\n`);
  });

  it('the SIM holds drafts and a text of class 2 (sim-class2-drafts)', () => {
    const { modem } = createBench({ faults: ['sim-class2-drafts'] });
    const states = modem.memories.get('SM')?.slots.flatMap((slot) => slot?.stat ?? []);
    expect(states).toEqual([2, 1, 2, 1, 0]);
  });
});

describe('the network', () => {
  it('the network delivers a text again that it thinks lost (net-duplicate)', async () => {
    const { modem, say, wait } = createBench({ faults: ['net-duplicate:1,after=60s'] });
    const sent = send(modem);
    await say('AT+CMGL=4');
    await say('AT+CMGD=0');
    await wait(60_000);
    expect(sent).toMatchObject({ state: 'stored', copies: 2 });
    await wait(120_000);
    expect(sent.copies).toBe(2);
  });

  it('the network reorders parts and delivers some late, and all of them in the end (parts-chaos)', async () => {
    const { modem, say, wait } = createBench({ seed: 4, faults: ['parts-chaos:2,late=30s'] });
    const text = `${'가'.repeat(300)} 031-324-2114`;
    const parts = modem.network.sendParts(composeText({ sender: '01055500001', text, sentAtMs }));
    const order = [...(await say('AT+CMGL=4')).matchAll(/[0-9A-F]{40,}/g)].map(([pdu]) => pdu);
    expect(order).not.toEqual(parts.map((part) => part.pdu));
    await wait(300_000);
    const printed = await say('AT+CMGL=4');
    expect(parts.every((part) => printed.includes(part.pdu))).toBe(true);
  });

  it('the network does not reach the modem until it registers anew (deaf-radio)', async () => {
    const { modem, say, wait } = createBench({ faults: ['deaf-radio:10s'] });
    await wait(10_000);
    const sent = send(modem);
    await wait(3_600_000);
    expect(await say('AT+CREG?')).toContain('+CREG: 0,1');
    expect(sent.state).toBe('queued');
    await say('AT+CFUN=4');
    await say('AT+CFUN=1');
    await wait(5_000);
    expect(sent.state).toBe('stored');
  });
});
