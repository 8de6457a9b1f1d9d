import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { exitCode, fault } from '../../../src/base/errors.ts';
import { createModemFinder } from '../../../src/modem/discovery/modem-finder.ts';
import { openerOf, parsePortAddress } from '../../../src/modem/port/open-port.ts';
import { exitOf } from '../../../src/words/faults/say.ts';
import { makeMachine } from '../../support/made-up-machine.ts';

const nowhere = '/there-is-no-such-machine';
const modems = createModemFinder({ clock: systemClock, reserved: () => [], root: nowhere });

describe('the port of a line', () => {
  it.each([
    ['/dev/ttyUSB2', { kind: 'serial', path: '/dev/ttyUSB2' }],
    [
      '/dev/serial/by-id/usb-HUAWEI-if02-port0',
      { kind: 'serial', path: '/dev/serial/by-id/usb-HUAWEI-if02-port0' },
    ],
    ['/dev/pts/3', { kind: 'serial', path: '/dev/pts/3' }],
    ['tcp://serial-server.local:4001', { kind: 'tcp', host: 'serial-server.local', port: 4001 }],
    ['tcp://127.0.0.1:65535', { kind: 'tcp', host: '127.0.0.1', port: 65_535 }],
    ['tcp://[::1]:4001', { kind: 'tcp', host: '::1', port: 4001 }],
    ['imei:350000000000017', { kind: 'imei', id: '350000000000017' }],
  ])('the port of a line can be %s', (text, address) => {
    expect(parsePortAddress(text)).toEqual(address);
  });

  it.each([
    '',
    '/',
    'ttyUSB2',
    'COM3',
    'tcp://host',
    'tcp://host:0',
    'tcp://host:65536',
    'tcp://:4001',
    'tcp://a b:1',
    'http://host:80',
    'imei:35',
    'imei:35000000000001x',
  ])('the port of a line cannot be %j', (text) => {
    expect(() => parsePortAddress(text)).toThrow(
      expect.objectContaining({ code: 'port.malformed', facts: { port: text } }),
    );
  });

  it('a malformed port ends a command as a usage error', () => {
    expect(exitOf(fault('port.malformed', { port: 'COM3' }))).toBe(exitCode.usage);
  });

  it('the port of a line is opened when it is asked for, not before', async () => {
    const open = openerOf('/dev/there-is-no-such-port', 115_200, modems);
    await expect(open()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a missing port is distinguished from one whose modem plays a disk (E3 cdrom-again)', async () => {
    const machine = makeMachine();
    machine.plug({ position: '1-3', id: '19d2:0150', interfaces: [{ class: '08' }] });
    const here = createModemFinder({ clock: systemClock, reserved: () => [], root: machine.root });
    await expect(openerOf('/dev/there-is-no-such-port', 115_200, here)()).rejects.toMatchObject({
      code: 'port.storage-mode',
      facts: { usb: '19d2:0150', socket: '1-3' },
    });
    machine.remove();
  });
});
