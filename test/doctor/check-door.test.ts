import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { checkDoor, type DoorFacts, type RoleGroup } from '../../src/doctor/check-door.ts';
import { gatherDoor } from '../../src/doctor/gather-door.ts';
import { sayFinding } from '../../src/words/findings/doctor-findings.ts';
import { type MadeUpMachine, makeMachine } from '../support/made-up-machine.ts';

const socket = '/run/visitlog-door/door.sock';
const well: DoorFacts = {
  socket,
  unit: { path: '/usr/lib/systemd/system/visitlog-door.socket', enabled: true, listens: socket },
  file: { mode: 0o666, uid: 0, isSocket: true },
  listening: true,
  groups: [{ role: 'reveal', group: 'visitlog-officer', members: 2, isLocal: true }],
};
const found = (facts: Partial<DoorFacts>) =>
  checkDoor({ ...well, ...facts }).map(({ id, severity }) => (severity === 'ok' ? `ok ${id}` : id));
const group = (more: Partial<RoleGroup>): Partial<DoorFacts> => ({
  groups: [{ role: 'reveal', group: 'visitlog-officer', members: 2, isLocal: true, ...more }],
});

describe("doctor at the officers' door", () => {
  it.each<[what: string, Partial<DoorFacts>, string[]]>([
    ['all is well', {}, ['ok door.listening', 'ok door.group']],
    ['there is none', { socket: null }, ['door.none']],
    ['no unit is installed', { unit: null }, ['door.unit-missing']],
    [
      'it does not start',
      { unit: { ...well.unit, enabled: false } as never },
      ['door.disabled', 'ok door.listening', 'ok door.group'],
    ],
    [
      'its unit listens elsewhere',
      { unit: { ...well.unit, listens: '/run/x' } as never },
      ['door.other-socket', 'ok door.group'],
    ],
    ['nothing is there', { file: null, listening: false }, ['door.not-listening', 'ok door.group']],
    [
      'a file is there',
      { file: { mode: 0o666, uid: 0, isSocket: false } },
      ['door.not-listening', 'ok door.group'],
    ],
    ['nobody listens', { listening: false }, ['door.not-listening', 'ok door.group']],
    [
      'others may not connect',
      { file: { mode: 0o660, uid: 0, isSocket: true } },
      ['door.rights', 'ok door.group'],
    ],
    [
      'it belongs to somebody',
      { file: { mode: 0o666, uid: 1000, isSocket: true } },
      ['door.rights', 'ok door.group'],
    ],
    // What cannot be seen is not said to be well.
    ['nobody can see who listens', { listening: null }, ['door.unseen', 'ok door.group']],
    ['nobody has a role', { groups: [] }, ['ok door.listening', 'door.no-roles']],
    [
      'a group does not exist',
      group({ members: null, isLocal: false }),
      ['ok door.listening', 'door.group-missing'],
    ],
    ['a group is empty', group({ members: 0 }), ['ok door.listening', 'door.group-empty']],
    [
      'a directory lists nobody',
      group({ members: 0, isLocal: false }),
      ['ok door.listening', 'ok door.group-elsewhere'],
    ],
  ])('doctor says so if %s', (_what, facts, ids) => {
    expect(found(facts)).toEqual(ids);
  });

  it('each finding that is not well says what mends it, in both languages', () => {
    const all = [
      { socket: null },
      { unit: null },
      { listening: false },
      { groups: [] },
      group({ members: 0 }),
    ];
    for (const { id, facts, severity } of all.flatMap((facts) => checkDoor({ ...well, ...facts })))
      for (const language of ['en', 'ko'] as const)
        if (severity !== 'ok') expect(sayFinding(id, facts, language).hint, id).toMatch(/\S/);
  });
});

describe('what doctor sees of the door', () => {
  let machine: MadeUpMachine;
  beforeEach(() => {
    machine = makeMachine();
  });
  afterEach(() => machine.remove());

  const config = (roles: object) =>
    ({
      door: { socket },
      roles: { masked: [], reveal: [], manage: [], audit: [], fourDigits: [], ...roles },
    }) as Parameters<typeof gatherDoor>[1];

  it('doctor reads the unit, the socket, who listens, and the members of groups, by their own group too', async () => {
    machine.file('usr/lib/systemd/system/visitlog-door.socket', `[Socket]\nListenStream=${socket}\n`);
    machine.point('etc/systemd/system/sockets.target.wants/visitlog-door.socket', '/usr/lib/x');
    machine.file('etc/group', 'visitlog-officer:x:990:kim,park\nclerks:x:991:\nempty:x:992:\n');
    machine.file('etc/passwd', 'choi:x:1000:991::/:/bin/sh\n');
    const head = 'Num       RefCount Protocol Flags    Type St Inode Path\n';
    machine.file('proc/net/unix', `${head}0000: 00000002 00000000 00010000 0001 01 4242 ${socket}\n`);
    const path = join(machine.root, socket);
    mkdirSync(join(path, '..'), { recursive: true });
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(path, resolve));
    chmodSync(path, 0o666);
    const roles = { reveal: ['visitlog-officer', 'nowhere'], manage: ['clerks', 'empty'] };
    expect(gatherDoor(machine.root, config(roles))).toEqual({
      socket,
      unit: { path: '/usr/lib/systemd/system/visitlog-door.socket', enabled: true, listens: socket },
      file: { mode: 0o666, uid: process.geteuid?.(), isSocket: true },
      listening: true,
      groups: [
        { role: 'reveal', group: 'visitlog-officer', members: 2, isLocal: true },
        { role: 'reveal', group: 'nowhere', members: null, isLocal: false },
        { role: 'manage', group: 'clerks', members: 1, isLocal: true },
        { role: 'manage', group: 'empty', members: 0, isLocal: true },
      ],
    });
    // A connection to the socket is in that list as well.
    machine.file('proc/net/unix', `${head}0000: 00000003 00000000 00000000 0001 03 4243 ${socket}\n`);
    expect(gatherDoor(machine.root, config({})).listening).toBe(false);
    rmSync(join(machine.root, 'proc/net/unix'));
    expect(gatherDoor(machine.root, config({})).listening).toBe(null);
  });
});
