import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createModemFinder } from '../../../src/modem/discovery/modem-finder.ts';
import type { ModemFinder } from '../../../src/modem/port/open-port.ts';
import type { Transport } from '../../../src/modem/port/transport.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';
import { type PluggedModems, plugModems } from '../../support/plugged-modems.ts';
import { createScriptedModem } from '../../support/scripted-modem.ts';

const imeiA = '860000000000017';
const imeiB = '860000000000025';

let machine: MadeUpMachine;
let clock: FakeClock;
let plugged: PluggedModems;
let modems: SimulatedModem[];

beforeEach(() => {
  machine = makeMachine();
  clock = new FakeClock();
  plugged = plugModems();
  modems = [];
});
afterEach(() => {
  for (const modem of modems) modem.dispose();
  machine.remove();
});

function modemWith(imei: string, more: { faults?: string[] } = {}): SimulatedModem {
  const modem = createModem({ family: 'ec25', clock, imei, ...more });
  modems.push(modem);
  return modem;
}

function finder(reserved: readonly string[] = []): ModemFinder {
  return createModemFinder({
    clock,
    reserved: () => reserved,
    root: machine.root,
    openPort: plugged.openPort,
  });
}

/** Lets time pass until the promise settles, one way or the other. */
async function inTime<T>(promise: Promise<T>, limitMs = 60_000): Promise<T> {
  let settled = false;
  const done = promise.finally(() => {
    settled = true;
  });
  done.catch(() => {});
  for (let ms = 0; !settled && ms < limitMs; ms += 100) await clock.advance(100);
  expect(settled).toBe(true);
  return done;
}

/** The IMEI that answers at an open transport. */
async function askedFor(transport: Transport): Promise<string> {
  let text = '';
  transport.onBytes((bytes) => {
    text += Buffer.from(bytes).toString();
  });
  await transport.write(Buffer.from('AT+CGSN\r'));
  await clock.advance(100);
  return /\d{15}/.exec(text)?.[0] ?? '';
}

const notFound = { code: 'port.imei-not-found' };

describe('a line by IMEI', () => {
  it('E7: a line by IMEI finds the port of its modem among those of two that are alike', async () => {
    machine.plug(ec25('1-1', 0, { serial: '0123456789ABCDEF' }));
    machine.plug(ec25('1-2', 4, { serial: '0123456789ABCDEF', devnum: 8 }));
    plugged.putAll(0, modemWith(imeiA));
    plugged.putAll(4, modemWith(imeiB));
    const modemsHere = finder();
    expect(await askedFor(await inTime(modemsHere.open({ kind: 'imei', id: imeiB }, 115_200)))).toBe(imeiB);
    expect(await askedFor(await inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200)))).toBe(imeiA);
    expect(plugged.open).toBe(2);
    // Each was asked once, at the port that takes commands, and opened once more by its line.
    expect(plugged.opened.toSorted()).toEqual(['ttyUSB2', 'ttyUSB2', 'ttyUSB6', 'ttyUSB6']);
  });

  it('a line by IMEI shares one search with the other lines', async () => {
    machine.plug(ec25('1-1', 0));
    machine.plug(ec25('1-2', 4, { devnum: 8 }));
    plugged.putAll(0, modemWith(imeiA));
    plugged.putAll(4, modemWith(imeiB));
    const modemsHere = finder();
    const both = Promise.all([
      modemsHere.open({ kind: 'imei', id: imeiA }, 115_200),
      modemsHere.open({ kind: 'imei', id: imeiB }, 115_200),
    ]);
    const [a, b] = await inTime(both);
    expect([await askedFor(a), await askedFor(b)]).toEqual([imeiA, imeiB]);
    expect(plugged.opened.toSorted()).toEqual(['ttyUSB2', 'ttyUSB2', 'ttyUSB6', 'ttyUSB6']);
  });

  it('A6: a line by IMEI passes over ports that never answer or print something else', async () => {
    const modem = modemWith(imeiA);
    machine.plug({ ...ec25('1-1', 0), id: '1bc7:1201' });
    plugged.putAll(0, modem);
    expect(await askedFor(await inTime(finder().open({ kind: 'imei', id: imeiA }, 115_200)))).toBe(imeiA);
    expect(plugged.opened).toEqual(['ttyUSB0', 'ttyUSB1', 'ttyUSB2', 'ttyUSB2']);
    expect(plugged.open).toBe(1);
  });

  it('a line by IMEI asks the next port if the likeliest is dead', async () => {
    const modem = modemWith(imeiA);
    machine.plug(ec25('1-1', 0));
    plugged.put('ttyUSB2', modem, 'dead');
    plugged.put('ttyUSB3', modem, 'second');
    expect(await askedFor(await inTime(finder().open({ kind: 'imei', id: imeiA }, 115_200)))).toBe(imeiA);
  });

  it('a line by IMEI leaves a deaf modem alone for half a minute before it asks again', async () => {
    const modem = modemWith(imeiA, { faults: ['dead-port'] });
    machine.plug(ec25('1-1', 0, { interfaces: [{ tty: 'ttyUSB2' }] }));
    plugged.put('ttyUSB2', modem);
    const modemsHere = finder();
    await expect(inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject(
      notFound,
    );
    await expect(inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject(
      notFound,
    );
    expect(plugged.opened).toHaveLength(1);
    modem.faults.clear();
    await clock.advance(30_000);
    expect(await askedFor(await inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200)))).toBe(imeiA);
  });

  it('a line by IMEI never opens a device whose maker makes no modems, or that is behind a serial bridge', async () => {
    for (const [number, id] of ['0403:6001', '10c4:ea60', '1a86:7523', '2341:0043', '1546:01a8'].entries()) {
      machine.plug({
        position: `1-${number}`,
        id,
        devnum: number,
        interfaces: [{ tty: `ttyUSB${number}` }],
      });
      plugged.put(`ttyUSB${number}`, modemWith(imeiA));
    }
    await expect(inTime(finder().open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject(notFound);
    expect(plugged.opened).toEqual([]);
  });

  it('a line by IMEI opens no port that another process has open', async () => {
    machine.plug(ec25('1-1', 0, { interfaces: [{ tty: 'ttyUSB2' }] }));
    plugged.put('ttyUSB2', modemWith(imeiA));
    machine.file('dev/ttyUSB2', '');
    machine.process(411, 'minicom', 'minicom', ['/dev/ttyUSB2']);
    await expect(inTime(finder().open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject(notFound);
    expect(plugged.opened).toEqual([]);
  });

  it.each([
    ['another gateway has one port of', [] as string[], true],
    ['another line is given the path of', ['/dev/serial/by-id/usb-if02'], false],
  ])('a line by IMEI leaves alone the whole modem that %s', async (_, reserved, held) => {
    machine.plug(ec25('1-1', 0));
    plugged.putAll(0, modemWith(imeiA));
    machine.file('dev/ttyUSB2', '');
    machine.link('by-id', 'usb-if02', 'ttyUSB2');
    if (held) machine.process(812, 'node', 'node /usr/lib/visitlog/dist/cli/main.js', ['/dev/ttyUSB2']);
    await expect(inTime(finder(reserved).open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject(
      notFound,
    );
    expect(plugged.opened).toEqual([]);
  });

  it('a line by IMEI first tries the port that it knows, and asks no other', async () => {
    machine.plug(ec25('1-1', 0));
    plugged.putAll(0, modemWith(imeiA));
    const modemsHere = finder();
    const first = await inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200));
    await first.close();
    plugged.opened.length = 0;
    await (await inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200), 100)).close();
    expect(plugged.opened).toEqual(['ttyUSB2']);
  });

  it('E2: a line by IMEI searches anew after its modem was plugged in somewhere else', async () => {
    machine.plug(ec25('1-1', 0));
    machine.plug(ec25('1-2', 4, { devnum: 8 }));
    const [a, b] = [modemWith(imeiA), modemWith(imeiB)];
    plugged.putAll(0, a);
    plugged.putAll(4, b);
    const modemsHere = finder();
    await (await inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200))).close();
    // They change places: the same names, other sticks.
    machine.unplug('1-1');
    machine.unplug('1-2');
    await expect(inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject(
      notFound,
    );
    machine.plug(ec25('1-1', 0, { devnum: 9 }));
    machine.plug(ec25('1-2', 4, { devnum: 10 }));
    plugged.putAll(0, b);
    plugged.putAll(4, a);
    expect(await askedFor(await inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200)))).toBe(imeiA);
  });

  it('E3: a line by IMEI says that its modem plays a disk, if one does', async () => {
    machine.plug({ position: '1-3', id: '12d1:1f01', interfaces: [{ class: '08' }] });
    await expect(inTime(finder().open({ kind: 'imei', id: imeiA }, 115_200))).rejects.toMatchObject({
      code: 'port.storage-mode',
      facts: { usb: '12d1:1f01', socket: '1-3' },
    });
  });

  it('a line by IMEI gets a text that came directly while its modem was asked for its IMEI', async () => {
    machine.plug(ec25('1-1', 0));
    const modem = modemWith(imeiA);
    plugged.putAll(0, modem);
    const opening = finder().open({ kind: 'imei', id: imeiA }, 115_200);
    await clock.advance(500);
    modem.notify('+CMT: ,24', '0004');
    const transport = await inTime(opening);
    let text = '';
    transport.onBytes((bytes) => {
      text += Buffer.from(bytes).toString();
    });
    await clock.advance(10);
    expect(text).toContain('+CMT: ,24\r\n');
    expect(text).toContain('0004');
  });

  it('a line by IMEI does not accept an IMEI that lost a digit to another reader', async () => {
    machine.plug(ec25('1-1', 0, { interfaces: [{ tty: 'ttyUSB2' }] }));
    const modem = createScriptedModem({ clock, imei: imeiA });
    // The one that is asked on the way into step, and the first that counts.
    modem.on(/^AT\+CGSN$/, [imeiA.slice(1), 'OK'], 2);
    const modemsHere = createModemFinder({
      clock,
      reserved: () => [],
      root: machine.root,
      openPort: () => modem.open(),
    });
    await expect(
      inTime(modemsHere.open({ kind: 'imei', id: imeiA.slice(1) }, 115_200)),
    ).rejects.toMatchObject(notFound);
    await clock.advance(30_000);
    await expect(inTime(modemsHere.open({ kind: 'imei', id: imeiA }, 115_200))).resolves.toBeDefined();
  });
});
