import { describe, expect, it } from 'vitest';
import { answer, createBench, typeAt } from './host.ts';

async function bench(faults: readonly string[], family: 'ec25' | 'huawei' | 'sim800' = 'ec25') {
  const made = createBench({ family, faults });
  await made.say('ATE0');
  await made.say('ATE0');
  return made;
}

describe('late-reply', () => {
  it('late-reply delays an answer, and the answer to the next command follows it', async () => {
    const { say, wait } = createBench({ faults: ['late-reply:1,delay=20s,times=1'] });
    expect(await say('AT+CGMI')).toBe('AT+CGMI\r');
    expect(await say('AT')).toBe('');
    expect(await wait(20_000)).toBe('\r\nQuectel\r\n\r\nOK\r\nAT\r\r\nOK\r\n');
  });

  it('late-reply affects one command in so many, which the seed chooses', async () => {
    const { say, wait } = createBench({ faults: ['late-reply:every=4,delay=1s'] });
    let late = 0;
    for (let i = 0; i < 40; i += 1) {
      if (!(await say('AT')).includes('OK')) late += 1;
      await wait(2_000);
    }
    expect(late).toBe(10);
  });
});

describe('hang', () => {
  it('hang silences the modem after the listing, notifications included', async () => {
    const { say, wait, modem } = await bench(['hang:1']);
    expect(await say('AT+CMGL=4')).toBe('');
    expect(await say('AT')).toBe('');
    modem.notify('+CREG: 1');
    expect(await wait(7_000_000)).toBe('');
    await wait(300_000);
    expect(await say('AT')).toBe(answer([]));
  });

  it('hang ends with a power cycle, or when the port is opened again if that is its cure', async () => {
    const byPower = await bench(['hang:1,for=0']);
    await byPower.say('AT+CMGL=4');
    byPower.modem.reboot('power');
    await byPower.clock.advance(20_000);
    expect(await typeAt(byPower.clock, byPower.modem).say('AT')).toContain('OK');

    const byOpening = await bench(['hang:1,for=0,cure=reopen']);
    await byOpening.say('AT+CMGL=4');
    byOpening.host.close();
    expect(await typeAt(byOpening.clock, byOpening.modem).say('AT')).toContain('OK');
  });
});

describe('urc-mid-reply', () => {
  const place = (where: string) => bench([`urc-mid-reply:1,where=${where}`], 'huawei');
  const urc = /\r\n(?:\^|\+CMTI).*\r\n/;

  it.each([
    ['before-echo', /^\r\n[\^+].*\r\n\r\n\+CSQ: 18,99\r\n\r\nOK\r\n$/],
    ['before-reply', /^\r\n[\^+].*\r\n\r\n\+CSQ: 18,99\r\n\r\nOK\r\n$/],
    ['inside', /^\r\n\+CSQ: 18,99\r\n\r\n[\^+].*\r\n\r\nOK\r\n$/],
  ])('urc-mid-reply puts a notification %s', async (where, form) => {
    const { say } = await place(where);
    expect(await say('AT+CSQ')).toMatch(form);
  });

  it('urc-mid-reply puts a notification between a header and its PDU', async () => {
    const { say, modem } = await place('before-pdu');
    const { pdu } = modem.network.send({ line: '07912801', length: 3 });
    expect((await say('AT+CMGL=4')).replace(urc, '|')).toBe(`\r\n+CMGL: 0,0,,3\r\n|${pdu}\r\n\r\nOK\r\n`);
  });
});

describe('what a process that died left behind', () => {
  it('an open prompt takes commands for text until ESC (prompt-stuck)', async () => {
    const { say, host, wait } = createBench({ faults: ['prompt-stuck'] });
    expect(await say('AT')).toBe('');
    host.write(Buffer.from('\u001b\r'));
    await wait(0);
    expect(await say('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('the first command is appended to half a command of another program (leftover-input)', async () => {
    const { say } = createBench({ family: 'huawei', faults: ['leftover-input'] });
    expect(await say('')).toContain('ATE0+CPMS?\r\r\n+CPMS: "SM",0,50');
    expect(await say('AT')).toBe('\r\nOK\r\n');
  });
});

describe('answers', () => {
  it('answers end without OK under no-final', async () => {
    const { say } = await bench(['no-final:1,on=+CPIN']);
    expect(await say('AT+CPIN?')).toBe('\r\n+CPIN: READY\r\n');
    expect(await say('AT+CGMI')).toBe(answer(['Quectel']));
  });

  it('answers come line by line under slow-list', async () => {
    const { say, wait, modem } = await bench(['slow-list:2s']);
    modem.network.send({ line: 'AA', length: 1 });
    modem.network.send({ line: 'BB', length: 1 });
    await wait(0);
    expect(await say('AT+CMGL=4')).toBe('\r\n+CMGL: 0,0,,1\r\n');
    expect(await wait(2_000)).toBe('AA\r\n');
    expect(await wait(10_000)).toBe('+CMGL: 1,0,,1\r\nBB\r\n\r\nOK\r\n');
  });

  it('answers come a few octets at a time under chopped-reads', async () => {
    const { say, host } = await bench(['chopped-reads:1']);
    const pieces: string[] = [];
    host.onBytes((bytes) => pieces.push(Buffer.from(bytes).toString('latin1')));
    expect(await say('AT')).toBe('\r\nOK\r\n');
    expect(pieces).toEqual(['\r', '\n', 'O', 'K', '\r', '\n']);
  });

  it.each([
    ['crcrlf', '\r\r\nOK\r\r\n'],
    ['lf', '\nOK\n'],
    ['blank', '\r\n\r\nOK\r\n\r\n'],
  ])('answers have other line ends under line-ends:%s', async (how, octets) => {
    const { say } = await bench([`line-ends:${how}`]);
    expect(await say('AT')).toBe(octets);
  });

  it('answers run into a notification after an error under glued-lines', async () => {
    const { say } = await bench(['glued-lines:1']);
    await say('AT+CMEE=1');
    expect(await say('AT+CPIN="1"')).toBe('\r\n+CME ERROR: 3+CNUM: ,"",129\r\n');
  });

  it('answers do not come if commands follow too fast (too-fast)', async () => {
    const { say, wait } = createBench({ faults: ['too-fast:50ms'] });
    expect(await say('AT')).toContain('OK');
    expect(await say('AT')).toBe('');
    await wait(50);
    expect(await say('AT')).toContain('OK');
  });

  it('answers do not come to the first command after a pause under first-at-lost', async () => {
    const { say, wait } = createBench({ faults: ['first-at-lost:10s'] });
    expect(await say('AT')).toBe('');
    expect(await say('AT')).toContain('OK');
    await wait(10_000);
    expect(await say('AT')).toBe('');
  });
});

describe('a fault that changes the dialect', () => {
  it.each([
    ['empty-slot:321', 'AT+CMGR=6', answer([], '+CMS ERROR: 321')],
    ['empty-slot:zeros', 'AT+CMGR=6', answer(['+CMGR: 0,,0', ''])],
    ['cpin-dialects:no-ok', 'AT+CPIN?', '\r\n+CPIN: READY\r\n'],
    ['cpin-dialects:glued', 'AT+CPIN?', answer(['+CPIN:READY'])],
    ['cpin-dialects:pin2', 'AT+CPIN?', answer(['+CPIN: SIM PIN2'])],
    ['cpms-dialects:no-mt', 'AT+CPMS="MT"', answer([], '+CMS ERROR: 302')],
    ['cpms-dialects:three-needed', 'AT+CPMS="ME","ME"', answer([], '+CMS ERROR: 302')],
    ['cpms-dialects:none', 'AT+CPMS="ME","ME","ME"', answer([])],
    ['cpms-dialects:names', 'AT+CPMS="SM"', answer(['+CPMS: "SM",0,50,"ME",0,255,"ME",0,255'])],
    ['cpms-dialects:test-empty', 'AT+CPMS=?', answer(['+CPMS: '])],
    ['cmgd-dialects:no-flag', 'AT+CMGD=1,4', answer([], '+CMS ERROR: 304')],
    ['cmgd-dialects:no-flag', 'AT+CMGD=?', answer(['+CMGD: (0-254)'])],
    ['cnmi-refused:all', 'AT+CNMI=2,1,0,0,0', answer([], '+CMS ERROR: 303')],
    ['cnmi-refused:reports,how=error', 'AT+CNMI=2,1,0,2,0', answer([], 'ERROR')],
    ['creg-dialects:zeros', 'AT+CREG?', answer(['+CREG: 000,001'])],
    ['creg-misleads:3', 'AT+CREG?', answer(['+CREG: 0,3'])],
    ['creg-misleads:3', 'AT+CEREG?', answer(['+CEREG: 0,1'])],
    ['error-dialects:na', 'AT+NOSUCH', answer([], 'NA')],
    ['sms-not-ready:for=5s,how=515', 'AT+CPMS?', answer([], '+CME ERROR: 515')],
    ['cmgl-dead:error', 'AT+CMGL=4', answer([], 'ERROR')],
    ['cmgl-dead', 'AT+CMGL=4', ''],
  ])('the fault %s changes the answer to %s', async (fault, command, octets) => {
    const { say } = await bench([fault]);
    expect(await say(command)).toBe(octets);
  });
});
