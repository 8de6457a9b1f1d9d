import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { surveyModems } from '../../../src/doctor/survey-modems.ts';
import { readInventory } from '../../../src/modem/discovery/inventory.ts';
import { createModemFinder } from '../../../src/modem/discovery/modem-finder.ts';
import type { ModemId } from '../../../src/modem/modem-id.ts';
import { parsePortAddress } from '../../../src/modem/port/open-port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';
import { createScriptedModem, type ScriptedModem } from '../../support/scripted-modem.ts';

const imei = '350000000000017';

let machine: MadeUpMachine;
let clock: FakeClock;
let modems: ScriptedModem[];
let opened: string[];

beforeEach(() => {
  machine = makeMachine();
  clock = new FakeClock();
  opened = [];
});
afterEach(() => machine.remove());

/** One USB device whose ports each lead to a modem: all have the same IMEI, each its own SIM; the fourth is dead. */
function plugPool(id: string, ports: number): void {
  const interfaces = Array.from({ length: ports }, (_, number) => ({ tty: `ttyUSB${number}` }));
  machine.plug({ position: '1-1', id, interfaces });
  modems = Array.from({ length: ports }, (_, number) => {
    const modem = createScriptedModem({ clock, imei, iccid: `898200000000000${1000 + number}` });
    modem.on(/^AT\+CIMI$/, [`45000000000${1000 + number}`, 'OK']);
    if (number === 3) modem.on(/./, 'silence');
    return modem;
  });
}

async function openPort(path: string) {
  const tty = basename(path);
  opened.push(tty);
  const modem = modems[Number(tty.slice('ttyUSB'.length))];
  if (!modem) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  return modem.open();
}

const finder = () => createModemFinder({ clock, reserved: () => [], root: machine.root, openPort });

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const done = promise.finally(() => {
    isSettled = true;
  });
  done.catch(() => {});
  for (let ms = 0; !isSettled && ms < 60_000; ms += 100) await clock.advance(100);
  return done;
}

describe('a pool of modems behind one USB device', () => {
  it.each([
    ['2c7c:0125', 8],
    ['1e0e:9001', 16],
    ['1a86:55d9', 8],
  ])('E7: a pool of modems (%s, %i ports) gives each line the modem with its SIM', async (id, ports) => {
    plugPool(id, ports);
    const here = finder();
    const wanted: [ModemId, string][] = [
      [{ kind: 'iccid', id: '8982000000000001005' }, 'ttyUSB5'],
      [{ kind: 'imsi', id: '450000000001002' }, 'ttyUSB2'],
      // With its check digit.
      [{ kind: 'iccid', id: '89820000000000010073' }, 'ttyUSB7'],
    ];
    for (const [modem, tty] of wanted) {
      await inTime(here.open(modem, 115_200));
      expect(opened.at(-1)).toBe(tty);
    }
    // Each port was asked once, and three were opened for their lines.
    expect(opened).toHaveLength(ports + 3);
  });

  it('E7: a pool of modems names an IMEI that several have, and a SIM that none has', async () => {
    plugPool('2c7c:0125', 8);
    const here = finder();
    await expect(inTime(here.open({ kind: 'imei', id: imei }, 115_200))).rejects.toMatchObject({
      code: 'port.imei-shared',
      facts: { imei, modems: 7 },
    });
    await expect(inTime(here.open({ kind: 'imsi', id: '450000000009999' }, 115_200))).rejects.toMatchObject({
      code: 'port.sim-not-found',
    });
  });

  it('G13: a pool of modems is asked anew for a SIM that has left its modem', async () => {
    plugPool('2c7c:0125', 8);
    const here = finder();
    const wanted: ModemId = { kind: 'imsi', id: '450000000001001' };
    await inTime(here.open(wanted, 115_200));
    expect(opened.at(-1)).toBe('ttyUSB1');
    modems[1]?.on(/^AT\+CIMI$/, ['450000000001006', 'OK']);
    await expect(inTime(here.open(wanted, 115_200))).rejects.toMatchObject({ code: 'port.sim-not-found' });
  });

  it('E7: a pool of modems is listed port by port, each with its SIM and its line', async () => {
    plugPool('2c7c:0125', 8);
    const line = { name: 'line1', port: 'iccid:8982000000000001004', baudRate: 115_200 };
    const config = { dataDir: '/nowhere', lines: [line] } as unknown as Parameters<
      typeof surveyModems
    >[0]['config'];
    const found = await inTime(surveyModems({ config, clock, root: machine.root, openPort }));
    expect(found.map(({ iccid }) => iccid?.slice(-4) ?? null)).toEqual([
      ...['1000', '1001', '1002', null],
      ...['1004', '1005', '1006', '1007'],
    ]);
    expect(found.filter((each) => each.line === 'line1').map(({ answers }) => answers)).toEqual(['ttyUSB4']);
    expect(found.every(({ ports }) => ports.length === 1)).toBe(true);
  });

  it('A6: a device with fewer ports is one modem', () => {
    const interfaces = [0, 1, 2, 3].map((number) => ({ tty: `ttyUSB${number}` }));
    machine.plug({ position: '1-1', id: '2c7c:0125', interfaces });
    expect(readInventory(machine.root).devices).toHaveLength(1);
  });
});

describe('a line that is given by its SIM', () => {
  it.each([
    ['iccid:8982000000000000017', { kind: 'iccid', id: '8982000000000000017' }],
    ['iccid:898602F9000000000017', { kind: 'iccid', id: '898602F9000000000017' }],
    ['imsi:450000000000017', { kind: 'imsi', id: '450000000000017' }],
  ])('a line that is given by its SIM has the address %s', (port, address) => {
    expect(parsePortAddress(port)).toEqual(address);
  });

  it.each([
    'iccid:1',
    'iccid:0182000000000000017',
    'imsi:12345',
    'imsi:4500000000000178',
    'IMSI:450000000000017',
  ])('a line cannot be given by %s', (port) => {
    expect(() => parsePortAddress(port)).toThrow(expect.objectContaining({ code: 'port.malformed' }));
  });
});
