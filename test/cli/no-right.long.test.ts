import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { begin, giveTo, makeHouse } from './door/officers.ts';

const gateway = 62_000;
const stranger = 62_005;

/** Why this cannot be tried here; empty if it can. */
function obstacle(): string {
  if (process.geteuid?.() !== 0) return 'it takes root to be another account';
  return spawnSync('setpriv', ['--version']).status === 0 ? '' : 'there is no setpriv (util-linux)';
}

const become = ['setpriv', `--reuid=${stranger}`, `--regid=${stranger}`, '--clear-groups'];
const window = ['--from', '-1d', '--to', '-0h'];
const why = ['--reason', 'drill'];

const commands: readonly (readonly string[])[] = [
  ['export', ...window, ...why],
  ['counts', ...window],
  ['lookup', '-', ...why],
  ['venue', 'list'],
  ['venue', 'add', '031-324-2114', '--name', 'Hall'],
  ['unresolved', 'list', ...why],
  ['erase', '--visitor', '-', ...why, '--yes'],
  ['audit', 'list'],
  ['audit', 'verify'],
  ['backup', '/tmp/visitlog-no-right.sqlite'],
  ['check'],
  ['sweep'],
  ['sweep', '--dry-run'],
  ['keyring', 'wrap'],
];

const obstructed = obstacle();

describe.skipIf(obstructed !== '')(`an account without a right${obstructed && `: ${obstructed}`}`, () => {
  it('no command tells an account without a right that there is no register, or that visitlog is at fault', async () => {
    const house = makeHouse(3, '', '/var/tmp');
    giveTo(house, gateway);
    chmodSync(house.config, 0o644);
    const said: Record<string, string> = {};
    for (const args of commands) {
      const { code, stderr } = await begin(['--config', house.config, ...args], {
        cwd: '/',
        as: become,
        input: '010-5550-0001\n',
      }).done;
      said[args.slice(0, 2).join(' ')] = `${code} ${/\[[a-z.-]+\]/.exec(stderr)?.[0]}`;
    }
    const expected = Object.keys(said).map((command) => [command, '3 [register.forbidden]']);
    expect(said).toEqual(Object.fromEntries(expected));
  });

  it('a configuration that is closed to an account is closed to it, and nothing advises to open it', async () => {
    const house = makeHouse(3, '', '/var/tmp');
    giveTo(house, gateway);
    chmodSync(house.config, 0o640);
    const ask = (...args: string[]) =>
      begin(['--config', house.config, ...args], { cwd: '/', as: become, input: '' }).done;
    const checked = await ask('check');
    expect(checked.stderr).toMatch(/\[config\.unreadable\].*no permission.*closed to this account/);
    // The status may be asked by who may ask the socket, whatever the file's mode.
    expect((await ask('status')).code).toBe(3);
  });

  it('the status of a gateway that does not run names no register that this account may not look at', async () => {
    const house = makeHouse(3, '', '/var/tmp');
    giveTo(house, gateway);
    chmodSync(house.config, 0o644);
    const { code, stdout } = await begin(['--config', house.config, 'status', '--json'], {
      cwd: '/',
      as: become,
      input: '',
    }).done;
    expect(code).toBe(2);
    const { reasons, register, backlog } = JSON.parse(stdout);
    expect(reasons.map((reason: { code: string }) => reason.code)).toEqual(['gateway.absent']);
    expect([register, backlog.parts]).toEqual([null, null]);
  });
});
