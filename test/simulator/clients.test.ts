import { describe, expect, it } from 'vitest';
import { encodeTimestampText } from '../../src/simulator/commands/text-form.ts';
import { composeText } from '../../src/simulator/compose-text.ts';
import { type FamilyName, families } from '../../src/simulator/families/families.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { answer, createBench, type ModemBench } from './host.ts';

/** Not the simulators of other projects, which say as little as those do. */
const modems = Object.values(families)
  .filter(({ searchesForAt }) => searchesForAt)
  .map(({ name }) => name as FamilyName);

const sentAtMs = Date.UTC(2026, 10, 23, 5);

async function quiet(family: FamilyName): Promise<ModemBench> {
  const bench = createBench({ family });
  await bench.say('ATE0');
  return bench;
}

describe('what clients in the field ask', () => {
  it.each(modems)(
    '%s keeps the character set that gammu chooses, and refuses one that it has not',
    async (family) => {
      const { say } = await quiet(family);
      expect(await say('AT+CSCS?')).toBe(answer(['+CSCS: "GSM"']));
      expect(await say('AT+CSCS=?')).toMatch(/\r\n\+CSCS: \("[A-Z]+"(?:,"[A-Z0-9-]+")+\)\r\n\r\nOK\r\n$/);
      expect(await say('AT+CSCS="UCS2"')).toBe(answer([]));
      expect(await say('AT+CSCS?')).toBe(answer(['+CSCS: "UCS2"']));
      expect(await say('AT+CSCS="KOI8"')).not.toContain('OK');
      expect(await say('AT+CSCS?')).toBe(answer(['+CSCS: "UCS2"']));
    },
  );

  it.each(modems)('%s answers what python-gsmmodem and ModemManager ask of every modem', async (family) => {
    const { say, modem } = await quiet(family);
    expect(await say('AT+CSCA?')).toBe(answer(['+CSCA: "+821000000000",145']));
    expect(await say('AT+GCAP')).toBe(answer(['+GCAP: +CGSM,+DS,+ES']));
    expect(await say('AT+CCLK?')).toMatch(/\+CCLK: "\d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d\+36"/);
    expect(await say('AT+CNUM')).toBe(answer([]));
    expect(await say('AT+CSQ=?')).toBe(answer(['+CSQ: (0-31,99),(0-7,99)']));
    expect(await say('AT+CGATT?')).toBe(answer(['+CGATT: 1']));
    expect(await say('AT+CMGF=?')).toBe(answer(['+CMGF: (0-1)']));
    expect(await say('AT+FCLASS=0')).toBe(answer([]));
    for (const [alias, name] of [
      ['+GMI', '+CGMI'],
      ['+GMM', '+CGMM'],
    ] as const)
      expect(await say(`AT${alias}`)).toBe(answer(modem.family.answers[name] as string[]));
    const listed = await say('AT+CLAC');
    for (const name of ['+CMGL', '+CSCS', '+CPIN', '+CSQ']) expect(listed).toContain(`\r\n${name}\r\n`);
  });

  it('a test form of what is accepted has the values, or is refused: never a bare OK', async () => {
    const { say } = await quiet('ec25');
    expect(await say('AT+CTZU=?')).toBe(answer(['+CTZU: (0,1)']));
    expect(await say('AT+CTZU=1')).toBe(answer([]));
    expect(await say('AT+QCFG=?')).toBe(answer([], 'ERROR'));
  });

  it('AT+CNMA with a length takes a report behind a prompt, and the text counts as acknowledged', async () => {
    const { say, modem, host, wait } = await quiet('ec25');
    await say('AT+CSMS=1');
    await say('AT+CNMI=2,2,0,0,0');
    modem.network.sendParts(composeText({ sender: '01055500001', text: '0313242114', sentAtMs }));
    expect(await wait(0)).toContain('+CMT:');
    expect(await say('AT+CNMA=1,2')).toBe('\r\n> ');
    host.write(Buffer.from('0000\u001a', 'latin1'));
    expect(await wait(0)).toBe('\r\nOK\r\n');
    expect(await wait(60_000)).not.toContain('+CMT:');
    expect(await say('AT+CMGS=12')).toBe('\r\n> ');
    host.write(Buffer.from('0000\u001a', 'latin1'));
    expect(await wait(0)).toBe('\r\n+CMS ERROR: 302\r\n');
  });

  it('text mode has the sender, the time and the words of a text', async () => {
    const { say, modem } = await quiet('ec25');
    for (const alphabet of ['gsm7', 'ucs2'] as const)
      modem.network.sendParts(
        composeText({ sender: '+821055500001', text: 'Hall 324-2114', sentAtMs, encoding: { alphabet } }),
      );
    await say('AT+CPMS="ME","ME","ME"');
    await say('AT+CMGF=1');
    const shown = await say('AT+CMGL="ALL"');
    const header = `"REC UNREAD","+821055500001",,"${encodeTimestampText(sentAtMs)}"`;
    expect(encodeTimestampText(sentAtMs)).toBe('26/11/23,14:00:00+36');
    expect(shown).toContain(`+CMGL: 0,${header}\r\nHall 324-2114\r\n`);
    const hex = Buffer.from('Hall 324-2114', 'utf16le').swap16().toString('hex').toUpperCase();
    expect(shown).toContain(`+CMGL: 1,${header}\r\n${hex}\r\n`);
    await say('AT+CSCS="UCS2"');
    expect(await say('AT+CMGR=0')).toContain(
      `"REC READ","${Buffer.from('+821055500001', 'utf16le').swap16().toString('hex').toUpperCase()}"`,
    );
  });

  it('ZTE modems announce texts in mode 2 too', async () => {
    for (const family of ['zte', 'mf710'] as const) {
      const { say, modem, wait } = await quiet(family);
      expect(await say('AT+CNMI=2,1,0,0,0')).toBe(answer([]));
      modem.network.sendParts(composeText({ sender: '01055500001', text: '0313242114', sentAtMs }));
      expect(await wait(0)).toContain('+CMTI:');
    }
  });

  it('a plain simulator sends only what a network delivers: no PDU is cut off', () => {
    const outcomes = (whole: boolean) => {
      const visitors = createVisitors({ seed: 1, whole });
      return new Set(Array.from({ length: 400 }, () => visitors.next(sentAtMs).outcome.kind));
    };
    expect(outcomes(false)).toContain('undecodable');
    expect([...outcomes(true)].sort()).toEqual(['notice', 'unresolved', 'visits']);
  });
});
