import { describe, expect, it } from 'vitest';
import { judgeHearing } from '../../../src/modem/port/foreign-peer.ts';

const first = { hasBeenModem: false, closings: 1, heard: null };
const open = (octets: string) => ({ octets, isAnswered: false, isClosedAtOnce: false });

describe('what is heard at a port', () => {
  it.each([
    ['Port already in use\r\n', 'Port already in use'],
    ['\r\nDebian GNU/Linux 13 gate ttyS0\r\n\r\ngate login: ', 'Debian GNU/Linux 13 gate ttyS0'],
    ['\u00ff\u00fb\u0001\u00ff\u00fb\u0003\u00ff\u00fd\u0018Password: ', 'Password:'],
    ['\u001b[1mroot@gate\u001b[0m:~# ATQ0V1E0\r\n', 'root@gate:~# ATQ0V1E0'],
    ['ATQ0V1E0\r\nsh: ATQ0V1E0: not found\r\n', 'sh: ATQ0V1E0: not found'],
    ['HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['$GPGGA,123519,4807.038,N,01131.000,E,1,08*47\r\n', '$GPGGA,123519,4807.038,N,01131.000,E,1,08*47'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2'],
  ])('what is heard at a port is not a modem: %j', (octets, heard) => {
    expect(judgeHearing(open(octets), first)).toEqual({ reason: 'port.not-modem', heard });
  });

  it.each([
    '',
    '\r\nRDY\r\n\r\n+CFUN: 1\r\n+CPIN: READY\r\nSMS Ready\r\n',
    '^SYSSTART\r\n',
    '\r\nERROR\r\n',
    '+CMS ERROR: 500\r\n',
    '350000000000017\r\n',
    '+CMT: ,24\r\n00040B910100000000000000000000000000000000000000000001\r\n',
    // A modem at another rate.
    '\u0000\u00f8\u0080x\u00e6pt\r\n\u00fe',
  ])('what is heard at a port may be a modem: %j', (octets) => {
    expect(judgeHearing(open(octets), first)).toBeNull();
  });

  it('what is heard at a port is an echo if nothing else comes, and no modem was ever there', () => {
    const echo = open('\u001bATQ0V1E0\rATQ0V1E0\rAT+CGSN\r');
    expect(judgeHearing(echo, first)).toEqual({ reason: 'port.echo', heard: null });
    expect(judgeHearing(echo, { ...first, hasBeenModem: true })).toBeNull();
  });

  it('what is heard at a port of a modem counts only if it is said twice or the port closes at once', () => {
    const line = 'Booting kernel';
    const earlier = { ...first, hasBeenModem: true };
    expect(judgeHearing(open(line), earlier)).toBeNull();
    expect(judgeHearing(open(line), { ...earlier, heard: line })?.heard).toBe(line);
    expect(judgeHearing({ ...open(line), isClosedAtOnce: true }, earlier)?.heard).toBe(line);
  });

  it('what is heard at a port that has answered is a modem’s', () => {
    expect(judgeHearing({ ...open('Welcome'), isAnswered: true }, first)).toBeNull();
  });

  it('nothing heard at a port that closes at once means something the third time in a row', () => {
    const closed = { octets: '', isAnswered: false, isClosedAtOnce: true };
    expect(judgeHearing(closed, { ...first, closings: 2 })).toBeNull();
    expect(judgeHearing(closed, { ...first, closings: 3 })).toEqual({ reason: 'port.closes', heard: null });
    expect(judgeHearing({ ...closed, isClosedAtOnce: false }, { ...first, closings: 0 })).toBeNull();
  });
});
