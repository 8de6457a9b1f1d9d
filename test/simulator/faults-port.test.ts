import { describe, expect, it } from 'vitest';
import { answer, createBench, typeAt } from './host.ts';

describe('the port of a modem', () => {
  it('the port of a modem hangs up and comes back under another number (renumber)', async () => {
    const { clock, modem, host } = createBench({ faults: ['renumber:after=20s,for=5s'] });
    const seen: string[] = [];
    host.onHangup(() => seen.push('hung up'));
    modem.onUsbChange(({ state, number }) => seen.push(`${state} ${number}`));
    await clock.advance(24_000);
    expect(seen).toEqual(['hung up', 'absent 0']);
    await clock.advance(1_000);
    expect(seen.at(-1)).toBe('present 1');
  });

  it('the port of a modem disappears as often as the fault says (unplug)', async () => {
    const { clock, modem } = createBench({ faults: ['unplug:after=10s,for=5s,times=3'] });
    let pulled = 0;
    modem.onUsbChange(({ state }) => {
      if (state === 'absent') pulled += 1;
    });
    await clock.advance(600_000);
    expect(pulled).toBe(3);
    expect(modem.usb.state).toBe('present');
  });

  it('the port of a modem is missing at the start (late-device)', async () => {
    const { clock, modem } = createBench({ family: 'ec25' });
    modem.faults.add('late-device:10s');
    expect(() => modem.attach()).toThrow(expect.objectContaining({ code: 'simulator.port.absent' }));
    await clock.advance(20_000);
    expect(await typeAt(clock, modem).say('AT')).toContain('OK');
  });

  it('the port of a modem is missing after a reset until the mode of the CD-ROM is switched (cdrom-again)', async () => {
    const { clock, modem, say } = createBench({ family: 'ec25', faults: ['cdrom-again:30s'] });
    await say('AT+CFUN=1,1');
    await clock.advance(10_000);
    expect(modem.usb.state).toBe('cd-rom');
    await clock.advance(30_000);
    expect(modem.usb.state).toBe('present');
  });

  it('the port of a modem cannot be opened again at once (cannot-reopen)', async () => {
    const { clock, modem, host } = createBench({ faults: ['cannot-reopen:5s'] });
    host.close();
    expect(() => modem.attach()).toThrow(expect.objectContaining({ code: 'simulator.port.busy' }));
    await clock.advance(5_000);
    expect(() => modem.attach()).not.toThrow();
  });

  it('the port of a modem reads nothing for a while, then all that waited (write-stuck)', async () => {
    const { host, say, wait } = createBench({ faults: ['write-stuck:after=10s,for=30s'] });
    await say('ATE0');
    await wait(10_000);
    let drained = false;
    host.onDrain(() => {
      drained = true;
    });
    expect(host.write(Buffer.from('AT\r'))).toBe(false);
    expect(await wait(29_000)).toBe('');
    expect(await wait(2_000)).toBe(answer([]));
    expect(drained).toBe(true);
  });

  it('the port of a modem stays open and silent (zombie-port)', async () => {
    const { clock, modem, host, say, wait } = createBench({ faults: ['zombie-port:10s'] });
    await wait(10_000);
    expect(await say('AT')).toBe('');
    host.close();
    expect(await typeAt(clock, modem).say('AT')).toContain('OK');
  });

  it('the port of a modem never answers, or prints NMEA sentences (dead-port)', async () => {
    const { say, wait } = createBench({ faults: ['dead-port:nmea'] });
    expect(await say('AT')).toBe('');
    expect(await wait(3_000)).toMatch(/^(?:\$GPGGA.*\r\n){3}$/);
  });

  it('the port of a modem loses octets to another program (port-shared)', async () => {
    const { say } = createBench({ faults: ['port-shared:1,how=steals'] });
    const whole = answer(['359853035323129']);
    await say('ATE0');
    const octets = await say('AT+CGSN');
    expect(octets.length).toBeLessThan(whole.length);
    expect([...octets].every((character) => whole.includes(character))).toBe(true);
  });

  it('the port of a modem keeps what comes before the host listens, as a kernel does', async () => {
    const { clock, modem } = createBench();
    const host = modem.attach('second');
    host.write(Buffer.from('AT\r'));
    await clock.advance(1_000);
    let octets = '';
    host.onBytes((bytes) => {
      octets += Buffer.from(bytes).toString('latin1');
    });
    expect(octets).toBe('AT\r\r\nOK\r\n');
  });

  it('a modem has three other ports: one answers too, one never does, one prints NMEA sentences', async () => {
    const { clock, modem } = createBench();
    for (const [role, heard] of [
      ['second', 'AT\r\r\nOK\r\n'],
      ['dead', ''],
      ['nmea', '$GPGGA,,,,,,0,,,,,,,,*66\r\n'],
    ] as const) {
      const host = modem.attach(role);
      let octets = '';
      host.onBytes((bytes) => {
        octets += Buffer.from(bytes).toString('latin1');
      });
      host.write(Buffer.from('AT\r'));
      await clock.advance(1_500);
      expect(octets).toBe(heard);
    }
  });
});

describe('the supply of a modem', () => {
  it('the supply of a modem fails, and the modem boots without its settings (silent-reboot)', async () => {
    const { say, wait } = createBench({ family: 'sim800', faults: ['silent-reboot:20s'] });
    await say('ATE0+CMEE=2');
    expect(await wait(30_000)).toContain('\r\nRDY\r\n');
    expect(await say('AT+CMEE?')).toBe('AT+CMEE?\r\r\n+CMEE: 1\r\n\r\nOK\r\n');
  });

  it('the supply of a modem is reported as low before it fails (brown-out)', async () => {
    const { wait, modem } = createBench({ family: 'sim800', faults: ['brown-out:after=30s,times=2'] });
    expect(await wait(30_050)).toBe('\r\nUNDER-VOLTAGE WARNNING\r\n\r\nUNDER-VOLTAGE POWER DOWN\r\n');
    await wait(200_000);
    expect(modem.counters.reboots).toBe(2);
  });

  it('boot lines fall into the first answers of a modem whose supply has just returned (boot-urcs)', async () => {
    const { say } = createBench({ family: 'sim800', faults: ['boot-urcs'] });
    expect(await say('AT')).toBe('AT\r\r\nRDY\r\n\r\nOK\r\n');
    expect(await say('AT')).toBe('AT\r\r\n+CFUN: 1\r\n\r\nOK\r\n');
  });

  it('the supply of a modem fails after a flood of notifications that no host reads (noise-flood)', async () => {
    const { host, modem, wait } = createBench({ family: 'zte', faults: ['noise-flood:each=1s,crash=60s'] });
    expect(await wait(3_000)).toMatch(/^(?:\r\n.*\r\n){3}$/);
    host.close();
    await wait(61_000);
    expect(modem.counters.reboots).toBe(1);
  });
});

describe('the SIM and the radio', () => {
  it('a SIM with another PIN locks itself (pin-burn)', async () => {
    const { modem, say, wait } = createBench({ faults: ['pin-burn:pin=9753,left=1'], pin: '1234' });
    await wait(20_000);
    await say('ATE0');
    expect(await say('AT+CPIN?')).toBe(answer(['+CPIN: SIM PIN']));
    expect(await say('AT+CPIN="1234"')).toBe(answer([], '+CME ERROR: 16'));
    expect(modem.sim.pinTries).toBe(0);
    expect(await say('AT+CPIN?')).toBe(answer(['+CPIN: SIM PUK']));
  });

  it('a busy SIM refuses for a while (sim-busy)', async () => {
    const { say, wait } = createBench({ faults: ['sim-busy:20s'] });
    await say('ATE0');
    expect(await say('AT+CPIN?')).toBe(answer([], '+CME ERROR: 14'));
    await wait(20_000);
    expect(await say('AT+CPIN?')).toBe(answer(['+CPIN: READY']));
  });

  it('a SIM fails until CFUN=0 and 1 (sim-drop)', async () => {
    const { say, wait } = createBench({ faults: ['sim-drop:30s'] });
    await say('ATE0');
    expect(await wait(30_000)).toContain('+CPIN: NOT READY');
    expect(await say('AT+CPMS?')).toBe(answer([], '+CME ERROR: 13'));
    await say('AT+CFUN=0');
    await say('AT+CFUN=1');
    await wait(5_000);
    expect(await say('AT+CPIN?')).toBe(answer(['+CPIN: READY']));
  });

  it('the network denies a modem until it registers anew (reg-denied)', async () => {
    const { say, wait } = createBench({ faults: ['reg-denied:10s'] });
    await wait(10_000);
    expect(await say('AT+CREG?')).toContain('+CREG: 0,3');
    await say('AT+CFUN=4');
    await say('AT+CFUN=1');
    await wait(5_000);
    expect(await say('AT+CREG?')).toContain('+CREG: 0,1');
  });

  it('the radio is off after power-on until it is switched on (cold-cfun0)', async () => {
    const { say, wait } = createBench({ faults: ['cold-cfun0'] });
    expect(await say('AT+CPIN?;+CSQ')).toContain('+CME ERROR: 13');
    await say('AT+CFUN=1');
    await wait(5_000);
    expect(await say('AT+CSQ')).toContain('+CSQ: 18,99');
  });
});
