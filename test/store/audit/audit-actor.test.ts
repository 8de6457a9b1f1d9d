import { describe, expect, it } from 'vitest';
import {
  type ActorProbe,
  actorOf,
  originOf,
  personOf,
  systemProbe,
  toldOf,
} from '../../../src/store/audit/audit-actor.ts';

/** /proc/PID/stat with a name that tries to look like fields. */
const stat = (pid: number, parent: number, device = 0) =>
  `${pid} (a) S 1 (b) S ${parent} ${pid} ${pid} ${device} -1 0`;

const passwd =
  'root:x:0:0:root:/root:/bin/sh\nofficer:x:1001:1001::/home/officer:/bin/sh\nvisitlog:x:997:997::/:/bin/false\n';

function probe(files: Record<string, string> = {}, changes: Partial<ActorProbe> = {}): ActorProbe {
  const all: Record<string, string> = { '/etc/passwd': passwd, '/proc/self/stat': stat(50, 40), ...files };
  return {
    uid: 997,
    user: 'visitlog',
    host: 'city-hall',
    env: {},
    read: (path) => all[path] ?? null,
    ...changes,
  };
}

describe('who acts', () => {
  it.each([
    ['a service', {}, {}, null, null, 'visitlog'],
    [
      'an officer behind sudo',
      { '/proc/self/loginuid': '1001' },
      { SUDO_UID: '1001', SUDO_USER: 'officer' },
      1001,
      1001,
      'officer',
    ],
    [
      'an officer whose environment claims another',
      { '/proc/self/loginuid': '1001' },
      { SUDO_UID: '0', SUDO_USER: 'root' },
      1001,
      0,
      'officer',
    ],
    [
      'sudo on a system without logins',
      { '/proc/self/loginuid': '4294967295' },
      { SUDO_UID: '1001', SUDO_USER: 'officer' },
      null,
      1001,
      'officer',
    ],
    ['a login without a name', { '/proc/self/loginuid': '5000\n' }, {}, 5000, null, 'uid 5000'],
    ['nonsense for sudo', {}, { SUDO_UID: 'x1', SUDO_USER: 'officer' }, null, null, 'visitlog'],
  ])('who acts %s', (_, files, env, login, sudo, person) => {
    const actor = actorOf(probe(files, { env }));
    expect(actor).toMatchObject({ uid: 997, user: 'visitlog' });
    expect([actor.login?.uid ?? null, actor.sudo?.uid ?? null, personOf(actor)]).toEqual([
      login,
      sudo,
      person,
    ]);
  });

  it('who acts is recorded with the session of the login, where the kernel counts them', () => {
    expect(actorOf(probe({ '/proc/self/sessionid': '12' })).session).toBe(12);
    expect(actorOf(probe({ '/proc/self/sessionid': '4294967295' })).session).toBeNull();
  });

  it('who acts is recorded on this machine', () => {
    const actor = actorOf(systemProbe({}));
    expect(actor.uid).toBe(process.getuid?.());
    expect(personOf(actor).length).toBeGreaterThan(0);
  });
});

describe('from where', () => {
  it.each([
    [0, null],
    [34_816 + 3, 'pts/3'],
    [(137 << 8) + 1, 'pts/257'],
    [(4 << 8) + 1, 'tty1'],
    [(4 << 8) + 64, 'ttyS0'],
    [(5 << 8) + 1, 'device 5:1'],
  ])('from where the terminal of device %i is %s', (device, tty) => {
    expect(originOf(probe({ '/proc/self/stat': stat(50, 40, device) })).tty).toBe(tty);
  });

  it('where from is what SSH says', () => {
    const env = { SSH_CONNECTION: '192.0.2.7 51000 198.51.100.1 22' };
    expect(originOf(probe({}, { env })).remote).toBe('192.0.2.7');
  });

  it('the far end of a connection is found in an ancestor if sudo left it out', () => {
    const files = {
      '/proc/self/stat': stat(50, 40),
      '/proc/40/stat': stat(40, 30),
      '/proc/30/stat': stat(30, 1),
      '/proc/30/environ': 'HOME=/home/officer\0SSH_CONNECTION=2001:db8::7 51000 2001:db8::1 22\0',
    };
    expect(originOf(probe(files)).remote).toBe('2001:db8::7');
  });

  it('what the caller said of where they are is told, and in rows that do not say so, the far end', () => {
    const where = { host: 'city-hall', tty: 'pts/3', remote: '192.0.2.7' };
    expect(toldOf(where)).toEqual(['remote']);
    expect(toldOf({ ...where, told: ['tty', 'remote'] })).toEqual(['tty', 'remote']);
    expect(toldOf({ ...where, remote: null, told: ['tty', 'remote'] })).toEqual(['tty']);
    expect(toldOf(originOf(probe({}, { env: { SSH_CONNECTION: '192.0.2.7 1 2 3' } })))).toEqual(['remote']);
  });

  it('what is not an address is not the far end of a connection', () => {
    const env = { SSH_CONNECTION: '01055500123 1 2 3' };
    expect(originOf(probe({}, { env })).remote).toBeNull();
  });
});
