import { existsSync, statfsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { linkAt, namesIn, readAttribute, readText } from '../modem/discovery/system-files.ts';
import { type Account, findAccount } from './account.ts';
import type { ClockFacts } from './check-clock.ts';
import type { MemoryFacts } from './check-memory.ts';
import type { ServiceUnit } from './service-unit.ts';

/** The user that the unit names, else who runs this; `missing` is a user that the unit names in vain. */
export function gatherAccount(
  root: string,
  unit: ServiceUnit | null,
): { account: Account; missing: string | null } {
  const passwd = readText(join(root, 'etc/passwd')) ?? '';
  const group = readText(join(root, 'etc/group')) ?? '';
  const name = unit?.settings.get('User');
  const more = unit?.settings.get('SupplementaryGroups')?.split(/\s+/) ?? [];
  const named = name === undefined ? null : findAccount(name, passwd, group, more);
  if (named) return { account: named, missing: null };
  const own = { name: userInfo().username, uid: userInfo().uid, gids: process.getgroups?.() ?? [] };
  const isDynamic = unit?.settings.get('DynamicUser') === 'yes';
  return { account: own, missing: isDynamic ? null : (name ?? null) };
}

/** The process ids of the processes of these names. */
export function processesNamed(root: string, names: readonly string[]): { pid: number; name: string }[] {
  return namesIn(join(root, 'proc'))
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      const name = readAttribute(join(root, 'proc', pid), 'comm');
      return name !== null && names.includes(name) ? [{ pid: Number(pid), name }] : [];
    });
}

/** A unit that is masked cannot be started. */
export function isModemManagerInstalled(root: string): boolean {
  if (linkAt(join(root, 'etc/systemd/system/ModemManager.service')) === '/dev/null') return false;
  return ['usr/sbin', 'usr/bin'].some((folder) => existsSync(join(root, folder, 'ModemManager')));
}

export function gatherClock(root: string, nowMs: number): ClockFacts {
  const synchronised = join(root, 'run/systemd/timesync/synchronized');
  const [service] = processesNamed(root, ['chronyd', 'ntpd', 'ntp-daemon']);
  return {
    nowMs,
    synchronisedAtMs: statSync(synchronised, { throwIfNoEntry: false })?.mtimeMs ?? null,
    timeService: service?.name ?? null,
  };
}

export function gatherMemory(root: string, unit: ServiceUnit | null): MemoryFacts {
  const [, ...swaps] = (readText(join(root, 'proc/swaps')) ?? '').trim().split('\n');
  const devices = swaps.map((line) => line.split(/\s+/)[0] ?? '');
  const limit = unit?.settings.get('LimitCORE') ?? '';
  return {
    swaps: devices.filter((device) => device !== '' && !device.includes('zram')),
    corePattern: readAttribute(join(root, 'proc/sys/kernel'), 'core_pattern'),
    coreForbidden: /^0(?::0)?$/.test(limit),
    swapForbidden: unit?.settings.get('MemorySwapMax') === '0',
  };
}

/** Octets that the file system has left at this path, or where it would be made; null where it cannot be told. */
export function freeBytesAt(path: string): number | null {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = statfsSync(at);
      return bavail * bsize;
    } catch {
      if (at === dirname(at)) return null;
    }
  }
}
