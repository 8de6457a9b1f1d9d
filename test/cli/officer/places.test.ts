import { renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nowMs, text, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const cafe = '010-4000-0000';
const because = ['--reason', 'contact tracing'];
const window = ['--from', '-1d', '--to', '-0h', '--venue', cafe];

/** With a visit to the café, and an unresolved text, whose id it gives. */
function bench(): { readonly made: CommandBench; readonly id: string } {
  const made = commandBench();
  const register = made.temp.open();
  const id = register.transact((unit) => {
    unit.addVisit(visit({ venue: '01040000000', atMs: nowMs - 60_000 }));
    return unit.addText(text({ atMs: nowMs - 60_000, text: 'at the cafe' }));
  });
  register.close();
  return { made, id: String(id) };
}

/** Every command that names a place and is recorded, refusals included. */
const naming = (id: string): readonly (readonly string[])[] => [
  ['export', ...window],
  ['export', ...window, ...because],
  ['export', ...window, '--reveal', ...because],
  ['trace', '--visitor', '010-5550-0123', ...window],
  ['trace', '--visitor', '010-5550-0123', ...window, ...because],
  ['trace', '--visitor', '010-5550-0123', ...window, ...because, '--summary'],
  ['unresolved', 'assign', id, cafe],
  ['unresolved', 'assign', id, cafe, ...because, '--dry-run'],
  ['unresolved', 'assign', id, cafe, ...because],
];

interface ListedAct {
  readonly command: string;
  readonly outcome: string;
  readonly venues: readonly string[] | null;
}

async function actsOf(made: CommandBench): Promise<ListedAct[]> {
  const { stdout } = await made.run(['audit', 'list', '--json']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ListedAct);
}

describe('the audit log', () => {
  it('the audit log gives a place that is registered under a mobile number the same name in every act', async () => {
    const { made, id } = bench();
    const commands = [
      ['venue', 'add', cafe, '--name', 'Cafe'],
      ...naming(id),
      ['counts', ...window],
      ['venue', 'remove', cafe, '--yes'],
      ['export', ...window, ...because],
    ];
    for (const command of commands) await made.run(command);
    const acts = await actsOf(made);
    // Counts touch no personal data, and are not recorded.
    expect(acts.map(({ command }) => command)).toEqual([
      'venue add',
      'export',
      'export',
      'export',
      'trace',
      'trace',
      'trace --summary',
      'unresolved assign',
      'unresolved assign --dry-run',
      'unresolved assign',
      'venue remove',
      'export',
    ]);
    expect(acts.map(({ venues }) => venues)).toEqual(acts.map(() => ['01040000000']));
    expect(acts.filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
  });

  it('the audit log masks a mobile number under which no place is registered, in every act', async () => {
    const { made, id } = bench();
    for (const command of naming(id)) await made.run(command);
    const acts = await actsOf(made);
    expect(acts).toHaveLength(naming(id).length);
    expect(acts.map(({ venues }) => venues)).toEqual(acts.map(() => ['010-****-**00']));
  });

  it('the audit log masks the number of a refused act if the register cannot be opened', async () => {
    const { made } = bench();
    await made.run(['venue', 'add', cafe, '--name', 'Cafe']);
    renameSync(made.temp.keyFile, `${made.temp.keyFile}.away`);
    const { code } = await made.run(['export', ...window, '--reveal']);
    renameSync(`${made.temp.keyFile}.away`, made.temp.keyFile);
    expect(code).toBe(3);
    expect((await actsOf(made)).at(-1)).toMatchObject({ outcome: 'refused', venues: ['010-****-**00'] });
  });
});
