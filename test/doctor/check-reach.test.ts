import { describe, expect, it } from 'vitest';
import { checkMetrics, checkServer } from '../../src/doctor/check-reach.ts';
import { findServiceUnit } from '../../src/doctor/gather-machine.ts';
import { sayFinding } from '../../src/words/findings/doctor-findings.ts';
import { makeMachine } from '../support/made-up-machine.ts';
import { readUnitFile } from '../systemd/unit-bench.ts';

/** The unit as the package has it, with these drop-ins. */
function unitWith(...dropIns: readonly string[]) {
  const machine = makeMachine();
  try {
    machine.file('usr/lib/systemd/system/visitlog.service', readUnitFile('visitlog.service'));
    dropIns.forEach((text, index) => {
      machine.file(`etc/systemd/system/visitlog.service.d/${index}.conf`, text);
    });
    return findServiceUnit(machine.root);
  } finally {
    machine.remove();
  }
}

const example = readUnitFile('visitlog.service.d/serial-server.conf');
const network = '[Service]\nPrivateNetwork=no\nRestrictAddressFamilies=AF_UNIX AF_INET\n';
const central = readUnitFile('visitlog.service.d/central.conf');
const serialServer = { of: 'line1', named: [], example: 'serial-server.conf' } as const;
const idsOf = (host: string, ...dropIns: readonly string[]) =>
  checkServer({ ...serialServer, host, unit: unitWith(...dropIns) }).map(
    ({ severity, id }) => `${severity} ${id}`,
  );

describe('a serial server and the unit', () => {
  it.each<[string, string, readonly string[], string]>([
    ['has no drop-in', '192.0.2.10', [], 'fail unit.no-network'],
    ['has the example', '192.0.2.10', [example], 'ok unit.reaches'],
    ['has the example, for another address', '198.51.100.7', [example], 'fail unit.address-denied'],
    [
      'has one of its own beside',
      '198.51.100.7',
      [example, '[Service]\nIPAddressAllow=198.51.100.7\n'],
      'ok unit.reaches',
    ],
    [
      'allows a network',
      '198.51.100.7',
      [network, '[Service]\nIPAddressAllow=198.51.100.0/24\n'],
      'ok unit.reaches',
    ],
    [
      'allows another network',
      '198.51.101.7',
      [network, '[Service]\nIPAddressAllow=198.51.100.0/24\n'],
      'fail unit.address-denied',
    ],
    [
      'takes back what it allowed',
      '192.0.2.10',
      [example, '[Service]\nIPAddressAllow=\n'],
      'fail unit.address-denied',
    ],
    ['allows this machine', 'localhost', [example], 'ok unit.reaches'],
    ['allows this machine', '::1', [example], 'ok unit.reaches'],
    ['allows everything', 'server.city', [network, '[Service]\nIPAddressAllow=any\n'], ''],
    ['allows addresses, for a name', 'server.city', [example], 'warn unit.name-unchecked'],
    [
      'opens the network, and no family of it',
      '192.0.2.10',
      ['[Service]\nPrivateNetwork=no\n'],
      'fail unit.no-network',
    ],
  ])('a unit that %s: %s', (_, host, dropIns, found) => {
    expect(idsOf(host, ...dropIns).join()).toBe(found);
  });

  it('a machine without a unit denies nothing', () => {
    expect(checkServer({ ...serialServer, host: '192.0.2.10', unit: null })).toEqual([]);
  });

  it('a name is examined by every address that /etc/hosts has for it', () => {
    const of = (named: readonly string[], ...dropIns: readonly string[]) =>
      checkServer({ ...serialServer, host: 'db1', named, unit: unitWith(...dropIns) }).map(
        ({ id, facts }) => `${id} ${facts.host}`,
      );
    expect(of(['192.0.2.11'], central)).toEqual(['unit.reaches db1']);
    expect(of(['192.0.2.11', '2001:db8::1'], central)).toEqual(['unit.address-denied 2001:db8::1']);
    expect(of([], central)).toEqual(['unit.name-unchecked db1']);
  });

  it('what to allow without a network is the address, never a name', () => {
    const hintOf = (named: readonly string[]) =>
      checkServer({ ...serialServer, host: 'db1', named, unit: unitWith(), example: 'central.conf' }).map(
        ({ id, facts }) => sayFinding(id, facts, 'en').hint,
      );
    expect(hintOf(['192.0.2.11'])).toEqual([
      expect.stringContaining(
        'central.conf to /etc/systemd/system/visitlog.service.d with IPAddressAllow=192.0.2.11; then',
      ),
    ]);
    expect(hintOf([])).toEqual([expect.not.stringContaining('IPAddressAllow=db1')]);
  });
});

describe('metrics and the unit', () => {
  const account = { name: 'visitlog', uid: 990, gids: [990] };
  const own = { mode: 0o775, uid: 0, gid: 990 };
  const textfile = '/var/lib/node_exporter/visitlog.prom';
  const dropIn = readUnitFile('visitlog.service.d/metrics-textfile.conf');
  const idOf = (folder: typeof own | 'missing', ...dropIns: readonly string[]) =>
    checkMetrics({ listen: null, textfile, folder, account, unit: unitWith(...dropIns) }).map(({ id }) => id);

  it('a textfile is well in a folder that exists, and that account and unit may write to', () => {
    expect(idOf(own, dropIn)).toEqual(['metrics.folder']);
    expect(idOf('missing', dropIn)).toEqual(['metrics.folder-missing']);
    expect(idOf({ ...own, gid: 0 }, dropIn)).toEqual(['metrics.folder-no-right']);
    expect(idOf(own)).toEqual(['metrics.folder-closed']);
  });

  it('a port for metrics is well if the unit gives it a network', () => {
    const idsFor = (...dropIns: readonly string[]) =>
      checkMetrics({
        listen: '127.0.0.1:9560',
        textfile: null,
        folder: 'missing',
        account,
        unit: unitWith(...dropIns),
      }).map(({ id }) => id);
    expect(idsFor()).toEqual(['metrics.port-closed']);
    expect(idsFor(readUnitFile('visitlog.service.d/metrics-port.conf'))).toEqual(['metrics.port-open']);
  });
});
