import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createModemFinder } from '../../../src/modem/discovery/modem-finder.ts';
import { type Line, startLine } from '../../../src/modem/line.ts';
import { openerOf } from '../../../src/modem/port/open-port.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import { createModem, type SimulatedModem } from '../../../src/simulator/modem.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../../support/made-up-machine.ts';
import { type PluggedModems, plugModems } from '../../support/plugged-modems.ts';

const imeis = ['860000000000017', '860000000000025'] as const;

let machine: MadeUpMachine;
let clock: FakeClock;
let plugged: PluggedModems;
let modems: SimulatedModem[];
let lines: Line[];
let texts: number[];

beforeEach(() => {
  machine = makeMachine();
  clock = new FakeClock();
  plugged = plugModems();
  modems = [];
  lines = [];
  texts = [0, 0];
});
afterEach(async () => {
  const stopped = Promise.all(lines.map((line) => line.stop()));
  await clock.advance(10_000);
  await stopped;
  for (const modem of modems) modem.dispose();
  machine.remove();
});

/** Two sticks that give the same serial number, each with a line by IMEI. */
function startTwins(faults: readonly string[] = []): void {
  const finder = createModemFinder({
    clock,
    reserved: () => [],
    root: machine.root,
    openPort: plugged.openPort,
  });
  imeis.forEach((imei, number) => {
    const more = number === 0 ? { faults } : {};
    const modem = createModem({ family: 'ec25', clock, imei, bootScale: 0.1, ...more });
    modems.push(modem);
    plug(number, number);
    lines.push(
      startLine({
        openTransport: openerOf(`imei:${imei}`, 115_200, finder),
        clock,
        accept: async (listing) => {
          texts[number] = (texts[number] ?? 0) + listing.length;
        },
        pinRefusals: { failed: () => false, remember: () => {}, forget: () => {} },
      }),
    );
  });
}

let plugs = 10;
function plug(number: number, socket: number): void {
  plugs += 1;
  machine.plug(ec25(`1-${socket + 1}`, socket * 4, { serial: '0123456789ABCDEF', devnum: plugs }));
  plugged.putAll(socket * 4, modems[number] as SimulatedModem);
}

async function untilReady(limitMs = 300_000): Promise<void> {
  const isReady = (line: Line) => line.report().state === 'ready';
  for (let ms = 0; ms < limitMs && !lines.every(isReady); ms += 500) await clock.advance(500);
  expect(lines.map((line) => line.report().state)).toEqual(['ready', 'ready']);
  expect(lines.map((line) => line.report().imei)).toEqual(imeis);
}

async function textBoth(): Promise<void> {
  const before = [...texts];
  const parts = composeText({ sender: '01055500123', text: '031-324-2114', sentAtMs: clock.wallMs() });
  for (const modem of modems) modem.network.sendParts(parts);
  await clock.advance(60_000);
  expect(texts).toEqual(before.map((count) => count + 1));
}

describe('lines by IMEI on twins', () => {
  it('lines by IMEI on twins each have their own modem (E7 twins)', async () => {
    startTwins();
    await untilReady();
    await textBoth();
    expect(plugged.open).toBe(2);
  });

  it('lines by IMEI keep their modems if the sticks change places and numbers (E2 renumber, E7 twins)', async () => {
    startTwins();
    await untilReady();
    for (const [number, modem] of modems.entries()) {
      machine.unplug(`1-${number + 1}`);
      modem.unplug();
    }
    await clock.advance(5_000);
    expect(lines.map((line) => line.report().state)).not.toContain('ready');
    for (const modem of modems) modem.plug();
    plug(0, 1);
    plug(1, 0);
    await untilReady();
    await textBoth();
  });

  it('lines by IMEI are absent, and say so, while their modem plays a disk (E3 cdrom-again)', async () => {
    startTwins(['cdrom-again']);
    await untilReady();
    modems[0]?.reboot('reset');
    machine.unplug('1-1');
    machine.plug({ position: '1-1', id: '2c7c:0125', devnum: 90, interfaces: [{ class: '08' }] });
    await clock.advance(60_000);
    expect(lines[0]?.report()).toMatchObject({ state: 'absent', reason: 'port.storage-mode' });
    expect(lines[1]?.report().state).toBe('ready');
    machine.unplug('1-1');
    modems[0]?.plug();
    plug(0, 0);
    await untilReady();
  });

  it('lines by IMEI open a port that hangs at the place they know, so that it can be reset (E9 zombie-port)', async () => {
    startTwins();
    await untilReady();
    plugged.opened.length = 0;
    modems[0]?.faults.add('dead-port');
    await clock.advance(300_000);
    expect(lines[0]?.report().state).not.toBe('ready');
    expect(new Set(plugged.opened)).toEqual(new Set(['ttyUSB2']));
    modems[0]?.faults.clear();
    await untilReady();
  });

  it('lines by IMEI find a modem that answers at the last of many ports, however long that takes (A6 dead-port)', async () => {
    const modem = createModem({ family: 'ec25', clock, imei: imeis[0] });
    modems.push(modem);
    const interfaces = [0, 1, 2, 3, 4, 5].map((number) => ({ tty: `ttyUSB${number}` }));
    machine.plug({ position: '1-1', id: '1bc7:1201', interfaces });
    for (const { tty } of interfaces.slice(0, -1)) plugged.put(tty, modem, 'dead');
    plugged.put('ttyUSB5', modem);
    const finder = createModemFinder({
      clock,
      reserved: () => [],
      root: machine.root,
      openPort: plugged.openPort,
    });
    const line = startLine({
      openTransport: openerOf(`imei:${imeis[0]}`, 115_200, finder),
      clock,
      accept: async () => {},
      pinRefusals: { failed: () => false, remember: () => {}, forget: () => {} },
    });
    lines.push(line);
    for (let ms = 0; ms < 120_000 && line.report().state !== 'ready'; ms += 500) await clock.advance(500);
    expect(line.report()).toMatchObject({ state: 'ready', imei: imeis[0] });
    // Each dead port was opened once, however often the line tried meanwhile.
    expect(plugged.opened.filter((tty) => tty !== 'ttyUSB5')).toEqual(
      interfaces.slice(0, -1).map(({ tty }) => tty),
    );
  });
});
