import { describe, expect, it } from 'vitest';
import { composeText } from '../../src/simulator/compose-text.ts';
import type { FamilyName } from '../../src/simulator/families/families.ts';
import { answer, createBench } from './host.ts';

/** A command without `AT`, its information lines, and its result if that is not OK. */
type DialectRow = readonly [command: string, lines: readonly string[], result?: string];

const imei = '359853035323129';
const iccid = '8982050000000000012';

const dialects: Readonly<Record<FamilyName, readonly DialectRow[]>> = {
  huawei: [
    [
      'I',
      [
        'Manufacturer: huawei',
        'Model: E173',
        'Revision: 11.126.16.00.715',
        `IMEI: ${imei}`,
        '+GCAP: +CGSM,+DS,+ES',
      ],
    ],
    ['+CGMI', ['huawei']],
    ['+CGSN', [imei]],
    ['^ICCID?', [`^ICCID: ${iccid}`]],
    ['+CPIN?', ['+CPIN: READY']],
    ['+CREG=2', []],
    ['+CREG?', ['+CREG: 2,1,0A3F,3799B']],
    ['+CEREG?', [], 'COMMAND NOT SUPPORT'],
    ['+CSQ', ['+CSQ: 18,99']],
    ['+COPS?', ['+COPS: 0,0,"SKTelecom",2']],
    ['+CPMS=?', ['+CPMS: ("ME","MT","SM","SR"),("ME","MT","SM","SR"),("ME","MT","SM","SR")']],
    ['+CPMS="ME","ME"', ['+CPMS: 0,23,0,23,0,50']],
    ['+CPMS?', ['+CPMS: "ME",0,23,"ME",0,23,"SM",0,50']],
    ['+CPMS="XX"', [], '+CMS ERROR: 302'],
    ['+CNMI?', ['+CNMI: 0,0,0,0,0']],
    ['+CNMI=?', ['+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)']],
    ['+CNMI=2,1', []],
    ['+CNMI?', ['+CNMI: 2,1,0,0,0']],
    ['+CMGD=?', ['+CMGD: (0-254),(0-4)']],
    ['+CMGR=6', []],
    ['+CMGR=500', [], '+CMS ERROR: 321'],
    ['+NOSUCH', [], 'COMMAND NOT SUPPORT'],
    ['^CURC=0', []],
  ],
  sim800: [
    ['I', ['SIM800 R14.18']],
    ['+CGMR', ['Revision:1418B05SIM800L24']],
    ['+CCID', [iccid]],
    ['+CSQ', ['+CSQ: 18,0']],
    ['+COPS?', ['+COPS: 0,0,"SKTelecom"']],
    ['+CPMS?', ['+CPMS: "SM_P",0,40,"SM_P",0,40,"SM_P",0,40']],
    ['+CPMS="SM","SM","SM"', ['+CPMS: 0,40,0,40,0,40']],
    ['+CNMI=?', ['+CNMI: (0-3),(0-3),(0,2),(0,1),(0,1)']],
    ['+CNMI?', ['+CNMI: 2,1,0,0,0']],
    ['+CNMI=2,1,0,2', [], 'ERROR'],
    ['+CMGD=?', ['+CMGD: (1-40), (0-4)']],
    ['+CMGR=1', []],
    ['+CMGR=0', [], '+CMS ERROR: 321'],
  ],
  sim7600: [
    ['+CGMI', ['SIMCOM INCORPORATED']],
    ['+CGMR', ['+CGMR: LE20B04SIM7600G22']],
    ['+CICCID', [`+ICCID: ${iccid}`]],
    ['+COPS?', ['+COPS: 0,0,"SKTelecom",7']],
    ['+CEREG?', ['+CEREG: 0,1']],
    ['+CPMS=?', ['+CPMS: ("ME","MT","SM","SR"),("ME","MT","SM"),("ME","SM")']],
    ['+CPMS="ME"', ['+CPMS: 0,23,0,50,0,50']],
    ['+CPMS="ME","ME","MT"', [], '+CMS ERROR: operation not allowed'],
    ['+CNMI=2,1,0,1,0', [], '+CMS ERROR: operation not supported'],
    ['+CNMI=2,1,0,0,0', []],
    ['+CMGD=?', ['+CMGD: (),(0-4)']],
    ['+CMGR=3', [], '+CMS ERROR: invalid memory index'],
    ['+CMEE?', ['+CMEE: 2']],
  ],
  ec25: [
    ['I', ['Quectel', 'EC25', 'Revision: EC25EFAR06A03M4G']],
    ['+CGMR', ['EC25EFAR06A08M4G']],
    ['+QCCID', [`+QCCID: ${iccid}`]],
    ['+CREG=2', []],
    ['+CREG?', ['+CREG: 2,1,"0A3F","01A2B307",7']],
    ['+CPMS?', ['+CPMS: "ME",0,255,"ME",0,255,"ME",0,255']],
    ['+CPMS="SM"', ['+CPMS: 0,50,0,255,0,255']],
    ['+CMEE=0', []],
    ['+CPIN="0000"', [], 'ERROR'],
    ['+CMEE=1', []],
    ['+CPIN="0000"', [], '+CME ERROR: 3'],
    ['+CMEE=2', []],
    ['+CPIN="0000"', [], '+CME ERROR: operation not allowed'],
    ['+CNMA', [], '+CMS ERROR: no +CNMA acknowledgement expected'],
    ['+CSMS?', ['+CSMS: 0,1,1,1']],
    ['+QURCCFG="urcport"', ['+QURCCFG: "urcport","usbat"']],
    ['+CRSM=176,12258,0,0,10', ['+CRSM: 144,0,"982850000000000010F2"']],
  ],
  zte: [
    ['+CGMI', ['ZTE CORPORATION']],
    ['+CFUN?', ['+CFUN: (0-1,4-7),(0-1)']],
    ['+ZPINPUK=?', ['+ZPINPUK: 3,10']],
    ['+CPMS="SM","SM"', ['+CPMS: 0,50,0,50,0,100']],
    ['+CNMI=2,1,0,0,0', []],
    ['+CNMI=1,1,0,0,0', []],
    ['+NOSUCH', [], 'ERROR'],
  ],
  e220: [['+CPMS="SM","SM","SM"', []]],
  e3531: [
    ['+CPMS="MT"', [], '+CMS ERROR: 302'],
    ['+CNMI=2,1,0,0,0', [], '+CMS ERROR: 303'],
    ['+CNMI=2,0,0,2,1', [], '+CMS ERROR: 303'],
    ['+CNMI=2,0,0,1,1', []],
  ],
  a7670: [['+CNMI=2,2,0,1,0', [], '+CMS ERROR: operation not supported']],
  bg770a: [
    ['+CNMI=0,1,0,0,0', [], '+CMS ERROR: 303'],
    ['+CMGD=?', ['+CMGD: (1-50),(0-4)']],
  ],
  mf710: [
    ['+CPMS?', ['+CPMS: "ME", 0, 50, "ME", 0, 50, "ME", 0, 50']],
    ['+NOSUCH', [], '+CME ERROR: 100'],
  ],
  wavecom: [
    ['+CGMI', [' WAVECOM MODEM']],
    ['+CGMR', [], 'ERROR'],
    ['+CPMS=?', ['+CPMS: (("SM","BM","SR"),("SM"))']],
    ['+CPMS="SM","SM","SM"', [], '+CMS ERROR: 302'],
    ['+CPMS="SM","SM"', ['+CPMS: 0,20,0,20']],
  ],
  mc75i: [
    ['+CPMS?', ['+CPMS: "ME",0,25,"ME",0,25,"SM",0,20']],
    ['+CNMI=2,1,0,0,0', [], '+CMS ERROR: 303'],
    ['+CNMI=2,1,0,0,1', []],
    ['+CMGR=1', ['+CMGR: 0,,0', '']],
  ],
  t77w968: [
    ['+CPMS="ME","ME"', ['+CPMS: 0,23,0,23,0,10']],
    ['+CPMS="ME","ME","ME"', ['+CPMS: 0,23,0,23,0,23']],
  ],
  phonesim: [
    ['I', ['Meego Synthetic Phone']],
    ['+CGSN', ['1234567890']],
    ['+CMEE=1', [], 'ERROR'],
    ['+CPMS=?', ['+CPMS: ("SM","ME"),("SM","ME"),("SM")']],
    ['+CPMS?', [], 'ERROR'],
    ['+CPMS="SM","SM","SM"', ['+CPMS: 0,99,0,99,0,99']],
    ['+CPMS="ME","ME","SM"', ['+CPMS: 0,99,0,99,0,99']],
    ['+CPMS="ME","ME","ME"', [], 'ERROR'],
    ['+CPMS="SM"', [], 'ERROR'],
    ['+CNMI=?', ['+CNMI: (0,1,2,3),(0,1),(0,1,2),(0),(0,1)']],
    ['+CNMI=2,1,0,0,0', []],
    ['+CNMI?', [], 'ERROR'],
    ['+CMGF=0', []],
    ['+CMGL=4', [], '+CMS ERROR: 321'],
    ['+CMGR=1', [], 'ERROR\r\nOK'],
    ['+CMGD=?', [], 'ERROR'],
    ['+CMGD=1,0', [], '+CMS ERROR: 304'],
  ],
  android: [
    ['Q0V1E0', [], 'ERROR: UNSUPPORTED'],
    ['E0Q0V1', []],
    ['+CGMI', [], 'ERROR: UNSUPPORTED'],
    ['+CGSN', ['000000000000000']],
    ['+CMEE=1', []],
    ['+CPMS?', [], 'ERROR: UNSUPPORTED'],
    ['+CPMS=?', [], 'ERROR: UNSUPPORTED'],
    ['+CMGF?', [], 'ERROR: UNSUPPORTED'],
    ['+CMGF=0', []],
    ['+CMGL=4', [], 'ERROR: UNSUPPORTED'],
    ['+CNMI=2,1,0,0,0', [], 'ERROR: UNSUPPORTED'],
    ['+CNMI=1,2,2,1,1', []],
    ['+CNMI?', ['+CNMI: 1,2,2,1,1']],
    ['+CSMS=1', ['+CSMS: 1, 1, 1']],
    ['+CNMA=1', []],
    ['+CMEE=1;+CMGF=0', [], 'ERROR: UNSUPPORTED'],
  ],
};

describe.each(Object.entries(dialects))('%s', (family, rows) => {
  it(`the modem ${family} answers as field reports show, octet by octet`, async () => {
    const { say } = createBench({ family: family as FamilyName });
    await say('ATE0');
    for (const [command, lines, result] of rows)
      expect({ command, octets: await say(`AT${command}`) }).toEqual({
        command,
        octets: answer(lines, result),
      });
  });
});

describe('a modem that answers only lines that begin with AT', () => {
  it.each(['phonesim', 'android'] as const)(
    '%s echoes nothing, and nothing comes after ESC',
    async (family) => {
      const { say } = createBench({ family });
      expect(await say('\u001bATQ0V1E0')).toBe('');
      expect(await say('AT+CGSN')).toBe(answer([family === 'phonesim' ? '1234567890' : '000000000000000']));
    },
  );

  it('the Android emulator does not answer AT alone', async () => {
    expect(await createBench({ family: 'android' }).say('AT')).toBe('');
    expect(await createBench({ family: 'phonesim' }).say('AT')).toBe(answer([]));
  });
});

describe('a text that arrives', () => {
  const sentAtMs = Date.UTC(2026, 10, 23, 5);
  const text = () => composeText({ sender: '01055500123', text: '031-324-2114', sentAtMs });

  it('phonesim stores a text on the SIM, announces, lists and deletes it', async () => {
    const { modem, say, wait } = createBench({ family: 'phonesim' });
    const [sent] = modem.network.sendParts(text());
    expect(await wait(0)).toBe('\r\n+CMTI: "SM",1\r\n');
    expect(await say('AT+CMGL=4')).toBe(answer([`+CMGL: 1,0,,${sent?.length}`, sent?.pdu ?? '']));
    expect(await say('AT+CMGD=1')).toBe(answer([]));
    expect(await say('AT+CMGL=4')).toBe(answer([], '+CMS ERROR: 321'));
  });

  it('the Android emulator delivers a text of any class directly, without length and service centre', async () => {
    const { modem, wait } = createBench({ family: 'android' });
    const [part] = text();
    const tpdu = Buffer.from(part?.tpdu ?? []).toString('hex');
    modem.network.send({ tpdu: part?.tpdu ?? new Uint8Array(), messageClass: 2 });
    expect(await wait(0)).toBe(`\r\n+CMT: 0\r\n${tpdu}\r\n`);
    expect(modem.network.journal.counts()).toMatchObject({ handed: 1, queued: 0, lost: 0 });
  });
});

describe('the wire of a modem', () => {
  it('the wire of a modem carries the echo of a command with its CR before the framed answer', async () => {
    const { say } = createBench({ family: 'huawei' });
    expect(await say('AT+CPMS?')).toBe('AT+CPMS?\r\r\n+CPMS: "SM",0,50,"SM",0,50,"SM",0,50\r\n\r\nOK\r\n');
  });

  it('the wire of a modem carries the echo of ATE0 itself and then none until after ATE1', async () => {
    const { say } = createBench();
    expect(await say('ATE0')).toBe('ATE0\r\r\nOK\r\n');
    expect(await say('AT')).toBe('\r\nOK\r\n');
    expect(await say('ATE1')).toBe('\r\nOK\r\n');
    expect(await say('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('several commands in one line are answered until one fails', async () => {
    const { say } = createBench();
    await say('ATE0');
    expect(await say('AT+CMEE=0;+CGMI;+NOSUCH;+CGMM')).toBe('\r\nQuectel\r\n\r\nERROR\r\n');
  });

  it('commands that come in one piece are answered one after the other', async () => {
    const { say } = createBench();
    await say('ATE0');
    expect(await say('AT+CGMI\rAT+CGMM')).toBe('\r\nQuectel\r\n\r\nOK\r\n\r\nEC25\r\n\r\nOK\r\n');
  });

  it('a line that is not a command gets no answer', async () => {
    const { say } = createBench();
    expect(await say('hello')).toBe('hello\r');
  });

  it('the prompt for a message takes what is typed until ESC', async () => {
    const { say, host, wait } = createBench();
    await say('ATE0');
    expect(await say('AT+CMGS=24')).toBe('\r\n> ');
    expect(await say('AT')).toBe('');
    host.write(Buffer.from('\u001b'));
    expect(await wait(0)).toBe('\r\nOK\r\n');
    expect(await say('AT')).toBe('\r\nOK\r\n');
  });

  it('the wire of a modem takes the time of its latency and baud rate', async () => {
    const { say, wait } = createBench({ latencyMs: 30, baudRate: 9_600 });
    expect(await say('AT')).toBe('');
    expect(await wait(3)).toBe('');
    const octets = (await wait(20)) + (await wait(40));
    expect(octets).toBe('AT\r\r\nOK\r\n');
  });
});
