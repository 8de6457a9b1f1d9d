import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wiringOf } from '../../../src/modem/port/wiring.ts';
import { type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';

describe('how a modem is connected', () => {
  let machine: MadeUpMachine;

  beforeEach(() => {
    machine = makeMachine();
  });

  afterEach(() => machine.remove());

  it('a port of the modem’s own USB device is one of its interfaces', () => {
    const interfaces = ['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'ttyUSB3'].map((tty) => ({ tty }));
    machine.plug({ position: '1-1', id: '2c7c:0125', interfaces });
    expect(wiringOf('/dev/ttyUSB2', machine.root)).toEqual({ kind: 'usb', interfaceNumber: 2 });
  });

  it('a port of a USB bridge is a UART', () => {
    machine.plug({
      position: '1-2',
      id: '10c4:ea60',
      interfaces: [{ tty: 'ttyUSB4', driver: 'cp210x' }],
    });
    expect(wiringOf('/dev/ttyUSB4', machine.root)).toEqual({ kind: 'uart' });
  });

  it('a port of the board is a UART', () => {
    const folder = 'sys/devices/platform/serial8250/tty/ttyS0';
    machine.file(`${folder}/dev`, '4:64\n');
    mkdirSync(join(machine.root, 'sys/class/tty'), { recursive: true });
    symlinkSync(join(machine.root, folder), join(machine.root, 'sys/class/tty/ttyS0'));
    expect(wiringOf('/dev/ttyS0', machine.root)).toEqual({ kind: 'uart' });
  });

  it('a pseudo-terminal is neither', () => {
    expect(wiringOf('/dev/pts/3', machine.root)).toBeNull();
  });
});
