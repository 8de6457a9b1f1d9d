import { existsSync, lstatSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../base/errors.ts';
import { isChronyHeard, timesyncdAtMs } from '../daemon/watch-clock.ts';
import { linkAt, namesIn, readAttribute, readText } from '../modem/discovery/system-files.ts';
import type { ClockFacts, MemoryFacts } from './check-service.ts';

/** The user that the gateway runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  /** Its own group's and all others'. */
  readonly gids: readonly number[];
}

/** Owner and permissions of a file. */
export interface Rights {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Whether the account has these permissions (4 read, 2 write, 1 enter) by the file's mode; ACLs are ignored. */
export function mayUse({ mode, uid, gid }: Rights, account: Account, wanted: number): boolean {
  if (account.uid === 0) return true;
  const shift = account.uid === uid ? 6 : account.gids.includes(gid) ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/** Whether anybody except the owner has a right to it. */
export function isOpenToOthers({ mode }: Rights): boolean {
  return (mode & 0o077) !== 0;
}

/** The account in /etc/passwd and /etc/group; null if there is none of that name. */
export function findAccount(
  name: string,
  passwd: string,
  group: string,
  more: readonly string[] = [],
): Account | null {
  const fields = entriesOf(passwd).find(([user]) => user === name);
  if (!fields) return null;
  const member = (entry: readonly string[]) =>
    (entry[3] ?? '').split(',').includes(name) || more.includes(entry[0] ?? '');
  const groups = entriesOf(group).filter(member);
  const gids = [fields[3], ...groups.map((entry) => entry[2])].map(Number);
  return { name, uid: Number(fields[2]), gids };
}

/** The name of a group by its number, or the number. */
export function groupName(gid: number, group: string): string {
  return entriesOf(group).find((entry) => entry[2] === String(gid))?.[0] ?? String(gid);
}

function entriesOf(text: string): string[][] {
  return text.split('\n').map((line) => line.split(':'));
}

/** A unit of systemd, with its drop-ins. */
export interface ServiceUnit {
  readonly path: string;
  /** The last value of each setting, drop-ins included. */
  readonly settings: ReadonlyMap<string, string>;
  /** All words of each setting that may be repeated; an empty value takes back what was before. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly enabled: boolean;
}

/** In systemd's own order of precedence. */
const folders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

/** The gateway's unit file; null if there is none. */
export function findServiceUnit(root: string): ServiceUnit | null {
  return findUnit(root, 'visitlog.service');
}

/** A unit file with its drop-ins; null if there is none. */
export function findUnit(root: string, unitName: string): ServiceUnit | null {
  for (const folder of folders) {
    const path = join(folder, unitName);
    const text = readText(join(root, path));
    if (text === null) continue;
    const all = [text, ...folders.toReversed().flatMap((each) => dropIns(root, each, unitName))].join('\n');
    return {
      path,
      settings: parseSettings(all),
      lists: parseLists(all),
      enabled: isEnabled(root, unitName),
    };
  }
  return null;
}

function dropIns(root: string, folder: string, unitName: string): string[] {
  const at = join(root, folder, `${unitName}.d`);
  const names = namesIn(at).filter((name) => name.endsWith('.conf'));
  return names.sort().flatMap((name) => readText(join(at, name)) ?? []);
}

/** A unit is enabled if a target wants or requires it. */
function isEnabled(root: string, unitName: string): boolean {
  return folders.some((folder) =>
    namesIn(join(root, folder))
      .filter((name) => /\.(?:wants|requires)$/.test(name))
      .some((name) => namesIn(join(root, folder, name)).includes(unitName)),
  );
}

function parseSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/^([A-Za-z]+)=(.*)$/gm))
    settings.set(name, value.trim());
  return settings;
}

function parseLists(text: string): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  for (const [, name = '', value = ''] of text.matchAll(/^([A-Za-z]+)=(.*)$/gm)) {
    const words = value.split(/\s+/).filter((word) => word !== '');
    lists.set(name, words.length === 0 ? [] : [...(lists.get(name) ?? []), ...words]);
  }
  return lists;
}

/** The user that the unit names, else the user of this process; `missing`: a named user that does not exist. */
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

/** The addresses that /etc/hosts has for a name. */
export function addressesNamed(root: string, host: string): string[] {
  const rows = (readText(join(root, 'etc/hosts')) ?? '')
    .split('\n')
    .map((row) => row.replace(/#.*/, '').trim());
  return rows.flatMap((row) => {
    const [address = '', ...names] = row.split(/\s+/);
    return names.some((name) => name.toLowerCase() === host.toLowerCase()) ? [address] : [];
  });
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

/** A masked unit cannot be started. */
export function isModemManagerInstalled(root: string): boolean {
  if (linkAt(join(root, 'etc/systemd/system/ModemManager.service')) === '/dev/null') return false;
  return ['usr/sbin', 'usr/bin'].some((folder) => existsSync(join(root, folder, 'ModemManager')));
}

export function gatherClock(root: string, nowMs: number): Omit<ClockFacts, 'isUnkeptAccepted'> {
  const [service] = processesNamed(root, ['chronyd', 'ntpd', 'ntp-daemon']);
  return {
    nowMs,
    synchronisedAtMs: timesyncdAtMs(root),
    timeService: service?.name ?? null,
    isServiceHeard: service?.name !== 'chronyd' || isChronyHeard(root, nowMs),
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

/** Free octets of the file system at this path, or at the nearest folder that exists; null if unknown. */
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

/** `hidden`: this user may not see it. */
export type FileRights = (Rights & { readonly isTerminal: boolean }) | 'missing' | 'hidden';

/** Owner and permissions of a file, or of a link's target. */
export function readFileRights(path: string): FileRights {
  try {
    const stat = statSync(path);
    return {
      mode: stat.mode & 0o777,
      uid: stat.uid,
      gid: stat.gid,
      isTerminal: stat.isCharacterDevice(),
    };
  } catch (error) {
    return systemCodeOf(error) === 'EACCES' ? 'hidden' : 'missing';
  }
}

/** What lies in a folder, at any depth, and does not belong to the folder's owner; none of what this user may not see. */
export function foreignFilesIn(folder: string): string[] {
  try {
    const { uid } = statSync(folder);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    return names.filter((name) => {
      const file = lstatSync(join(folder, name), { throwIfNoEntry: false });
      return file !== undefined && file.uid !== uid;
    });
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    return [];
  }
}
