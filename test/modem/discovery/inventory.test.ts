import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInventory } from '../../../src/modem/discovery/inventory.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';

let machine: MadeUpMachine;
beforeEach(() => {
  machine = makeMachine();
});
afterEach(() => machine.remove());

const portsOf = (index = 0) => readInventory(machine.root).devices[index]?.ports ?? [];

describe('what is plugged into a machine', () => {
  it('a machine without modems has an empty inventory', () => {
    expect(readInventory(machine.root)).toMatchObject({ devices: [], storageSticks: [] });
  });

  it('the inventory has maker, serial number, interface and driver of each port', () => {
    machine.plug(ec25('1-1.2', 0, { serial: 'A1B2' }));
    const [device] = readInventory(machine.root).devices;
    expect(device).toMatchObject({
      kind: 'modem',
      position: '1-1.2',
      vendor: '2c7c',
      product: '0125',
      maker: 'Quectel',
      model: 'EC25',
      serial: 'A1B2',
      number: '189:6',
    });
    expect(device?.ports[0]).toMatchObject({
      name: 'ttyUSB2',
      node: '/dev/ttyUSB2',
      interfaceNumber: 2,
      driver: 'option',
      number: '188:2',
    });
  });

  it.each([
    ['2c7c:0125', 4, 'ttyUSB2'],
    ['1e0e:9001', 5, 'ttyUSB2'],
    ['19d2:0117', 4, 'ttyUSB2'],
    ['1199:68c0', 4, 'ttyUSB3'],
    ['1bc7:1201', 3, 'ttyUSB0'],
  ])('the ports of a modem %s begin with the port that its family answers on', (id, count, first) => {
    const interfaces = Array.from({ length: count }, (_, n) => ({ tty: `ttyUSB${n}` }));
    machine.plug({ position: '1-1', id, interfaces });
    expect(portsOf()[0]?.name).toBe(first);
    expect(portsOf()).toHaveLength(count);
  });

  it('ports are listed in the order of their terminals, the tenth behind the second', () => {
    ['ttyUSB10', 'ttyUSB2', 'ttyACM11', 'ttyACM3'].forEach((tty, n) => {
      machine.plug({ position: `1-${n + 1}`, id: '0403:6001', interfaces: [{ tty }] });
    });
    const { devices } = readInventory(machine.root);
    expect(devices.map(({ ports }) => ports[0]?.name)).toEqual([
      'ttyACM3',
      'ttyACM11',
      'ttyUSB2',
      'ttyUSB10',
    ]);
  });

  it('the ports of a Huawei begin with its user interface, whatever its number', () => {
    const interfaces = [{ protocol: '01' }, { protocol: '03' }, { protocol: '10' }, { protocol: '12' }];
    machine.plug({
      position: '1-1',
      id: '12d1:1506',
      interfaces: interfaces.map((one, n) => ({ ...one, tty: `ttyUSB${n}` })),
    });
    expect(portsOf()[0]?.name).toBe('ttyUSB3');
  });

  it.each([
    ['0403:6001', 'bridge'],
    ['10c4:ea60', 'bridge'],
    ['1a86:7523', 'bridge'],
    ['2341:0043', 'other'],
    ['1546:01a8', 'other'],
    ['1546:1102', 'modem'],
    ['05c6:9215', 'modem'],
    ['05c6:9091', 'other'],
    ['12d1:1001', 'modem'],
  ])('the inventory classes a device %s as: %s', (id, kind) => {
    machine.plug({ position: '1-1', id, interfaces: [{ tty: 'ttyACM0', driver: 'cdc_acm' }] });
    expect(readInventory(machine.root).devices[0]?.kind).toBe(kind);
  });

  it('the inventory names the path that survives a restart: by serial number, by socket, or neither', () => {
    machine.plug(ec25('1-1', 0));
    expect(portsOf()[0]?.path).toBe('/dev/ttyUSB2');
    machine.link('by-path', 'pci-0000:00:14.0-usb-0:1:1.2-port0', 'ttyUSB2');
    expect(portsOf()[0]?.path).toBe('/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.2-port0');
    machine.link('by-id', 'usb-Quectel_EC25-if02-port0', 'ttyUSB2');
    expect(portsOf()[0]?.path).toBe('/dev/serial/by-id/usb-Quectel_EC25-if02-port0');
  });

  it('E7: the inventory distinguishes two sticks with one serial number by their sockets', () => {
    machine.plug(ec25('1-1', 0, { serial: '0123456789ABCDEF' }));
    machine.plug(ec25('1-2', 4, { serial: '0123456789ABCDEF', devnum: 8 }));
    // udev has one name for both: the one that came last has it.
    machine.link('by-id', 'usb-Quectel_EC25_0123456789ABCDEF-if02-port0', 'ttyUSB6');
    machine.link('by-path', 'usb-0:1:1.2-port0', 'ttyUSB2');
    machine.link('by-path', 'usb-0:2:1.2-port0', 'ttyUSB6');
    expect(portsOf(0)[0]?.path).toBe('/dev/serial/by-path/usb-0:1:1.2-port0');
    expect(portsOf(1)[0]?.path).toBe('/dev/serial/by-path/usb-0:2:1.2-port0');
  });

  it.each([
    ['12d1:1f01', ['08']],
    ['19d2:0150', ['08', '08']],
    ['19d2:0999', ['08']],
  ])('the inventory recognises a modem that plays a disk: %s', (id, classes) => {
    machine.plug({ position: '1-3', id, interfaces: classes.map((each) => ({ class: each })) });
    expect(readInventory(machine.root)).toMatchObject({
      devices: [],
      storageSticks: [{ position: '1-3', vendor: id.slice(0, 4), product: id.slice(5) }],
    });
  });

  it.each([
    ['0781:5567', ['08']],
    ['12d1:1506', ['ff', '08']],
  ])(
    'the inventory mistakes neither a disk nor a modem with ports for a modem that plays a disk: %s',
    (id, classes) => {
      machine.plug({ position: '1-3', id, interfaces: classes.map((each) => ({ class: each })) });
      expect(readInventory(machine.root).storageSticks).toEqual([]);
    },
  );

  it('E5: the inventory names the process that has a port open, and recognises a gateway by its folder', () => {
    machine.plug(ec25('1-1', 0));
    machine.file('dev/ttyUSB2', '');
    machine.process(812, 'node', 'node /usr/lib/visitlog/dist/cli/main.js run', [
      '/dev/ttyUSB2',
      '/dev/null',
    ]);
    machine.process(411, 'ModemManager', '/usr/sbin/ModemManager', ['/dev/ttyUSB3']);
    const holders = Object.fromEntries(portsOf().map((port) => [port.name, port.holders]));
    expect(holders).toEqual({
      ttyUSB0: [],
      ttyUSB1: [],
      ttyUSB2: [{ pid: 812, name: 'visitlog' }],
      ttyUSB3: [{ pid: 411, name: 'ModemManager' }],
    });
  });

  it('the inventory loses only the stick that is pulled', () => {
    machine.plug(ec25('1-1', 0));
    machine.plug(ec25('1-2', 4, { devnum: 8 }));
    machine.unplug('1-1');
    expect(readInventory(machine.root).devices.map(({ position }) => position)).toEqual(['1-2']);
  });
});
