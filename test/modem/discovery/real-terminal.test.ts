import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { readInventory } from '../../../src/modem/discovery/inventory.ts';
import { createModemFinder } from '../../../src/modem/discovery/modem-finder.ts';
import { probeDevice } from '../../../src/modem/discovery/probe-port.ts';
import { openSerial } from '../../../src/modem/port/serial.ts';
import type { Transport } from '../../../src/modem/port/transport.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';
import { type ModemOnPty, modemOnPty } from '../../support/modem-on-pty.ts';

const imei = '860000000000017';
let machine: MadeUpMachine;
let modem: SimulatedModem;
let onPty: ModemOnPty;
let held: Transport | null = null;

beforeEach(async () => {
  machine = makeMachine();
  modem = createModem({ family: 'ec25', clock: systemClock, imei });
  onPty = await modemOnPty(modem, machine.root);
  machine.plug(ec25('1-1', 0, { interfaces: [{ tty: 'ttyUSB0' }] }));
  machine.point('dev/ttyUSB0', onPty.path);
});
afterEach(async () => {
  await held?.close();
  held = null;
  await onPty.close();
  modem.dispose();
  machine.remove();
});

const tools = () => ({ root: machine.root, clock: systemClock, openPort: openSerial });
const ports = () => readInventory(machine.root).devices[0]?.ports ?? [];

describe('a modem on a kernel terminal', () => {
  it('a modem on a kernel terminal is found by its IMEI, and belongs to the line from then on', async () => {
    const finder = createModemFinder({ clock: systemClock, reserved: () => [], root: machine.root });
    held = await finder.open({ kind: 'imei', id: imei }, 115_200);
    const heard = new Promise<string>((resolve) => {
      held?.onBytes((bytes) => resolve(Buffer.from(bytes).toString()));
    });
    await held.write(Buffer.from('AT\r'));
    expect(await heard).toContain('OK');
  });

  it('a terminal is in use while a process has it open, and the process is named', async () => {
    machine.point('proc', '/proc');
    held = await openSerial(join(machine.root, 'dev/ttyUSB0'), 115_200);
    expect(ports()[0]?.holders).toEqual([expect.objectContaining({ pid: process.pid })]);
    expect((await probeDevice(ports(), tools())).tried).toEqual([{ tty: 'ttyUSB0', outcome: 'taken' }]);
  });

  it('a process that cannot see who has a terminal open does not disturb it (E5 port-shared)', async () => {
    held = await openSerial(join(machine.root, 'dev/ttyUSB0'), 115_200);
    const typed: string[] = [];
    modem.watch({
      octets(way, text) {
        if (way === 'in') typed.push(text);
      },
    });
    expect((await probeDevice(ports(), tools())).tried).toEqual([{ tty: 'ttyUSB0', outcome: 'refused' }]);
    expect(typed).toEqual([]);
  });

  it('a terminal is free again after its modem was asked', async () => {
    machine.point('proc', '/proc');
    const answer = await probeDevice(ports(), tools());
    expect(answer.identity).toMatchObject({ imei, maker: 'Quectel' });
    expect(ports()[0]?.holders).toEqual([]);
  });
});
