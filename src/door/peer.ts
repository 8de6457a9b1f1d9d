import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { fault } from '../base/errors.ts';
import type { Actor, Person } from '../store/audit/audit-types.ts';

/** The process at the other end of the socket. */
interface PeerIds {
  readonly pid: number;
  readonly uid: number;
}

/**
 * What systemd put into the instance's name out of the kernel's SO_PEERCRED: `counter-pid-uid` (until 254),
 * `counter-cookie-pid-uid`, `counter-cookie-pid_pidfd-uid` (since 257). The uid is the last field in all of them.
 * Error: `door.peer`, also if the kernel did not say.
 */
export function parseInstance(instance: string): PeerIds {
  const [, pid, uid] = /^\d+(?:-\d+)?-(\d{1,10})(?:_\d+)?-(\d{1,10})$/.exec(instance) ?? [];
  if (pid === undefined || uid === undefined) throw fault('door.peer', { instance });
  return { pid: Number(pid), uid: Number(uid) };
}

/** What a process without a login, or one of another user namespace, has for a uid: nobody's. */
const nobodys = [65_534, 0xff_ff_ff_ff];

export interface Peer {
  readonly who: Actor;
  /** Names of the groups that the account belongs to. */
  readonly groups: readonly string[];
}

/** Asks the system who this is. An account that the system does not know belongs to no group. */
export async function readPeer({ pid, uid }: PeerIds): Promise<Peer> {
  if (nobodys.includes(uid))
    return { who: { uid, user: null, sudo: null, login: null, session: null }, groups: [] };
  // Asked at once: the officer waits for both.
  const [user, groups] = await Promise.all([accountName(uid), groupNames(uid)]);
  const loginUid = procNumber(pid, uid, 'loginuid');
  const login: Person | null =
    loginUid === null ? null : { uid: loginUid, user: loginUid === uid ? user : await accountName(loginUid) };
  return {
    who: { uid, user, sudo: null, login, session: procNumber(pid, uid, 'sessionid') },
    groups: user === null ? [] : groups,
  };
}

const run = promisify(execFile);
/** A directory service that does not answer must not hold the door open. */
const lookUpMs = 10_000;

/** By the name service switch, so that LDAP and sssd count (getent(1)). */
async function accountName(uid: number): Promise<string | null> {
  try {
    const { stdout } = await run('getent', ['passwd', String(uid)], { timeout: lookUpMs });
    const [name, , number] = stdout.split('\n')[0]?.split(':') ?? [];
    return name && number === String(uid) ? name : null;
  } catch {
    return null;
  }
}

/** Asked for by the account, not read from the process: whoever left a group may still run an old login. */
async function groupNames(uid: number): Promise<readonly string[]> {
  try {
    // The plus sign says that it is a number, even if an account has that for a name (coreutils, user names).
    const { stdout } = await run('id', ['-Gnz', '--', `+${uid}`], { timeout: lookUpMs });
    return stdout.split('\0').filter((name) => name !== '');
  } catch {
    return [];
  }
}

/** What the kernel gives a process that no login began. */
const unset = 0xff_ff_ff_ff;

/** A number of the peer's in /proc, if the process still is that account's: its id may be another's by now. */
function procNumber(pid: number, uid: number, file: 'loginuid' | 'sessionid'): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/${file}`, 'utf8').trim();
    const isPeers = statSync(`/proc/${pid}`).uid === uid;
    return isPeers && /^\d{1,10}$/.test(text) && Number(text) !== unset ? Number(text) : null;
  } catch {
    return null;
  }
}

/**
 * The processes of the door that serve this account and were there before this one. Each has its number from the
 * system, so that of many that begin at once as many get through as may.
 */
export function servedBefore(uid: number): number {
  const own = startOf('self');
  if (own === null) return 0;
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid || !serves(pid, uid)) return false;
    const other = startOf(pid);
    return other !== null && (other < own || (other === own && Number(pid) < process.pid));
  }).length;
}

function serves(pid: string, uid: number): boolean {
  try {
    if (statSync(`/proc/${pid}`).uid !== process.geteuid?.()) return false;
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const instance = words[words.indexOf('--instance') + 1] ?? '';
    return words.includes('door') && parseInstance(instance).uid === uid;
  } catch {
    return false;
  }
}

/** Clock ticks from the machine's start to the process's (proc_pid_stat(5), field 22). */
function startOf(pid: string): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return null;
  }
}
