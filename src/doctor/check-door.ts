import { type Finding, findingsOn } from './finding.ts';

/** A group that a role of the configuration names. */
export interface RoleGroup {
  readonly role: string;
  readonly group: string;
  /** How many accounts it has; null if the system does not know the group. */
  readonly members: number | null;
  /** It is a group of this machine, whose members are listed; a directory may list none. */
  readonly isLocal: boolean;
}

export interface DoorFacts {
  /** As configured; null for none. */
  readonly socket: string | null;
  /** The unit of the socket; null: nowhere. */
  readonly unit: { readonly path: string; readonly enabled: boolean; readonly listens: string | null } | null;
  /** What lies at the configured path. */
  readonly file: { readonly mode: number; readonly uid: number; readonly isSocket: boolean } | null;
  /** Whether somebody listens there; null: it cannot be seen. */
  readonly listening: boolean | null;
  readonly groups: readonly RoleGroup[];
}

/** Whether officers' commands get through: the socket, its rights, and who has a role. */
export function checkDoor(facts: DoorFacts): Finding[] {
  const find = findingsOn('door');
  const { socket, unit, groups } = facts;
  if (socket === null) return [find('door.none')];
  if (unit === null) return [find('door.unit-missing')];
  const start = unit.enabled ? [] : [find('door.disabled')];
  return [...start, checkSocket(socket, unit.listens, facts), ...checkRoles(groups)];
}

/** Everybody may connect (0666): who it is, the kernel says, and what they may do, the roles. */
const wantedMode = 0o666;

function checkSocket(socket: string, unitListens: string | null, { file, listening }: DoorFacts): Finding {
  const find = findingsOn('door');
  if (unitListens !== null && unitListens !== socket)
    return find('door.other-socket', { socket, unit_socket: unitListens });
  if (file === null || !file.isSocket || listening === false) return find('door.not-listening', { socket });
  if ((file.mode & wantedMode) !== wantedMode || file.uid !== 0) return find('door.rights', { socket });
  return listening === null ? find('door.unseen', { socket }) : find('door.listening', { socket });
}

function checkRoles(groups: readonly RoleGroup[]): Finding[] {
  const find = findingsOn('door');
  if (groups.length === 0) return [find('door.no-roles')];
  return groups.map(({ role, group, members, isLocal }) => {
    if (members === null) return find('door.group-missing', { role, group });
    if (members === 0 && isLocal) return find('door.group-empty', { role, group });
    // A directory tells who is in which group when they ask, and may list nobody.
    return isLocal
      ? find('door.group', { role, group, members })
      : find('door.group-elsewhere', { role, group });
  });
}
