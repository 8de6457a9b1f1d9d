import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { readText } from '../modem/discovery/system-files.ts';
import type { DoorFacts, RoleGroup } from './check-door.ts';
import { findUnit } from './gather-machine.ts';

const unitName = 'visitlog-door.socket';
const roles = ['masked', 'reveal', 'manage', 'audit'] as const;

export function gatherDoor(root: string, { door, roles: given }: Pick<Config, 'door' | 'roles'>): DoorFacts {
  const { socket } = door;
  const unit = findUnit(root, unitName);
  return {
    socket,
    unit: unit && {
      path: unit.path,
      enabled: unit.enabled,
      listens: unit.settings.get('ListenStream') ?? null,
    },
    file: socket === null ? null : fileAt(join(root, socket)),
    listening: socket === null ? null : isListening(root, socket),
    groups: roles.flatMap((role) => given[role].map((group) => roleGroup(root, role, group))),
  };
}

function fileAt(path: string): DoorFacts['file'] {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : { mode: stat.mode & 0o777, uid: stat.uid, isSocket: stat.isSocket() };
}

/** SO_ACCEPTCON of include/linux/net.h, as /proc/net/unix shows it. */
const acceptsConnections = 0x10000;

function isListening(root: string, socket: string): boolean | null {
  const text = readText(join(root, 'proc/net/unix'));
  if (text === null) return null;
  return text.split('\n').some((line) => {
    const [, , , flags = '', , , , path] = line.trim().split(/\s+/);
    return path === socket && (Number.parseInt(flags, 16) & acceptsConnections) !== 0;
  });
}

function roleGroup(root: string, role: string, group: string): RoleGroup {
  const local = entryOf(readText(join(root, 'etc/group')) ?? '', group);
  const entry = local ?? elsewhere(root, group);
  if (entry === null) return { role, group, members: null, isLocal: false };
  const [, , gid = '', names = ''] = entry;
  const listed = names.split(',').filter((name) => name !== '');
  // Who has it for their own group is not listed in it.
  const passwd = (readText(join(root, 'etc/passwd')) ?? '').split('\n').map((row) => row.split(':'));
  const own = passwd.filter((row) => row[3] === gid && gid !== '').map(([name = '']) => name);
  return { role, group, members: new Set([...listed, ...own]).size, isLocal: local !== null };
}

function entryOf(text: string, group: string): string[] | null {
  return (
    text
      .split('\n')
      .map((row) => row.split(':'))
      .find(([name]) => name === group) ?? null
  );
}

/** By the name service switch: LDAP, sssd. */
function elsewhere(root: string, group: string): string[] | null {
  if (root !== '/') return null;
  const { status, stdout } = spawnSync('getent', ['group', group], { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? entryOf(stdout, group) : null;
}
