import { describe, expect, it } from 'vitest';
import { optionsOf } from './options.ts';

const options = {
  visits: { type: 'string', default: '30000' },
  folder: { type: 'string', default: '/tmp/bench' },
  quick: { type: 'boolean', default: false },
  child: { type: 'string' },
} as const;
const usage = 'usage: npm run bench -- size [--visits 30000] [--folder /tmp/bench] [--quick]';

/** What the measurement goes on with, or how it ended. */
function given(...args: string[]): unknown {
  const end = (code: 0 | 2, line: string) => {
    throw new Error(`${code}: ${line}`);
  };
  try {
    return optionsOf(options, { args, name: 'size', end });
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the options of a measurement', () => {
  it('the options of a measurement are those that were given, and the defaults', () => {
    expect(given('--', '--visits', '12', '--quick')).toEqual({
      visits: '12',
      folder: '/tmp/bench',
      quick: true,
    });
    expect(given('--child', 'x')).toMatchObject({ child: 'x', quick: false });
  });

  it('--help names the options of a measurement, without its own', () => {
    expect(given('--help')).toBe(`0: ${usage}`);
  });

  it.each([
    [['--vists', '12'], "Unknown option '--vists'"],
    [['--visits'], "'--visits <value>' argument missing"],
    [['--quick=yes'], "'--quick' does not take an argument"],
    [['12'], "Unexpected argument '12'"],
    [['--visits', 'many'], '\'--visits\' takes a number above 0, not "many"'],
    [['--visits', '0'], "'--visits' takes a number above 0"],
    [['--visits='], "'--visits' takes a number above 0"],
    [['--help', '--vists'], "Unknown option '--vists'"],
  ])('wrong options of a measurement end with exit 2 and the usage: %j', (args, wrong) => {
    const said = given(...args) as string;
    expect(said).toMatch(/^2: /);
    expect(said).toContain(wrong);
    expect(said.split('\n').at(-1)).toBe(usage);
  });
});
