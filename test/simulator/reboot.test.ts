import { describe, expect, it } from 'vitest';
import { answer, createBench, typeAt } from './host.ts';

describe('a reboot', () => {
  it('a reboot resets what the host had set, echo included', async () => {
    const { modem, say, wait } = createBench({ family: 'sim800' });
    await say('ATE0+CMEE=2;+CNMI=2,2,0,0,0;+CPMS="ME","ME","ME";+CREG=2');
    modem.reboot('silent');
    await wait(60_000);
    expect(await say('AT+CNMI?')).toBe('AT+CNMI?\r\r\n+CNMI: 2,1,0,0,0\r\n\r\nOK\r\n');
    await say('ATE0');
    expect(await say('AT+CPMS?')).toBe(answer(['+CPMS: "SM_P",0,40,"SM_P",0,40,"SM_P",0,40']));
    expect(await say('AT+CMEE?')).toBe(answer(['+CMEE: 1']));
    expect(await say('AT+CREG?')).toBe(answer(['+CREG: 0,1']));
  });

  it('a reboot keeps the settings that an EC25 saves', async () => {
    const { modem, say, wait } = createBench({ family: 'ec25' });
    await say('ATE0+CMEE=2;+CNMI=1,2,0,0,0;+CPMS="SM","SM","SM"');
    modem.reboot('silent');
    await wait(60_000);
    await say('ATE0');
    expect(await say('AT+CNMI?')).toBe(answer(['+CNMI: 1,2,0,0,0']));
    expect(await say('AT+CPMS?')).toBe(answer(['+CPMS: "SM",0,50,"SM",0,50,"SM",0,50']));
    expect(await say('AT+CMEE?')).toBe(answer(['+CMEE: 1']));
  });

  it('a reboot prints the boot lines of the family at their times', async () => {
    const { modem, say, wait } = createBench({ family: 'sim800' });
    await say('ATE0');
    modem.reboot('silent');
    expect(await say('AT')).toBe('');
    expect(await wait(3_000)).toBe('\r\nRDY\r\n');
    expect(await wait(200)).toBe('\r\n+CFUN: 1\r\n');
    expect(await say('AT+CPMS?')).toBe('AT+CPMS?\r\r\nERROR\r\n');
    expect(await wait(10_000)).toBe('\r\n+CPIN: READY\r\n\r\nCall Ready\r\n\r\nSMS Ready\r\n');
  });

  it('a reboot hangs up the port of a USB modem, which is then gone for a while', async () => {
    const { clock, modem, host, say } = createBench({ family: 'ec25' });
    let hungUp = false;
    host.onHangup(() => {
      hungUp = true;
    });
    expect(await say('AT+CFUN=1,1')).toBe('AT+CFUN=1,1\r\r\nOK\r\n');
    await clock.advance(300);
    expect(hungUp).toBe(true);
    expect(() => modem.attach()).toThrow(expect.objectContaining({ code: 'simulator.port.absent' }));
    await clock.advance(4_000);
    const again = typeAt(clock, modem);
    expect(await again.wait(10_000)).toBe(
      '\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\n+QUSIM: 1\r\n\r\n+QIND: SMS DONE\r\n\r\n+QIND: PB DONE\r\n',
    );
  });

  it('a reboot brings a Huawei back as a CD-ROM until its mode is switched', async () => {
    const { clock, modem, say } = createBench({ family: 'huawei' });
    await say('AT+CFUN=1,1');
    await clock.advance(60_000);
    expect(modem.usb.state).toBe('cd-rom');
    modem.plug();
    await clock.advance(5_000);
    const again = typeAt(clock, modem);
    expect(await again.say('AT')).toBe('AT\r\r\nOK\r\n');
  });

  it('a reboot keeps stored texts and requires the PIN again', async () => {
    const { modem, say, wait } = createBench({ family: 'ec25', pin: '1234' });
    expect(await say('AT+CPIN?')).toContain('+CPIN: SIM PIN');
    expect(await say('AT+CPMS?')).toContain('+CMS ERROR: 311');
    await say('AT+CPIN="1234"');
    expect(await wait(10_000)).toContain('+QIND: SMS DONE');
    modem.network.send({ line: '00', length: 1 });
    modem.reboot('silent');
    await wait(20_000);
    expect(await say('AT+CPMS?')).toContain('+CMS ERROR: 311');
    await say('AT+CPIN="1234"');
    await wait(10_000);
    expect(await say('AT+CPMS?')).toContain('+CPMS: "ME",1,255');
  });
});

describe('a SIM', () => {
  it('a SIM is locked by three wrong PINs and opened by its PUK', async () => {
    const { say } = createBench({ family: 'ec25', pin: '1234' });
    await say('ATE0');
    expect(await say('AT+CPIN="0000"')).toBe(answer([], '+CME ERROR: 16'));
    expect(await say('AT+QPINC?')).toContain('+QPINC: "SC",2,10');
    await say('AT+CPIN="0000"');
    await say('AT+CPIN="0000"');
    expect(await say('AT+CPIN?')).toBe(answer(['+CPIN: SIM PUK']));
    expect(await say('AT+CPIN="1234"')).toBe(answer([], '+CME ERROR: 12'));
    expect(await say('AT+CPIN="12345678","4321"')).toBe(answer([]));
    expect(await say('AT+CPIN?')).toBe(answer(['+CPIN: READY']));
  });

  it('a SIM has its own identity and an empty memory after an exchange', async () => {
    const { clock, modem, say } = createBench({ family: 'sim800' });
    modem.network.send({ line: '00', length: 1 });
    modem.swapSim({ iccid: '8982050000000000999', imsi: '450050000000999' });
    await clock.advance(20_000);
    await say('ATE0');
    expect(await say('AT+CIMI')).toContain('\r\n450050000000999\r\n\r\nOK\r\n');
    expect(await say('AT+CPMS?')).toContain('"SM_P",0,40');
  });
});
