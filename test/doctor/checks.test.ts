import { describe, expect, it } from 'vitest';
import { checkData, type DataFacts } from '../../src/doctor/check-data.ts';
import { checkStorageMode } from '../../src/doctor/check-modem.ts';
import {
  checkModemManager,
  checkPort,
  type ModemManagerFacts,
  type PortFacts,
} from '../../src/doctor/check-port.ts';
import {
  type ClockFacts,
  checkClock,
  checkMemory,
  checkRuntime,
  checkService,
  type MemoryFacts,
  type ServiceFacts,
} from '../../src/doctor/check-service.ts';
import { checkPinFile, type PinFileFacts } from '../../src/doctor/examine-line.ts';
import { fileSystemAt, fileSystemOf } from '../../src/doctor/file-system.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { type Account, findAccount, groupName, mayUse } from '../../src/doctor/gather-machine.ts';
import { sayFinding } from '../../src/words/findings/doctor-findings.ts';

const account: Account = { name: 'visitlog', uid: 990, gids: [990, 20] };

/** `severity id` of each finding. */
const seen = (findings: readonly Finding[]) => findings.map(({ severity, id }) => `${severity} ${id}`);
const allOf = (findings: readonly Finding[]) =>
  findings.map(({ id, facts }) => Object.values(sayFinding(id, facts, 'en')).join(' ')).join('\n');

describe('the rights of an account', () => {
  it.each([
    [0o660, 0, 20, 6, true],
    [0o660, 0, 5, 6, false],
    [0o640, 0, 20, 6, false],
    [0o666, 0, 0, 6, true],
    [0o600, 990, 990, 6, true],
    // The owner's own permissions count, not those of its group.
    [0o060, 990, 20, 6, false],
    [0o700, 990, 990, 7, true],
  ])(
    'the rights of an account on a file of mode %o and owner %i:%i follow from mode and owner',
    (mode, uid, gid, wanted, may) => {
      expect(mayUse({ mode, uid, gid }, account, wanted)).toBe(may);
    },
  );

  it('the rights of root are unlimited', () => {
    expect(mayUse({ mode: 0, uid: 5, gid: 5 }, { name: 'root', uid: 0, gids: [0] }, 7)).toBe(true);
  });

  const passwd = 'root:x:0:0:root:/root:/bin/bash\nvisitlog:x:990:990::/nonexistent:/usr/sbin/nologin\n';
  const group = 'root:x:0:\ndialout:x:20:mail,visitlog\nplugdev:x:46:\nvisitlog:x:990:\n';

  it('the rights of an account follow from its groups, also those that the unit adds', () => {
    expect(findAccount('visitlog', passwd, group)?.gids).toEqual([990, 20]);
    expect(findAccount('visitlog', passwd, group, ['plugdev'])?.gids).toEqual([990, 20, 46]);
    expect(findAccount('vlog', passwd, group)).toBeNull();
    expect([groupName(20, group), groupName(77, group)]).toEqual(['dialout', '77']);
  });
});

const file = { mode: 0o660, uid: 0, gid: 20, isTerminal: true, group: 'dialout' };
const byId = '/dev/serial/by-id/usb-if02';
const port = (more: Partial<PortFacts> = {}): PortFacts => ({
  line: 'line1',
  port: byId,
  file,
  holders: [],
  hiddenProcesses: 0,
  stablePath: byId,
  hasTwin: false,
  account,
  modemsHere: 1,
  ...more,
});

describe('the port of a line', () => {
  it.each<[string, Partial<PortFacts>, string[], string]>([
    ['is well', {}, ['ok port.right', 'ok port.free'], ''],
    ['is not there', { file: null }, ['fail port.missing'], 'visitlog lines'],
    [
      'is not there, nor any modem',
      { file: null, modemsHere: 0 },
      ['fail port.missing'],
      'Plug the modem in',
    ],
    ['is a file', { file: { ...file, isTerminal: false } }, ['fail port.no-terminal'], 'visitlog lines'],
    [
      'is not ours to open, but its group’s',
      { account: { ...account, gids: [990] } },
      ['fail port.no-right', 'ok port.free'],
      'usermod -aG dialout visitlog',
    ],
    [
      'is nobody’s to open but root’s',
      { file: { ...file, mode: 0o600 } },
      ['fail port.no-right', 'ok port.free'],
      'udev rule',
    ],
    [
      'is taken by ModemManager',
      { holders: [{ pid: 411, name: 'ModemManager' }] },
      ['ok port.right', 'fail port.taken'],
      'ModemManager (pid 411)',
    ],
    [
      'is taken by the gateway and by another besides',
      { holders: [812, 99].map((pid) => ({ pid, name: pid === 812 ? 'visitlog' : 'minicom' })) },
      ['ok port.right', 'fail port.taken'],
      'minicom (pid 99)',
    ],
    [
      'is used by the gateway',
      { holders: [{ pid: 812, name: 'visitlog' }] },
      ['ok port.right', 'ok port.in-use'],
      '812',
    ],
    [
      'may be taken by what cannot be seen',
      { hiddenProcesses: 31 },
      ['ok port.right', 'note port.holders-unknown'],
      'as root',
    ],
    [
      'has a number that changes',
      { port: '/dev/ttyUSB2' },
      ['ok port.right', 'ok port.free', 'warn port.unstable'],
      byId,
    ],
    [
      'shares its name with a twin',
      { hasTwin: true, stablePath: '/dev/serial/by-path/usb-0:1:1.2' },
      ['ok port.right', 'ok port.free', 'warn port.twins'],
      'by-path/usb-0:1:1.2',
    ],
    [
      'shares its name with a twin, and the machine has no other',
      { hasTwin: true },
      ['ok port.right', 'ok port.free', 'warn port.twins'],
      'imei:',
    ],
  ])('a port is reported: %s', (_, more, ids, words) => {
    const findings = checkPort(port(more));
    expect(seen(findings)).toEqual(ids);
    expect(allOf(findings)).toContain(words);
  });
});

describe('ModemManager', () => {
  const one = { line: 'line1', usb: '2c7c:0125', ignored: false };
  it.each<[string, ModemManagerFacts, string[]]>([
    ['is absent', { installed: false, running: null, ports: [one] }, ['ok modem-manager.absent']],
    ['runs', { installed: true, running: 411, ports: [one] }, ['fail modem-manager.probes']],
    ['could run', { installed: true, running: null, ports: [one] }, ['warn modem-manager.probes']],
    [
      'leaves the modem alone by a rule',
      { installed: true, running: 411, ports: [{ ...one, ignored: true }] },
      ['ok modem-manager.kept-off'],
    ],
    ['has nothing of ours to disturb', { installed: true, running: 411, ports: [] }, []],
  ])('ModemManager is reported: %s', (_, facts, ids) => {
    expect(seen(checkModemManager(facts))).toEqual(ids);
  });

  it('ModemManager is kept off by a rule with the ids of the modem', () => {
    const findings = checkModemManager({ installed: true, running: 411, ports: [one] });
    expect(allOf(findings)).toContain(
      'ATTRS{idVendor}=="2c7c", ATTRS{idProduct}=="0125", ENV{ID_MM_DEVICE_IGNORE}="1"',
    );
  });
});

describe('a modem that shows itself as a disk', () => {
  it('a modem that shows itself as a disk is named by its id', () => {
    const stick = {
      position: '1-3',
      key: '1-3#1.5',
      vendor: '19d2',
      product: '0150',
      maker: null,
      model: null,
      serial: null,
      number: null,
    };
    const findings = checkStorageMode([stick]);
    expect(seen(findings)).toEqual(['fail modem.storage-mode']);
    expect(allOf(findings)).toMatch(/19d2:0150, socket 1-3.*usb-modeswitch/);
  });
});

describe('the register', () => {
  const mine = { mode: 0o700, uid: 990, gid: 990 };
  const data = (more: Partial<DataFacts> = {}): DataFacts => ({
    dataDir: '/var/lib/visitlog',
    folder: mine,
    keyFile: '/var/lib/visitlog/keyring',
    key: { ...mine, mode: 0o600 },
    foreignFiles: [],
    hasRegister: true,
    expectsRegister: false,
    fileSystem: null,
    auditFindings: 0,
    hasSystemLog: true,
    freeBytes: 50 * 1024 ** 3,
    account,
    ...more,
  });
  it.each<[string, Partial<DataFacts>, string]>([
    ['is private', {}, 'ok data.private'],
    ['is not there yet', { folder: 'missing', key: 'missing', hasRegister: false }, 'note data.missing'],
    [
      'is not there, and is expected',
      { folder: 'missing', key: 'missing', hasRegister: false, expectsRegister: true },
      'fail data.expected',
    ],
    ['is gone after a restart', { fileSystem: fileSystemOf(0x01021994) }, 'fail data.in-memory'],
    ['is on another machine', { fileSystem: fileSystemOf(0x6969) }, 'warn data.on-network'],
    ['is copied at each write', { fileSystem: fileSystemOf(0x9123683e) }, 'warn data.copied-on-write'],
    ['may not be looked at', { folder: 'hidden', key: 'hidden' }, 'note data.hidden'],
    ['can be reached by others', { folder: { ...mine, mode: 0o750 } }, 'fail data.mode'],
    ['is somebody else’s', { folder: { ...mine, uid: 0 } }, 'fail data.owner'],
    ['has its keyring', {}, 'ok keyring.private'],
    ['has lost its keyring', { key: 'missing' }, 'fail keyring.missing'],
    ['has a keyring that others can reach', { key: { ...mine, mode: 0o640 } }, 'fail keyring.mode'],
    [
      'has a keyring of somebody else elsewhere',
      { keyFile: '/media/key/keyring', key: { mode: 0o600, uid: 0, gid: 0 } },
      'fail keyring.owner',
    ],
    ['has files of somebody else', { foreignFiles: ['keyring', 'spool'] }, 'fail data.files-owner'],
    ['is lost, and its keyring is there', { hasRegister: false }, 'note keyring.alone'],
    ['has a keyring that may not be looked at', { key: 'hidden' }, 'note keyring.hidden'],
    ['has room', {}, 'ok disk.room'],
    ['has little room', { freeBytes: 900 * 1024 ** 2 }, 'warn disk.low'],
    ['has no room', { freeBytes: 100 * 1024 ** 2 }, 'fail disk.full'],
    ['has an intact audit log', {}, 'ok audit.intact'],
    ['has an audit log with findings', { auditFindings: 2 }, 'fail audit.findings'],
    ['has no log of the machine for its anchors', { hasSystemLog: false }, 'note audit.no-system-log'],
  ])('the register is reported: %s', (_, more, id) => {
    expect(seen(checkData(data(more)))).toContain(id);
  });

  it('files of somebody else, whichever they are, are one finding with one command', () => {
    const root = { mode: 0o600, uid: 0, gid: 0 };
    const foreignFiles = ['gateway.lock', 'keyring', 'register.sqlite'];
    const own = checkData(data({ key: root, foreignFiles }));
    const fails = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity === 'fail');
    expect(seen(fails(own))).toEqual(['fail data.files-owner']);
    expect(allOf(fails(own))).toMatch(
      /gateway\.lock, keyring, register\.sqlite.*chown -R --reference=\/var\/lib\/visitlog \/var\/lib\/visitlog/,
    );
    const all = checkData(data({ folder: { ...root, mode: 0o700 }, key: root, foreignFiles: [] }));
    expect(seen(fails(all))).toEqual(['fail data.owner']);
  });

  it('the file system of a register is told by what the kernel says of it', () => {
    expect([fileSystemAt('/dev/shm')?.name, fileSystemAt('/dev/shm/not/yet')?.name]).toEqual([
      'tmpfs',
      'tmpfs',
    ]);
    expect([fileSystemAt('/proc'), fileSystemOf(0xef53)]).toEqual([null, null]);
    expect(fileSystemOf(0xff534d42 | 0)?.name).toBe('CIFS');
  });

  it('a register that does not exist yet needs no keyring', () => {
    const findings = checkData(data({ folder: 'missing', key: 'missing', hasRegister: false }));
    expect(findings.filter(({ severity }) => severity === 'fail')).toEqual([]);
  });
});

describe('the file of a PIN', () => {
  const own = { mode: 0o400, uid: 990, gid: 990 };
  it.each<[PinFileFacts['file'], string]>([
    [own, 'ok pin-file.private'],
    ['missing', 'fail pin-file.missing'],
    ['hidden', 'note pin-file.hidden'],
    [{ ...own, uid: 0 }, 'fail pin-file.no-right'],
    [{ ...own, mode: 0o444 }, 'warn pin-file.mode'],
  ])('the file of a PIN is reported: %j', (fileRights, id) => {
    const facts = { line: 'line1', path: '/etc/visitlog/line1.pin', file: fileRights, account };
    expect(seen([checkPinFile(facts)])).toEqual([id]);
  });
});

describe('the clock', () => {
  const nowMs = Date.UTC(2026, 10, 23, 5);
  const facts = (more: Partial<ClockFacts>): ClockFacts => ({
    nowMs,
    synchronisedAtMs: nowMs - 60_000,
    timeService: null,
    isServiceHeard: true,
    isUnkeptAccepted: false,
    ...more,
  });
  it.each<[Partial<ClockFacts>, string]>([
    [{}, 'ok clock.kept'],
    [{ synchronisedAtMs: null, timeService: 'chronyd' }, 'ok clock.kept'],
    [{ timeService: 'chronyd', isServiceHeard: false }, 'warn clock.unreached'],
    [{ timeService: 'chronyd', isServiceHeard: false, isUnkeptAccepted: true }, 'ok clock.unreached'],
    [{ synchronisedAtMs: null }, 'warn clock.free'],
    [{ synchronisedAtMs: null, isUnkeptAccepted: true }, 'ok clock.free'],
    [{ synchronisedAtMs: nowMs - 3 * 86_400_000 }, 'note clock.stale'],
    [{ nowMs: 0 }, 'fail clock.wrong'],
    [{ nowMs: Date.UTC(2106, 0, 1), timeService: 'ntpd' }, 'fail clock.wrong'],
  ])('the clock is reported: %j', (more, id) => {
    expect(seen([checkClock(facts(more))])).toEqual([id]);
  });
});

describe('the service', () => {
  const facts = (more: Partial<ServiceFacts>): ServiceFacts => ({
    unit: '/usr/lib/systemd/system/visitlog.service',
    enabled: true,
    missingUser: null,
    gateway: 812,
    ...more,
  });
  it.each<[Partial<ServiceFacts>, string[]]>([
    [{}, ['ok gateway.running', 'ok unit.enabled']],
    [{ gateway: null }, ['note gateway.stopped', 'ok unit.enabled']],
    [{ gateway: 'hidden' }, ['note gateway.unseen', 'ok unit.enabled']],
    [{ unit: null, enabled: false }, ['ok gateway.running', 'warn unit.missing']],
    [{ enabled: false }, ['ok gateway.running', 'warn unit.disabled']],
    [{ missingUser: 'visitlog' }, ['ok gateway.running', 'fail unit.user-missing']],
  ])('the service is reported: %j', (more, ids) => {
    expect(seen(checkService(facts(more)))).toEqual(ids);
  });
});

describe('memory', () => {
  const facts = (more: Partial<MemoryFacts>): MemoryFacts => ({
    swaps: [],
    corePattern: 'core',
    coreForbidden: true,
    swapForbidden: false,
    ...more,
  });
  it.each<[Partial<MemoryFacts>, string[]]>([
    [{}, ['ok memory.no-swap', 'ok memory.no-core']],
    [{ swaps: ['/dev/sda2'] }, ['note memory.swap', 'ok memory.no-core']],
    [{ swaps: ['/dev/sda2'], swapForbidden: true }, ['ok memory.no-swap', 'ok memory.no-core']],
    [{ coreForbidden: false }, ['ok memory.no-swap', 'note memory.core']],
    [{ coreForbidden: false, corePattern: null }, ['ok memory.no-swap', 'ok memory.no-core']],
  ])('memory is reported: %j', (more, ids) => {
    expect(seen(checkMemory(facts(more)))).toEqual(ids);
  });
});

describe('the runtime', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['22.3.0', 'ok'],
    ['24.0.1', 'ok'],
    ['20.18.3', 'fail'],
    ['18.20.4', 'fail'],
  ])('the runtime %s is %s', (version, severity) => {
    expect(checkRuntime(version).severity).toBe(severity);
  });
});
