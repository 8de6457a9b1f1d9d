import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname, userInfo } from 'node:os';
import type { Actor, Origin, Person } from './audit-types.ts';

/** What is asked of the system to tell who acts; handed in, so that tests can be anybody. */
export interface ActorProbe {
  readonly uid: number;
  readonly user: string | null;
  readonly host: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file's text, or null if it is unreadable. */
  read(path: string): string | null;
}

export function systemProbe(env: ActorProbe['env']): ActorProbe {
  return {
    uid: process.getuid?.() ?? 0,
    user: userName(),
    host: hostname(),
    env,
    read(path) {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return null;
      }
    },
  };
}

export function actorOf(probe: ActorProbe): Actor {
  return {
    uid: probe.uid,
    user: probe.user,
    sudo: sudoPerson(probe.env),
    login: loginPerson(probe),
    session: kernelNumber(probe, '/proc/self/sessionid'),
  };
}

export function originOf(probe: ActorProbe): Origin {
  return { host: probe.host, tty: terminal(probe), remote: remoteEnd(probe), told: ['remote'] };
}

/** What the caller told of where they are, and nobody else. In rows of an older version nothing says so. */
export function toldOf({ told = ['remote'], ...where }: Origin): readonly ('tty' | 'remote')[] {
  return told.filter((part) => where[part] !== null);
}

/** The name to show for an actor: the login that cannot be changed before the sudo that says it, before the user. */
export function personOf({ uid, user, sudo, login }: Actor): string {
  const person = login ?? sudo ?? { uid, user };
  return person.user ?? `uid ${person.uid}`;
}

/** The system has no name for a number in a container, or when its directory service is away. */
function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

function sudoPerson({ SUDO_UID: uid = '', SUDO_USER: user }: ActorProbe['env']): Person | null {
  if (!/^\d{1,10}$/.test(uid)) return null;
  return { uid: Number(uid), user: user === undefined ? null : user.slice(0, 64) };
}

function loginPerson(probe: ActorProbe): Person | null {
  const uid = kernelNumber(probe, '/proc/self/loginuid');
  if (uid === null) return null;
  return { uid, user: uid === probe.uid ? probe.user : nameInPasswd(probe, uid) };
}

/** What the kernel gives a process that no login began. */
const unset = 0xff_ff_ff_ff;

function kernelNumber(probe: ActorProbe, path: string): number | null {
  const text = probe.read(path)?.trim() ?? '';
  return /^\d{1,10}$/.test(text) && Number(text) !== unset ? Number(text) : null;
}

function nameInPasswd(probe: ActorProbe, uid: number): string | null {
  for (const line of probe.read('/etc/passwd')?.split('\n') ?? []) {
    const [name, , number] = line.split(':');
    if (name && number === String(uid)) return name;
  }
  return null;
}

/** Fields of /proc/PID/stat from the third on: the second is the program's name, which may hold anything. */
function statOf(probe: ActorProbe, pid: string): string[] | null {
  const text = probe.read(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** The controlling terminal, which no redirection hides (proc_pid_stat(5), field 7). */
function terminal(probe: ActorProbe): string | null {
  const device = Number(statOf(probe, 'self')?.[4] ?? 0);
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`;
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`;
  return device === 0 ? null : `device ${major}:${minor}`;
}

/** Far more than stand between a login and a command. */
const mostAncestors = 32;

/** SSH's far end: of this process, or, as sudo leaves it out, of the nearest ancestor whose environment can be read. */
function remoteEnd(probe: ActorProbe): string | null {
  const own = addressIn(probe.env.SSH_CONNECTION);
  if (own !== null) return own;
  let pid = statOf(probe, 'self')?.[1];
  for (let step = 0; step < mostAncestors && pid !== undefined && Number(pid) > 1; step += 1) {
    const environment = probe.read(`/proc/${pid}/environ`) ?? '';
    const entry = environment.split('\0').find((variable) => variable.startsWith('SSH_CONNECTION='));
    const address = addressIn(entry?.slice('SSH_CONNECTION='.length));
    if (address !== null) return address;
    pid = statOf(probe, pid)?.[1];
  }
  return null;
}

function addressIn(connection: string | undefined): string | null {
  const address = connection?.split(' ')[0] ?? '';
  // Node makes its pattern of addresses when first asked, ten milliseconds' work that most commands need not wait for.
  return address === '' || isIP(address) === 0 ? null : address;
}
