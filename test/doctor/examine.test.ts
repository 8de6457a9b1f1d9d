import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { LineOfStatus } from '../../src/daemon/status/status-object.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { createModemFinder } from '../../src/modem/discovery/modem-finder.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { lineExample, statusExample } from '../daemon/status/status-example.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ec25, type MadeUpMachine, makeMachine } from '../support/made-up-machine.ts';
import { type PluggedModems, plugModems } from '../support/plugged-modems.ts';
import { readUnitFile } from '../systemd/unit-bench.ts';

const imei = '860000000000017';
const byId = '/dev/serial/by-id/usb-Quectel_EC25-if02-port0';

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

/** A machine on which all is well. */
function setUpWell(): void {
  machine.plug(ec25('1-1', 0));
  plugged.putAll(0, modem);
  // A device that anybody may open stands for the terminal: what answers there is the simulated modem.
  for (const number of [0, 1, 2, 3]) machine.point(`dev/ttyUSB${number}`, `/dev/null`);
  machine.link('by-id', 'usb-Quectel_EC25-if02-port0', 'ttyUSB2');
  machine.file('usr/lib/systemd/system/visitlog.service', '[Service]\nLimitCORE=0\n');
  machine.point('etc/systemd/system/multi-user.target.wants/visitlog.service', '/usr/lib/x');
  machine.point('dev/log', '/dev/null');
  machine.file('proc/swaps', 'Filename\tType\tSize\tUsed\tPriority\n');
  machine.file('proc/sys/kernel/core_pattern', 'core\n');
  machine.process(300, 'chronyd', '/usr/sbin/chronyd');
  mkdirSync(join(machine.root, 'var/lib/visitlog'), { recursive: true, mode: 0o700 });
}

async function configured(port: string | null, more = ''): Promise<Config> {
  const lines = port === null ? more : `[[line]]\nport = "${port}"\n${more}`;
  machine.file('visitlog.toml', lines);
  return (await loadConfig({ file: join(machine.root, 'visitlog.toml'), env: {} })).config;
}

async function look(
  port: string | null,
  more = '',
  gatewayLines: readonly LineOfStatus[] = [],
): Promise<Finding[]> {
  const modems = createModemFinder({
    clock,
    reserved: () => [],
    root: machine.root,
    openPort: plugged.openPort,
  });
  const examining = examine({
    config: await configured(port, more),
    clock,
    root: machine.root,
    gatewayLines,
    openLine: (line) => () =>
      line.port.startsWith('imei:')
        ? modems.open({ kind: 'imei', id: line.port.slice(5) }, line.baudRate)
        : plugged.openPort(line.port === byId ? 'ttyUSB2' : line.port),
  });
  await clock.advance(200_000);
  return examining;
}

const servedAt = (port: string) => statusExample().lines.map((line) => ({ ...line, port }));

const troubles = (findings: readonly Finding[]) =>
  findings
    // check-door.test.ts is about the officers' door.
    .filter(({ severity, subject }) => severity !== 'ok' && subject !== 'door')
    .map(({ severity, id }) => `${severity} ${id}`);

describe('the examination of a machine', () => {
  it('the examination of a machine reports a machine that is well', async () => {
    setUpWell();
    expect(troubles(await look(byId))).toEqual(['note gateway.stopped']);
    expect(plugged.open).toBe(0);
  });

  it('the examination of a machine reports a machine that is well with a line by IMEI', async () => {
    setUpWell();
    expect(troubles(await look(`imei:${imei}`))).toEqual(['note gateway.stopped']);
  });

  it('the examination of a machine reports that no line is configured', async () => {
    setUpWell();
    expect(troubles(await look(null))).toContain('fail line.none');
  });

  it('the examination of a machine leaves the modem of a running gateway alone', async () => {
    setUpWell();
    machine.file('var/lib/visitlog/gateway.lock', '');
    machine.process(812, 'node', 'node main.js', ['/dev/null', '/var/lib/visitlog/gateway.lock']);
    for (const port of [byId, `imei:${imei}`, 'tcp://127.0.0.1:7000'])
      expect(troubles(await look(port))).toEqual(['note modem.in-use']);
    expect(plugged.opened).toEqual([]);
  });

  it('the examination of a machine asks the gateway about a modem that it uses', async () => {
    setUpWell();
    machine.file('var/lib/visitlog/gateway.lock', '');
    machine.process(812, 'node', 'node main.js', ['/dev/null', '/var/lib/visitlog/gateway.lock']);
    for (const port of [byId, `imei:${imei}`, 'tcp://127.0.0.1:7000']) {
      const findings = await look(port, '', servedAt(port));
      expect(troubles(findings)).toEqual([]);
      expect(findings.map(({ id }) => id)).toEqual(
        expect.arrayContaining([
          'gateway.receiving',
          'modem.answers',
          'network.registered',
          'network.signal',
        ]),
      );
    }
    const away = lineExample('line1', { state: 'recovering', reason: 'line.lost' });
    const findings = await look(
      byId,
      '',
      statusExample({ lines: [away] }).lines.map((line) => ({ ...line, port: byId })),
    );
    expect(troubles(findings)).toEqual(['warn gateway.not-receiving']);
    expect(plugged.opened).toEqual([]);
  });

  it('the examination of a machine does not say of a line that the gateway uses it, if the gateway does not know it', async () => {
    setUpWell();
    machine.file('var/lib/visitlog/gateway.lock', '');
    machine.process(812, 'node', 'node main.js', ['/var/lib/visitlog/gateway.lock']);
    const other = statusExample().lines.map((line) => ({
      ...line,
      name: 'line7',
      port: 'tcp://192.0.2.10:4001',
    }));
    const ids = troubles(await look('tcp://127.0.0.1:7000', '', other));
    expect(ids).toContain('fail line.not-served');
    expect(ids).not.toContain('note modem.in-use');
  });

  it("the examination of a machine includes the officers' door", async () => {
    setUpWell();
    const found = async () =>
      (await look(byId)).filter(({ subject }) => subject === 'door').map(({ id }) => id);
    expect(await found()).toEqual(['door.unit-missing']);
    machine.file(
      'usr/lib/systemd/system/visitlog-door.socket',
      '[Socket]\nListenStream=/run/visitlog-door/door.sock\n',
    );
    machine.file('proc/net/unix', 'Num\n');
    expect(await found()).toEqual(['door.disabled', 'door.not-listening', 'door.no-roles']);
  });

  it('the examination of a machine reports a port that another program has open', async () => {
    setUpWell();
    machine.process(99, 'gammu-smsd', 'gammu-smsd', ['/dev/null']);
    const findings = await look(byId);
    expect(troubles(findings)).toEqual(['fail port.taken', 'note gateway.stopped']);
    expect(findings.find(({ id }) => id === 'port.taken')?.facts).toMatchObject({
      names: 'gammu-smsd (pid 99)',
    });
    expect(plugged.opened).toEqual([]);
  });

  it('E5: the examination of a machine reports ModemManager unless udev keeps it off the port or the device', async () => {
    setUpWell();
    machine.file('usr/sbin/ModemManager', '');
    expect(troubles(await look(byId))).toContain('warn modem-manager.probes');
    machine.process(411, 'ModemManager', '/usr/sbin/ModemManager');
    for (const port of [byId, `imei:${imei}`])
      expect(troubles(await look(port))).toContain('fail modem-manager.probes');
    machine.file('run/udev/data/c188:2', 'E:ID_MM_CANDIDATE=1\nE:ID_MM_PORT_IGNORE=1\n');
    expect(troubles(await look(byId))).toEqual(['note gateway.stopped']);
    machine.file('run/udev/data/c188:2', 'E:ID_MM_CANDIDATE=1\n');
    machine.file('run/udev/data/c189:6', 'E:ID_MM_DEVICE_IGNORE=1\n');
    expect(troubles(await look(byId))).toEqual(['note gateway.stopped']);
  });

  it('the examination of a machine ignores a masked ModemManager', async () => {
    setUpWell();
    machine.file('usr/sbin/ModemManager', '');
    machine.point('etc/systemd/system/ModemManager.service', '/dev/null');
    expect(troubles(await look(byId))).toEqual(['note gateway.stopped']);
  });

  it('E3: the examination of a machine reports a modem that shows itself as a CD-ROM', async () => {
    setUpWell();
    machine.unplug('1-1');
    machine.plug({ position: '1-1', id: '12d1:1f01', interfaces: [{ class: '08' }] });
    const findings = await look('/dev/ttyUSB9');
    expect(troubles(findings).slice(0, 2)).toEqual(['fail port.missing', 'fail modem.storage-mode']);
  });

  it('the examination of a machine reports a configured port that does not exist', async () => {
    setUpWell();
    modem.faults.add('dead-port');
    expect(troubles(await look(byId))).toContain('fail modem.silent');
  });

  it('the examination of a machine reports a SIM that requires its PIN, and a missing PIN file', async () => {
    setUpWell();
    modem.faults.add('pin-burn:left=2');
    await clock.advance(10_000);
    const ids = troubles(await look(byId, 'pin_file = "/etc/visitlog/line1.pin"'));
    expect(ids).toEqual(['fail pin-file.missing', 'fail sim.pin-tries-low', 'note gateway.stopped']);
  });

  it('the examination of a machine reports a user that does not own the folder, or does not exist', async () => {
    setUpWell();
    machine.file('usr/lib/systemd/system/visitlog.service', '[Service]\nUser=visitlog\nLimitCORE=0\n');
    machine.file('etc/passwd', 'visitlog:x:4242:4242::/:/bin/false\n');
    machine.file('etc/group', 'visitlog:x:4242:\n');
    const findings = await look(byId);
    expect(troubles(findings)).toContain('fail data.owner');
    machine.file('etc/passwd', '');
    expect(troubles(await look(byId))).toContain('fail unit.user-missing');
  });

  it('the examination of a machine reads the drop-ins of the unit', async () => {
    setUpWell();
    machine.file('proc/swaps', 'Filename\tType\tSize\n/dev/zram0 partition 1\n/dev/sda2 partition 1\n');
    const finding = (await look(byId)).find(({ id }) => id === 'memory.swap');
    expect(finding?.facts).toEqual({ swaps: '/dev/sda2' });
    machine.file(
      'etc/systemd/system/visitlog.service.d/swap.conf',
      '[Service]\nMemorySwapMax=0\nLimitCORE=infinity\n',
    );
    expect(troubles(await look(byId))).toEqual(['note gateway.stopped', 'note memory.core']);
  });

  it('the examination of a machine reports a register without its keyring', async () => {
    setUpWell();
    machine.file('var/lib/visitlog/register.sqlite', '');
    expect(troubles(await look(byId))).toContain('fail keyring.missing');
  });

  it("the examination of a register host reads the unit of officers' commands beside the gateway's", async () => {
    setUpWell();
    const dropIn = readUnitFile('visitlog.service.d/central.conf');
    machine.file('etc/hosts', '127.0.0.1 localhost\n192.0.2.11 db1 # of the central register\n');
    machine.file('usr/lib/systemd/system/visitlog.service', readUnitFile('visitlog.service'));
    machine.file('usr/lib/systemd/system/visitlog-door@.service', readUnitFile('visitlog-door@.service'));
    const central = [
      '[central]\nurl = "postgres://visitlog_holder_a@db1/visitlog"',
      'ca_file = "/etc/visitlog/central-ca.pem"\n[holder]\nname = "a"\n',
    ];
    const ofUnits = async () => {
      const found = await look(null, central.join('\n'));
      return found.flatMap(({ id, facts }) =>
        id.startsWith('unit.') && facts.host ? [`${id} ${facts.unit}`] : [],
      );
    };
    const lack = 'unit.no-network';
    expect(await ofUnits()).toEqual([`${lack} visitlog.service`, `${lack} visitlog-door@.service`]);
    machine.file('etc/systemd/system/visitlog.service.d/central.conf', dropIn);
    expect(await ofUnits()).toEqual(['unit.reaches visitlog.service', `${lack} visitlog-door@.service`]);
    machine.file('etc/systemd/system/visitlog-door@.service.d/central.conf', dropIn);
    expect(await ofUnits()).toEqual(['unit.reaches visitlog.service', 'unit.reaches visitlog-door@.service']);
  });
});
