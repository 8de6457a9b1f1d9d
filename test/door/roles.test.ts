import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { ownFiles } from '../../src/cli/own-files.ts';
import { buildWholeProgram } from '../../src/cli/program.ts';
import { type RoleName, roleNames, rolesFor, rolesOf, showsFour } from '../../src/door/roles.ts';

const none = { masked: [], reveal: [], manage: [], audit: [] };

/** What each role may, by the command and whether numbers go out whole. */
const table: readonly [command: string, reveal: boolean, may: readonly RoleName[]][] = [
  ['export', false, ['masked', 'reveal']],
  ['export', true, ['reveal']],
  ['lookup', false, ['masked', 'reveal']],
  ['trace', false, ['reveal']],
  ['trace', true, ['reveal']],
  ['counts', false, ['masked', 'reveal', 'manage']],
  ['erase', false, ['reveal']],
  ['unresolved list', false, ['masked', 'reveal']],
  ['unresolved show', false, ['masked', 'reveal']],
  ['unresolved show', true, ['reveal']],
  ['notices list', false, ['masked', 'reveal']],
  ['notices show', false, ['masked', 'reveal']],
  ['notices show', true, ['reveal']],
  ['waiting list', false, ['masked', 'reveal']],
  ['waiting show', false, ['masked', 'reveal']],
  ['waiting show', true, ['reveal']],
  ['unresolved assign', false, ['reveal']],
  ['unresolved reassign', false, ['reveal']],
  ['unresolved unassign', false, ['reveal']],
  ['unresolved discard', false, ['reveal']],
  ['venue list', false, ['masked', 'reveal', 'manage']],
  ['venue show', false, ['masked', 'reveal', 'manage']],
  ['venue silent', false, ['masked', 'reveal', 'manage']],
  ['venue add', false, ['manage']],
  ['venue import', false, ['manage']],
  ['venue remove', false, ['manage']],
  ['venue issue', false, ['manage']],
  ['venue poster', false, ['manage']],
  ['audit list', false, ['audit']],
  ['audit verify', false, ['audit']],
  ['audit accept', false, ['audit']],
  ['audit report', false, ['audit']],
  ['audit destruction', false, ['audit']],
];

describe('roles', () => {
  it.each(table)('the command %s (whole numbers: %s) is for %j', (command, reveal, may) => {
    expect(rolesFor(command, reveal ? { reveal } : {})).toEqual(may);
  });

  it('every command below a command of the door has an entry, and no other command', async () => {
    const { stdin, stdout, stderr } = process;
    const program = await buildWholeProgram({
      ...{ stdin, stdout, stderr, env: {}, clock: systemClock, files: ownFiles(() => stdin) },
      ...{ language: 'en', signal: new AbortController().signal },
    });
    const inDoor = new Set(table.map(([command]) => command));
    const all = pathsIn(program);
    expect(all.filter((path) => rolesFor(path, {}).length > 0).toSorted()).toEqual([...inDoor].toSorted());
    const firsts = new Set([...inDoor].map((path) => path.split(' ')[0]));
    expect(all.filter((path) => firsts.has(path.split(' ')[0] ?? '') && !inDoor.has(path))).toEqual([]);
  });

  it('a command that the door does not know is for nobody', () => {
    for (const command of ['run', 'sweep', 'keyring wrap', 'backup', 'constructor', 'export ', ''])
      expect(rolesFor(command, {})).toEqual([]);
  });

  it('any value of --reveal but its absence asks for the role that reveals', () => {
    for (const reveal of [true, 'yes', 0, null]) expect(rolesFor('export', { reveal })).toEqual(['reveal']);
  });

  it('an account has the roles of its groups, and none by default', () => {
    expect(rolesOf(['visitlog-desk'], none)).toEqual([]);
    const given = { ...none, masked: ['visitlog-desk', 'other'], audit: ['visitlog-auditor'] };
    expect(rolesOf(['users', 'visitlog-desk'], given)).toEqual(['masked']);
    expect(rolesOf(['visitlog-auditor', 'other'], given)).toEqual(['masked', 'audit']);
    expect(rolesOf([], given)).toEqual([]);
    expect(roleNames).toHaveLength(4);
  });

  it('an account sees four digits of masked numbers if one of its groups may, and that gives it no role', () => {
    const given = { ...none, fourDigits: ['visitlog-officer'] };
    expect(showsFour(['users', 'visitlog-officer'], given)).toBe(true);
    expect(showsFour(['visitlog-desk'], given)).toBe(false);
    expect(rolesOf(['visitlog-officer'], given)).toEqual([]);
  });
});

function pathsIn(command: Command, path = ''): string[] {
  return command.commands.flatMap((child) => {
    const name = path === '' ? child.name() : `${path} ${child.name()}`;
    return child.commands.length === 0 ? [name] : pathsIn(child, name);
  });
}
