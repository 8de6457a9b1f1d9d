import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settings } from '../../src/config/settings.ts';
import { analyze, hasSystemdAnalyze, placeBackup, placeDoor, placeUnit, readUnitFile } from './unit-bench.ts';

const variants: readonly { readonly dropIns: readonly string[]; readonly most: number }[] = [
  { dropIns: [], most: 0.5 },
  { dropIns: ['credentials'], most: 0.5 },
  { dropIns: ['reset-command'], most: 0.5 },
  { dropIns: ['metrics-textfile'], most: 0.5 },
  { dropIns: ['metrics-port'], most: 1.3 },
  { dropIns: ['serial-server'], most: 1.3 },
  { dropIns: ['central'], most: 1.3 },
  { dropIns: ['metrics-port', 'serial-server', 'credentials', 'reset-command'], most: 1.3 },
];

/** Needs `systemd-analyze` (Debian: package systemd). */
describe.runIf(hasSystemdAnalyze)('the unit', () => {
  it.each(variants)(
    'the unit with $dropIns has no fault and exposes at most $most of 10',
    ({ dropIns, most }) => {
      const unit = placeUnit(dropIns);
      try {
        expect(analyze(['verify', '--man=no', unit.path])).toEqual({ status: 0, said: '' });
        const { said } = analyze(['security', '--offline=true', '--threshold=100', unit.path]);
        const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
        expect(exposure).toBeLessThanOrEqual(most);
      } finally {
        unit.remove();
      }
    },
  );
});

describe('the unit file', () => {
  const setting = (name: string): string[] =>
    [...readUnitFile('visitlog.service').matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(
      ([, value]) => value ?? '',
    );

  it('the unit is not restarted if a person has to correct something, and always restarted otherwise', () => {
    expect({
      restart: setting('Restart'),
      not: setting('RestartPreventExitStatus'),
      limit: setting('StartLimitIntervalSec'),
    }).toEqual({ restart: ['always'], not: ['2 3'], limit: ['0'] });
  });

  it('the unit gives the gateway longer to stop than it needs, and writes its memory to no disk', () => {
    expect(setting('TimeoutStopSec')).toEqual(['10s']);
    expect([setting('LimitCORE'), setting('MemorySwapMax'), setting('WatchdogSignal')]).toEqual([
      ['0'],
      ['0'],
      ['SIGKILL'],
    ]);
  });

  it('the unit never forbids what V8 needs to start', () => {
    expect(setting('MemoryDenyWriteExecute')).toEqual([]);
  });
});

/** Needs `systemd-analyze` (Debian: package systemd). */
describe.runIf(hasSystemdAnalyze)("the units of the officers' door", () => {
  it("the units of the officers' door have no fault, and expose at most 1.5 of 10", () => {
    const unit = placeDoor();
    try {
      expect(analyze(['verify', '--man=no', unit.path, unit.socket])).toEqual({ status: 0, said: '' });
      const { said } = analyze(['security', '--offline=true', '--threshold=100', unit.path]);
      const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
      expect(exposure).toBeLessThanOrEqual(1.5);
    } finally {
      unit.remove();
    }
  });
});

describe.runIf(hasSystemdAnalyze)('the units of backups', () => {
  it('the units of backups have no fault, and expose at most 0.5 of 10', () => {
    const unit = placeBackup();
    try {
      expect(analyze(['verify', '--man=no', unit.path, unit.timer])).toEqual({ status: 0, said: '' });
      const { said } = analyze(['security', '--offline=true', '--threshold=100', unit.path]);
      const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
      expect(exposure).toBeLessThanOrEqual(0.5);
    } finally {
      unit.remove();
    }
  });
});

describe('the unit file of backups', () => {
  const steps = [
    ...readUnitFile('visitlog-backup.service').matchAll(/^ExecStart=\/bin\/sh -euc '(.*)'$/gm),
  ].map(([, script = '']) => script.replaceAll('%%', '%'));

  it('a backup has the name of its day, and of fifteen of them the oldest goes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'visitlog-backups-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const days = Array.from(
      { length: 14 },
      (_, day) => `visitlog-2026-01-${String(day + 1).padStart(2, '0')}.sqlite`,
    );
    for (const name of [...days, 'visitlog-before-upgrade.sqlite']) writeFileSync(join(folder, name), '');
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n[ "$1 $2" = "backup --force" ] && echo backup >"$3"\n', {
      mode: 0o755,
    });
    for (const script of steps)
      execFileSync('/bin/sh', ['-euc', script.replace('/usr/bin/visitlog', program)], {
        env: { ...process.env, STATE_DIRECTORY: folder, KEEP: '14' },
      });
    const kept = readdirSync(folder).filter((name) => name.startsWith('visitlog-'));
    expect(kept).toHaveLength(15);
    expect(kept).toContain('visitlog-before-upgrade.sqlite');
    expect(kept).not.toContain(days[0]);
    expect(kept).toContain(days[1]);
    expect(steps).toHaveLength(2);
  });
});

describe("the unit files of the officers' door", () => {
  const setting = (file: string, name: string): string[] =>
    [...readUnitFile(file).matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value ?? '');
  const service = (name: string) => setting('visitlog-door@.service', name);
  const socket = (name: string) => setting('visitlog-door.socket', name);

  it("the officers' door starts a process for each connection, which learns from systemd who connected", () => {
    expect([socket('Accept'), socket('SocketMode'), service('StandardInput')]).toEqual([
      ['yes'],
      ['0666'],
      ['socket'],
    ]);
    expect(service('ExecStart')).toEqual(['/usr/bin/visitlog door --instance %i']);
  });

  it("the units of the officers' door limit connections, time and memory, and one burst of connections does not end the socket", () => {
    expect([socket('MaxConnections'), socket('TriggerLimitIntervalSec')]).toEqual([['16'], ['0']]);
    expect([service('RuntimeMaxSec'), service('MemoryMax'), service('TasksMax')]).toEqual([
      ['1h'],
      ['1G'],
      ['64'],
    ]);
  });

  it("the units of the officers' door write nothing of their own to the officer, and no memory to a disk", () => {
    expect([service('StandardOutput'), service('StandardError')]).toEqual([['journal'], ['journal']]);
    expect([service('LimitCORE'), service('MemorySwapMax')]).toEqual([['0'], ['0']]);
  });

  it("the officers' door listens where an officer looks who cannot read the configuration", () => {
    expect(socket('ListenStream')).toEqual([settings.door.socket.default]);
  });
});
