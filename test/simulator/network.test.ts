import { describe, expect, it } from 'vitest';
import { composeText } from '../../src/simulator/compose-text.ts';
import { deliveryReport } from '../../src/simulator/odd-texts/everyday.ts';
import type { OutgoingText } from '../../src/simulator/sent-text.ts';
import { answer, createBench } from './host.ts';

const sentAtMs = Date.UTC(2026, 10, 23, 5, 0, 0);

function visit(number: number, messageClass?: 0 | 2): OutgoingText {
  const sender = `0105550${String(number).padStart(4, '0')}`;
  const encoding = messageClass === undefined ? {} : { class: messageClass };
  const [part] = composeText({ sender, text: '031-324-2114', sentAtMs, encoding });
  if (!part) throw new RangeError('a text has a part');
  return part;
}

describe('the network and the modem', () => {
  it('a text is stored in the third memory, announced, listed, read once and deleted', async () => {
    const { modem, say, wait } = createBench({ family: 'ec25' });
    await say('ATE0');
    const sent = modem.network.send(visit(1));
    expect(await wait(0)).toBe('\r\n+CMTI: "ME",0\r\n');
    expect(await say('AT+CMGL=4')).toBe(answer([`+CMGL: 0,0,,${sent.length}`, sent.pdu]));
    expect(await say('AT+CMGL=4')).toBe(answer([`+CMGL: 0,1,,${sent.length}`, sent.pdu]));
    expect(await say('AT+CMGR=0')).toBe(answer([`+CMGR: 1,,${sent.length}`, sent.pdu]));
    expect(await say('AT+CMGL=0')).toBe(answer([]));
    expect(await say('AT+CMGD=0')).toBe(answer([]));
    expect(sent).toMatchObject({ state: 'deleted', copies: 1, printed: 3 });
  });

  it('a listing prints a missing name as the family does', async () => {
    const { modem, say } = createBench({ family: 'sim800' });
    await say('ATE0');
    const { pdu, length } = modem.network.send(visit(1));
    expect(await say('AT+CMGL=4')).toContain(answer([`+CMGL: 1,0,"",${length}`, pdu]));
  });

  it('a text that is deleted unread counts as lost, as with a delete-all', async () => {
    const { modem, say } = createBench();
    const first = modem.network.send(visit(1));
    await say('AT+CMGR=0');
    const second = modem.network.send(visit(2));
    await say('AT+CMGD=1,4');
    expect([first.state, second.state]).toEqual(['deleted', 'lost']);
  });

  it('a text of class 2 goes to the SIM whatever memory is chosen', async () => {
    const { modem, wait } = createBench({ family: 'ec25' });
    modem.network.send(visit(1, 2));
    expect(await wait(0)).toBe('\r\n+CMTI: "SM",0\r\n');
  });

  it('a text of class 0 comes directly', async () => {
    const { modem, wait } = createBench({ family: 'ec25' });
    const { pdu, length } = modem.network.send(visit(1, 0));
    expect(await wait(0)).toBe(`\r\n+CMT: ,${length}\r\n${pdu}\r\n`);
  });
});

describe('a full memory', () => {
  it('a full memory leaves further texts at the network, which delivers them as soon as there is room', async () => {
    const { modem, say, wait } = createBench({ family: 'huawei', capacity: 3 });
    await say('ATE0');
    await say('AT+CNMI=2,1');
    const sent = [1, 2, 3, 4, 5].map((number) => modem.network.send(visit(number)));
    const notices = ['+CMTI: "SM",0', '+CMTI: "SM",1', '+CMTI: "SM",2', '^SMMEMFULL:"SM"'];
    expect(await wait(0)).toBe(notices.map((line) => `\r\n${line}\r\n`).join(''));
    expect(modem.network.waiting).toBe(2);
    expect(await say('AT+CMGD=1')).toBe(`${answer([])}\r\n+CMTI: "SM",1\r\n\r\n^SMMEMFULL:"SM"\r\n`);
    expect(sent.map((text) => text.state)).toEqual(['stored', 'lost', 'stored', 'stored', 'queued']);
  });

  it('a slow network delivers the backlog of a full memory only after a while', async () => {
    const { modem, say, wait } = createBench({ capacity: 1, backlogMs: 60_000, retryMs: 3_600_000 });
    modem.network.send(visit(1));
    modem.network.send(visit(2));
    await say('AT+CMGR=0');
    expect(await say('AT+CMGD=0')).not.toContain('+CMTI');
    expect(await wait(60_000)).toBe('\r\n+CMTI: "ME",0\r\n');
  });

  it('the network tries a full memory again although the modem has not asked', async () => {
    const { modem, wait } = createBench({ capacity: 1, retryMs: 30_000 });
    modem.network.send(visit(1));
    const second = modem.network.send(visit(2));
    await wait(95_000);
    expect(second).toMatchObject({ state: 'queued', attempts: 4 });
  });
});

describe('direct delivery', () => {
  it('direct delivery waits for AT+CNMA before the next text if CSMS is 1', async () => {
    const { modem, say, wait } = createBench({ family: 'ec25' });
    await say('ATE0+CSMS=1');
    await say('AT+CNMI=2,2,0,0,0');
    const [first, second] = [1, 2].map((number) => modem.network.send(visit(number)));
    expect(await wait(0)).toBe(`\r\n+CMT: ,${first?.length}\r\n${first?.pdu}\r\n`);
    expect(await say('AT+CNMA')).toBe(`${answer([])}\r\n+CMT: ,${second?.length}\r\n${second?.pdu}\r\n`);
    expect([first?.state, second?.state]).toEqual(['handed', 'queued']);
    await say('AT+CNMA');
    expect(await say('AT+CNMA')).toBe(answer([], '+CMS ERROR: 340'));
    expect(second?.state).toBe('handed');
  });

  it('direct delivery stops if no AT+CNMA comes, and the text waits at the network', async () => {
    const { modem, say, wait } = createBench({ family: 'ec25' });
    await say('ATE0+CSMS=1');
    await say('AT+CNMI=2,2,0,0,0');
    const sent = modem.network.send(visit(1));
    await wait(16_000);
    expect(sent.state).toBe('queued');
    expect(await say('AT+CNMI?')).toBe(answer(['+CNMI: 2,0,0,0,0']));
  });

  it('direct delivery needs no AT+CNMA on a SIMCom modem', async () => {
    const { modem, say, wait } = createBench({ family: 'sim800' });
    await say('AT+CNMI=2,2,0,0,0');
    const sent = modem.network.send(visit(1));
    expect(await wait(0)).toBe(`\r\n+CMT: "",${sent.length}\r\n${sent.pdu}\r\n`);
    expect(sent.state).toBe('handed');
  });

  it('direct delivery loses a text if no host has the port open', () => {
    const { modem, host, say } = createBench({ family: 'sim800' });
    void say('AT+CNMI=2,2,0,0,0');
    host.close();
    expect(modem.network.send(visit(1)).state).toBe('lost');
  });
});

describe('a delivery report', () => {
  it('a delivery report is announced by an EC25 in another memory than the one that it is in', async () => {
    const { modem, say, wait } = createBench({ family: 'ec25' });
    await say('AT+CNMI=2,1,0,2,0');
    const [part] = deliveryReport.make('01055500001', sentAtMs);
    if (part && 'tpdu' in part) modem.network.send({ tpdu: part.tpdu });
    expect(await wait(0)).toBe('\r\n+CDSI: "SM",0\r\n');
    expect(modem.memories.get('SR')?.used).toBe(1);
  });

  it('a delivery report is ignored if the host has not asked for it', () => {
    const { modem } = createBench({ family: 'ec25' });
    const [part] = deliveryReport.make('01055500001', sentAtMs);
    const sent = part && 'tpdu' in part ? modem.network.send({ tpdu: part.tpdu }) : null;
    expect(sent?.state).toBe('ignored');
  });
});

describe('the parts of one text', () => {
  it('the parts of one text share a slot number on an A7670, and one deletion removes them all', async () => {
    const { modem, say } = createBench({ family: 'a7670' });
    await say('ATE0');
    const text = `${'가'.repeat(80)} 031-324-2114`;
    const [one, two] = modem.network.sendParts(composeText({ sender: '01055500001', text, sentAtMs }));
    const lines = [
      `+CMGL: 0,0,"",${one?.length}`,
      one?.pdu ?? '',
      `+CMGL: 0,0,"",${two?.length}`,
      two?.pdu ?? '',
    ];
    expect(await say('AT+CMGL=4')).toContain(answer(lines));
    expect(await say('AT+CPMS?')).toContain('"SM",2,50');
    await say('AT+CMGD=0');
    expect([one?.state, two?.state]).toEqual(['deleted', 'deleted']);
  });
});

describe('the journal', () => {
  it('the journal counts every text once, wherever it is', async () => {
    const { modem, say } = createBench({ capacity: 2, keepJournal: false });
    for (let i = 0; i < 5; i += 1) modem.network.send(visit(i));
    await say('AT+CMGL=4');
    await say('AT+CMGD=0');
    const counts = { queued: 2, stored: 2, handed: 0, deleted: 1, ignored: 0, lost: 0 };
    expect(modem.network.journal.counts()).toEqual(counts);
    expect(modem.network.journal.texts).toHaveLength(4);
  });
});
