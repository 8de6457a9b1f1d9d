import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseInstance, readPeer } from '../../src/door/peer.ts';

const unset = 0xff_ff_ff_ff;

describe('who is at the other end of the socket', () => {
  it.each([
    ['7-4711-1000', 4711, 1000],
    ['0-1-0', 1, 0],
    ['7-123456-4711-1000', 4711, 1000],
    ['7-123456-4711_987654-1000', 4711, 1000],
  ])('the peer is read from the instance %s', (instance, pid, uid) => {
    expect(parseInstance(instance)).toEqual({ pid, uid });
  });

  it.each([
    '',
    '7',
    '7-unknown',
    '7-4711',
    '7-4711-',
    '7-4711-root',
    '7-4711--1',
    'a-1-0',
    '7-1-0 ',
    '7-1-0-x',
  ])('the peer is unknown if the instance is %j', (instance) => {
    expect(() => parseInstance(instance)).toThrow(expect.objectContaining({ code: 'door.peer' }));
  });

  it('the system gives name, groups and login of the peer', async () => {
    const uid = process.geteuid?.() ?? 0;
    const { who, groups } = await readPeer({ pid: process.pid, uid });
    expect(who).toMatchObject({ uid, user: userInfo().username, sudo: null });
    expect(groups.length).toBeGreaterThan(0);
    const login = Number(readFileSync('/proc/self/loginuid', 'utf8'));
    expect(who.login?.uid ?? unset).toBe(login);
  });

  it("the peer has no login if its process is gone or is another account's by now", async () => {
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill());
    const { who } = await readPeer({ pid: child.pid ?? 0, uid: (process.geteuid?.() ?? 0) + 4_242 });
    expect(who).toMatchObject({ login: null, session: null });
  });

  it.each([65_534, 4_000_000_000])('uid %i, which the system does not know, is in no group', async (uid) => {
    expect(await readPeer({ pid: process.pid, uid })).toEqual({
      who: { uid, user: null, sudo: null, login: null, session: null },
      groups: [],
    });
  });
});
