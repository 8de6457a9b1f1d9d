import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../../src/cli/program.ts';
import { visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';
import { isInstalled, proposed, shells } from './shells.ts';

const lines = `
[[line]]
name = "north"
port = "tcp://127.0.0.1:5000"
number = "031-324-2900"
[[line]]
name = "south"
port = "tcp://127.0.0.1:5001"
`;

/** Two lines, three places, and a visit to a mobile number, which is nobody's business. */
function bench(): CommandBench {
  const made = commandBench();
  appendFileSync(made.config, lines);
  const register = made.temp.open();
  const place = { address: null, issued: false };
  void register.putVenues([{ ...place, number: '0313242114', name: '용인시청' }]);
  void register.putVenues([{ ...place, number: '0313242999', name: 'a\tb' }]);
  void register.putVenues([{ ...place, number: '284713', name: null, issued: true }]);
  register.transact((unit) => unit.addVisit(visit({ visitor: '01055500123', venue: '01055509999' })));
  register.close();
  return made;
}

const live = async ({ run }: CommandBench, ...args: string[]) => {
  const ran = await run(['complete', ...args]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  return ran.stdout;
};

describe('complete', () => {
  it.each<[args: string[], stdout: string]>([
    [['lines'], 'north\t031-324-2900\nsouth\n'],
    [['lines', 's'], 'south\n'],
    [['lines', 'west'], ''],
    [['venues', '031-'], '031-324-2114\t용인시청\n031-324-2999\ta·b\n'],
    [['venues', '031324211'], '0313242114\t용인시청\n'],
    [['venues', '2'], '284713\n'],
    [['venues', '010'], ''],
    [['pages', 'poster.no-n'], 'poster.no-number\n'],
  ])('complete %j proposes what there is', async (args, stdout) => {
    expect(await live(bench(), ...args)).toBe(stdout);
  });

  it('complete names no visitor and no visited place', async () => {
    const all = `${await live(bench(), 'lines')}${await live(bench(), 'venues')}`;
    expect(all).not.toMatch(/5550|01055509999/);
  });

  it('complete prints nothing if nothing can be read', async () => {
    const without = commandBench();
    expect(await live(without, 'venues')).toBe('');
    appendFileSync(without.config, 'nonsense');
    expect(await live(without, 'lines')).toBe('');
    expect(await live(without, 'venues')).toBe('');
  });

  it('complete proposes no more than a terminal shows', async () => {
    const made = commandBench();
    const register = made.temp.open();
    for (let last = 0; last < 300; last += 1)
      void register.putVenues([
        {
          number: `0313240${String(last).padStart(3, '0')}`,
          name: null,
          address: null,
          issued: false,
        },
      ]);
    register.close();
    expect((await live(made, 'venues')).trim().split('\n')).toHaveLength(200);
  });

  it('complete is not in the help', async () => {
    expect((await bench().run(['--help'])).stdout).not.toMatch(/^ +complete /m);
  });
});

describe.each(shells)('completion %s', (shell) => {
  // Bash is everywhere; what is not installed cannot be asked.
  const here = it.skipIf(shell !== 'bash' && !isInstalled(shell));

  here('proposes every command', () => {
    const { temp } = bench();
    expect(proposed(shell, temp.dataDir, ['']).toSorted()).toEqual(
      [...Object.keys(commandTable), 'help'].toSorted(),
    );
  });

  here('proposes subcommands, choices and options where they belong', () => {
    const { temp } = bench();
    const ask = (...words: string[]) => proposed(shell, temp.dataDir, words);
    expect(ask('venue', '')).toEqual(expect.arrayContaining(['add', 'list', 'poster']));
    expect(ask('venue', '')).not.toContain('export');
    expect(ask('--lang', 'ko', 'export', '--encoding', '').toSorted()).toEqual(['cp949', 'utf-8']);
    expect(ask('venue', 'poster', '--').toSorted()).toEqual(expect.arrayContaining(['--contact', '--lang']));
    expect(ask('venue', 'poster', '--')).not.toContain('--encoding');
  });

  here('proposes lines and places as they are now, from the configuration that was named', () => {
    const { temp, config } = bench();
    const ask = (...words: string[]) => proposed(shell, temp.dataDir, ['--config', config, ...words]);
    expect(ask('export', '--line', '').toSorted()).toEqual(['north', 'south']);
    expect(ask('export', '--venue', '031').toSorted()).toEqual(['031-324-2114', '031-324-2999']);
    expect(ask('venue', 'poster', '')).toContain('284713');
  });
});

describe('completion bash', () => {
  it('bash completion reads a value after an equals sign, which bash splits off', () => {
    const { temp } = bench();
    expect(proposed('bash', temp.dataDir, ['--lang', '=', 'k'])).toEqual(['ko']);
    expect(proposed('bash', temp.dataDir, ['export', '--format', '='])).toContain('jsonl');
  });

  it('completion refuses a shell that it does not know', async () => {
    const { code, stderr } = await bench().run(['completion', 'tcsh']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('[usage.invalid-argument]')]);
  });
});
