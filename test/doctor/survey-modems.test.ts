import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LineConfig } from '../../src/config/config.ts';
import type { LineOfStatus } from '../../src/daemon/status/status-object.ts';
import { type FoundModem, surveyModems } from '../../src/doctor/survey-modems.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { statusExample } from '../daemon/status/status-example.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../support/made-up-machine.ts';
import { type PluggedModems, plugModems } from '../support/plugged-modems.ts';

const imei = '860000000000017';
const dataDir = '/var/lib/visitlog';

let machine: MadeUpMachine;
let clock: FakeClock;
let plugged: PluggedModems;
let modem: SimulatedModem;

beforeEach(() => {
  machine = makeMachine();
  clock = new FakeClock();
  plugged = plugModems();
  modem = createModem({ family: 'ec25', clock, imei });
});
afterEach(() => {
  modem.dispose();
  machine.remove();
});

const lineAt = (port: string): LineConfig => ({
  name: 'line1',
  port,
  baudRate: 115_200,
  number: null,
  pinFile: null,
  pollIntervalMs: 30_000,
  resetCommand: [],
  quietAlarmMs: null,
  quietHours: null,
  systemId: '',
  passwordFile: null,
  bind: 'receiver',
  defaultAlphabet: 'gsm7',
  window: 50,
  resendMs: 3_600_000,
  caFile: null,
});

async function survey(
  options: { probe?: boolean; ports?: string[]; gatewayLines?: readonly LineOfStatus[] } = {},
): Promise<FoundModem[]> {
  const surveying = surveyModems({
    config: { lines: (options.ports ?? []).map(lineAt), dataDir },
    clock,
    root: machine.root,
    openPort: options.probe ? plugged.openPort : null,
    gatewayLines: options.gatewayLines ?? [],
  });
  await clock.advance(60_000);
  return surveying;
}

function plugEc25(): void {
  machine.plug(ec25('1-1', 0, { serial: 'A1' }));
  plugged.putAll(0, modem);
  for (const number of [0, 1, 2, 3]) machine.file(`dev/ttyUSB${number}`, '');
  machine.link('by-id', 'usb-Quectel_EC25_A1-if02-port0', 'ttyUSB2');
}

const byId = '/dev/serial/by-id/usb-Quectel_EC25_A1-if02-port0';

describe('the modems of a machine', () => {
  it('the modems of a machine are shown without a port being opened', async () => {
    plugEc25();
    expect(await survey()).toMatchObject([
      { kind: 'modem', port: byId, usb: '2c7c:0125', serial: 'A1', imei: null, answers: null, line: null },
    ]);
    expect(plugged.opened).toEqual([]);
  });

  it('the modems of a machine are shown with maker, model, IMEI and the terminal that answers, if they may be asked', async () => {
    plugEc25();
    const [found] = await survey({ probe: true });
    expect(found).toMatchObject({
      port: byId,
      answers: 'ttyUSB2',
      maker: 'Quectel',
      model: 'EC25',
      imei,
    });
    expect(found?.ports.map(({ tty, state }) => [tty, state])).toEqual([
      ['ttyUSB2', 'answers'],
      ['ttyUSB3', 'free'],
      ['ttyUSB0', 'free'],
      ['ttyUSB1', 'free'],
    ]);
    expect(plugged.open).toBe(0);
  });

  it.each([['/dev/ttyUSB2'], [byId], [`imei:${imei}`]])(
    'the modems of a machine modems belong to the line at %s',
    async (port) => {
      plugEc25();
      expect((await survey({ probe: true, ports: [port] }))[0]?.line).toBe('line1');
    },
  );

  it('the modems of a machine are left alone, with their other ports, while the gateway has one port open', async () => {
    plugEc25();
    // A gateway that is run from anywhere is known by its lock.
    machine.file(`${dataDir}/gateway.lock`, '');
    machine.process(812, 'node', 'node cli/main.js run', ['/dev/ttyUSB2', `${dataDir}/gateway.lock`]);
    const [found] = await survey({ probe: true, ports: [byId] });
    expect(found).toMatchObject({ line: 'line1', imei: null });
    expect(found?.ports[0]).toMatchObject({ state: 'taken', by: [{ pid: 812, name: 'visitlog' }] });
    expect(plugged.opened).toEqual([]);
  });

  it.each([[byId], [`imei:${imei}`]])(
    'the modems of a machine modems at %s are shown as the gateway reports them',
    async (at) => {
      plugEc25();
      machine.file(`${dataDir}/gateway.lock`, '');
      machine.process(812, 'node', 'node cli/main.js run', ['/dev/ttyUSB2', `${dataDir}/gateway.lock`]);
      const [found] = await survey({ probe: true, ports: [at], gatewayLines: statusExample().lines });
      expect(found).toMatchObject({
        line: 'line1',
        imei,
        model: 'EC25',
        gateway: { state: 'ready', operator: 'SKTelecom', signal: { dbm: -77, bars: 4 } },
      });
      expect(plugged.opened).toEqual([]);
    },
  );

  it('the modems of a machine are not mixed up with another modem of the gateway', async () => {
    plugEc25();
    const [found] = await survey({ ports: [byId], gatewayLines: statusExample().lines });
    expect(found).toMatchObject({ line: 'line1', gateway: null, imei: null });
  });

  it('the modems of a machine are asked at their other ports if another program has one open', async () => {
    plugEc25();
    machine.process(411, 'minicom', 'minicom', ['/dev/ttyUSB2']);
    const [found] = await survey({ probe: true });
    expect(found).toMatchObject({ imei, answers: 'ttyUSB3' });
    expect(found?.ports[0]).toMatchObject({ state: 'taken', by: [{ pid: 411, name: 'minicom' }] });
    expect(plugged.opened).toEqual(['ttyUSB3']);
  });

  it('the list of modems shows a port that does not open, and one that does not answer', async () => {
    machine.plug(ec25('1-1', 0));
    plugged.put('ttyUSB3', modem, 'dead');
    const [found] = await survey({ probe: true });
    expect(found?.ports.slice(0, 2).map(({ state }) => state)).toEqual(['refused', 'silent']);
    expect(found?.answers).toBeNull();
  });

  it('the modems of a machine are asked behind a serial bridge only if a line names the port', async () => {
    machine.plug({ position: '1-4', id: '10c4:ea60', interfaces: [{ tty: 'ttyUSB0', driver: 'cp210x' }] });
    machine.file('dev/ttyUSB0', '');
    plugged.put('ttyUSB0', modem);
    expect(await survey({ probe: true })).toMatchObject([{ kind: 'bridge', imei: null }]);
    expect(plugged.opened).toEqual([]);
    expect(await survey({ probe: true, ports: ['/dev/ttyUSB0'] })).toMatchObject([
      { kind: 'bridge', imei, line: 'line1' },
    ]);
  });

  it('the modems of a machine are listed before disks, bridges and other devices', async () => {
    machine.plug({ position: '1-4', id: '10c4:ea60', interfaces: [{ tty: 'ttyUSB0' }] });
    machine.plug({ position: '1-5', id: '2341:0043', interfaces: [{ tty: 'ttyACM0' }] });
    machine.plug({ position: '1-6', id: '12d1:1f01', interfaces: [{ class: '08' }] });
    machine.plug(ec25('1-7', 4));
    expect((await survey()).map(({ kind }) => kind)).toEqual(['modem', 'disk', 'bridge', 'other']);
  });
});
