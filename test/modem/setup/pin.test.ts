import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { PinRefusals } from '../../../src/modem/line.ts';
import { startBench } from '../../support/line-bench.ts';
import type { ScriptedModem } from '../../support/scripted-modem.ts';

const iccid = '8982000000000000017';

/** What a register on disk would keep: it outlives lines. */
function attempts(): PinRefusals & { readonly keys: Set<string> } {
  const keys = new Set<string>();
  return {
    keys,
    failed: (key) => keys.has(key),
    remember: (key) => keys.add(key),
    forget: (key) => keys.delete(key),
  };
}

const locked = (pin: string) => (modem: ScriptedModem) => modem.set('pin', pin);
const pinsSent = (modem: ScriptedModem) => modem.sent.filter((text) => text.startsWith('AT+CPIN='));

describe('the PIN on file', () => {
  it('the PIN on file unlocks the SIM, and its use does not count as a failed try', async () => {
    const pinRefusals = attempts();
    const bench = startBench({}, { pin: () => '1234', pinRefusals }, locked('1234'));
    await bench.until('ready');
    expect(pinsSent(bench.modem)).toEqual(['AT+CPIN="1234"']);
    expect(pinRefusals.keys.size).toBe(0);
  });

  it('the PIN on file is remembered before it is sent', async () => {
    const pinRefusals = attempts();
    const bench = startBench({}, { pin: () => '1234', pinRefusals }, locked('1234'));
    bench.modem.on(/^AT\+CPIN="/, () => {
      expect([...pinRefusals.keys]).toEqual([`${iccid} 1234`, iccid]);
      return undefined;
    });
    await bench.until('ready');
    expect(pinsSent(bench.modem)).toHaveLength(1);
  });

  it('D1: a wrong PIN on file is tried once, and never again, whatever restarts', async () => {
    const pinRefusals = attempts();
    const options = { pin: () => '0000', pinRefusals };
    const first = startBench({}, options, locked('1234'));
    await first.until('pin-needed');
    await first.clock.advance(3_600_000);
    first.modem.tell('RDY');
    await first.clock.advance(60_000);
    expect(pinsSent(first.modem)).toHaveLength(1);
    expect(first.line.report()).toMatchObject({ state: 'pin-needed', reason: 'pin.refused' });
    const told = first.events.filter(({ code }) => code === 'line.pin-sent');
    expect(told).toEqual([{ level: 'warn', code: 'line.pin-sent', facts: { accepted: false } }]);

    const second = startBench({}, options, locked('1234'));
    await second.until('pin-needed');
    await second.clock.advance(3_600_000);
    expect(pinsSent(second.modem)).toEqual([]);
    expect(second.line.report().reason).toBe('pin.refused');
  });

  it('the PIN on file is tried on another SIM', async () => {
    const pinRefusals = attempts();
    pinRefusals.remember(iccid);
    const bench = startBench(
      { iccid: '8982000000000000025' },
      { pin: () => '1234', pinRefusals },
      locked('1234'),
    );
    await bench.until('ready');
    expect([...pinRefusals.keys]).toEqual([iccid]);
  });

  it('the PIN on file is remembered by the modem if the SIM shows no number before it', async () => {
    const pinRefusals = attempts();
    const bench = startBench({}, { pin: () => '0000', pinRefusals }, locked('1234'));
    bench.modem.on(/^AT\+CCID$/, ['+CME ERROR: 11']);
    await bench.until('pin-needed');
    await bench.clock.advance(120_000);
    expect([...pinRefusals.keys]).toEqual(['imei:350000000000017 0000', 'imei:350000000000017']);
    expect(pinsSent(bench.modem)).toHaveLength(1);
  });

  it('the PIN on file is tried again after a person has unlocked the SIM, because its tries count anew then', async () => {
    const pinRefusals = attempts();
    pinRefusals.remember(iccid);
    const bench = startBench({}, { pin: () => '1234', pinRefusals }, locked('1234'));
    await bench.until('pin-needed');
    bench.modem.set('pin', '');
    await bench.until('ready');
    expect(pinRefusals.keys.size).toBe(0);
  });

  it('D1: another PIN on file is tried on a SIM that has refused one, only if all its tries are left again', async () => {
    const pinRefusals = attempts();
    let onFile = '0000';
    const options = { pin: () => onFile, pinRefusals };
    const quectel = { maker: 'Quectel', model: 'EC25' };
    const withTries = (left: () => number) => (modem: ScriptedModem) => {
      modem.set('pin', '1234');
      modem.on(/^AT\+QPINC\?$/, () => [`+QPINC: "SC",${left()},10`, 'OK']);
    };
    let left = 3;
    const first = startBench(
      quectel,
      options,
      withTries(() => left),
    );
    await first.until('pin-needed');
    await first.clock.advance(60_000);
    left = 2;
    expect(pinsSent(first.modem)).toHaveLength(1);
    onFile = '1234';
    await first.clock.advance(3_600_000);
    expect([pinsSent(first.modem).length, first.line.report().reason]).toEqual([1, 'pin.refused']);
    // The SIM was in a telephone, where its owner typed the right PIN: its tries count anew.
    left = 3;
    await first.until('ready');
    expect(pinsSent(first.modem)).toEqual(['AT+CPIN="0000"', 'AT+CPIN="1234"']);
    // What it has refused once it never gets again.
    onFile = '0000';
    const second = startBench(
      quectel,
      options,
      withTries(() => 3),
    );
    await second.until('pin-needed');
    await second.clock.advance(3_600_000);
    expect(pinsSent(second.modem)).toEqual([]);
  });

  it('the PIN on file is not tried if the answer may have been lost', async () => {
    const pinRefusals = attempts();
    const bench = startBench({}, { pin: () => '1234', pinRefusals }, locked('1234'));
    bench.modem.on(/^AT\+CPIN="/, 'silence');
    await bench.until('pin-needed');
    await bench.clock.advance(3_600_000);
    expect(pinsSent(bench.modem)).toHaveLength(1);
  });

  it.each([
    ['there is none', null, 'pin.missing'],
    ['it is not a PIN', '12a4', 'pin.malformed'],
    ['it would run on into the command', '1234",1', 'pin.malformed'],
  ])('the PIN on file is not sent if %s', async (_name, pin, reason) => {
    const bench = startBench({}, { pin: () => pin, pinRefusals: attempts() }, locked('1234'));
    await bench.until('pin-needed');
    expect(bench.line.report().reason).toBe(reason);
    expect(pinsSent(bench.modem)).toEqual([]);
  });

  it.each(['pin.unreadable', 'pin.permissions', 'pin.malformed'])(
    'the PIN waits for a person if its file is refused (%s), and is sent once the file is right',
    async (code) => {
      let isRight = false;
      const pin = () => {
        if (isRight) return '1234';
        throw new AppError(code);
      };
      const bench = startBench({}, { pin, pinRefusals: attempts() }, locked('1234'));
      await bench.until('pin-needed');
      await bench.clock.advance(600_000);
      expect(bench.line.report()).toMatchObject({ state: 'pin-needed', reason: code });
      expect(bench.states.filter((state) => state.startsWith('recovering'))).toEqual([]);
      expect(pinsSent(bench.modem)).toEqual([]);
      isRight = true;
      await bench.until('ready');
      expect(pinsSent(bench.modem)).toHaveLength(1);
    },
  );

  it.each([
    ['huawei', '', 'AT^CPIN?', '^CPIN: SIM PIN,2,10,2,10,3'],
    ['ZTE CORPORATION', 'MF190', 'AT+ZPINPUK=?', '+ZPINPUK: 2,10'],
    ['Quectel', 'EC25', 'AT+QPINC?', '+QPINC: "SC",2,10'],
    ['SIMCOM_Ltd', 'SIMCOM_SIM800L', 'AT+SPIC', '+SPIC: 2,10,0,10'],
  ])(
    'the PIN on file is not sent to a %s whose SIM has fewer than all tries left',
    async (maker, model, ask, answer) => {
      const bench = startBench({ maker, model }, { pin: () => '1234', pinRefusals: attempts() }, (modem) => {
        modem.set('pin', '1234');
        modem.on(new RegExp(`^${ask.replace(/[\^+?]/g, '\\$&')}$`), [answer, 'OK']);
      });
      await bench.until('pin-needed');
      expect(bench.line.report().reason).toBe('pin.tries-low');
      expect(pinsSent(bench.modem)).toEqual([]);
    },
  );

  it('the PIN on file is not sent to a SIM that requires its PUK', async () => {
    const bench = startBench({}, { pin: () => '1234', pinRefusals: attempts() });
    bench.modem.on(/^AT\+CPIN\?$/, ['+CPIN: SIM PUK', 'OK']);
    await bench.until('pin-needed');
    await bench.clock.advance(600_000);
    expect(bench.line.report().reason).toBe('sim.locked');
    expect(pinsSent(bench.modem)).toEqual([]);
  });
});
