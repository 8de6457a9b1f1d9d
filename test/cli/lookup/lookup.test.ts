import { describe, expect, it } from 'vitest';
import { dayMs, minuteMs } from '../../../src/base/amounts.ts';
import { nowMs, part, text, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const caller = '01055500123';
const other = '01055500999';
const why = ['--reason', 'the caller asks'];
const stdin = '010-5550-0123\n';

/** A visit, a text without a place, a notice and a waiting part of the caller; as much of somebody else. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (const sender of [caller, other]) {
      const at = (minutes: number) => ({
        atMs: nowMs - minutes * minuteMs,
        receivedAtMs: nowMs - minutes * minuteMs,
      });
      unit.addVisit(visit({ visitor: sender, venue: '0313242114', ...at(40) }));
      unit.addText(text({ sender, reason: 'no-number', text: 'where?', ...at(30) }));
      unit.addText(text({ sender, kind: 'notice', reason: 'mms', text: null, ...at(20) }));
      unit.addPart(part({ sender, seq: 2, total: 3, ...at(10) }));
    }
    unit.addVisit(
      visit({ visitor: caller, venue: '0313242115', atMs: nowMs - 5 * dayMs, receivedAtMs: nowMs }),
    );
  });
  register.close();
  return made;
}

const objects = (lines: string) =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('lookup', () => {
  it("lookup shows what became of each of a caller's texts, and nothing about anybody else", async () => {
    const { code, stdout } = await bench().run(['lookup', '-', ...why, '--json'], { stdin });
    expect(code).toBe(0);
    expect(objects(stdout)).toMatchObject([
      { at: '2026-11-23T13:40:00+09:00', line: 'line1', became: 'visit', venue: '031-324-2114' },
      { became: 'unresolved', why: 'no-number' },
      { became: 'notice', why: 'mms' },
      { became: 'waiting', part: 2, parts: 3 },
    ]);
    expect(objects(stdout)[0]).toMatchObject({ kept_until: '2026-12-21T13:40:00+09:00' });
  });

  it('lookup prints a table, in both languages, without a number of the caller', async () => {
    const { stdout } = await bench().run(['lookup', '-', ...why], { stdin });
    expect(stdout).toContain('visit to 031-324-2114');
    expect(stdout).toContain('names no place: no number in it');
    expect(stdout).toContain('part 2 of 3');
    expect(stdout.replace(/\D/g, '')).not.toContain('5550');
    const korean = await bench().run(['--lang', 'ko', 'lookup', '-', ...why], { stdin });
    expect(korean.stdout).toContain('장소 미확인');
  });

  it('lookup covers three days by default', async () => {
    const made = bench();
    const venues = async (from: readonly string[]) =>
      objects((await made.run(['lookup', '-', ...why, '--json', ...from], { stdin })).stdout).map(
        ({ venue }) => venue,
      );
    expect(await venues([])).not.toContain('031-324-2115');
    expect(await venues(['--from', '-6d'])).toContain('031-324-2115');
  });

  it('lookup is recorded before anything is shown, and found by the number that was looked up', async () => {
    const made = bench();
    await made.run(['lookup', '-', ...why], { stdin });
    const { stdout } = await made.run(['audit', 'list', '--visitor', '-', '--json'], { stdin });
    expect(objects(stdout)).toMatchObject([
      { command: 'lookup', rows: 4, outcome: 'complete', reason: 'the caller asks', one_visitor: true },
    ]);
  });

  it('lookup needs a reason and a number, and takes no number as an argument', async () => {
    const made = bench();
    const ended = async (args: readonly string[], input: string) => {
      const { code, stdout, stderr } = await made.run(['lookup', ...args], { stdin: input });
      expect(stdout).toBe('');
      return [code, /\[([\w.-]+)\]/.exec(stderr)?.[1]];
    };
    expect(await ended(['-'], stdin)).toEqual([3, 'lookup.no-reason']);
    expect(await ended(['-', ...why], 'nobody\n')).toEqual([2, 'lookup.visitor']);
    expect(await ended(['010-5550-0123', ...why], '')).toEqual([2, 'usage.number-as-argument']);
    const refused = await bench().run(['lookup', '010-5550-0123', ...why], { asWritten: true });
    expect(refused.stderr).toContain('lookup -');
  });

  it('lookup says that there is nothing, and what is known of the lines', async () => {
    const made = bench();
    const { code, stderr } = await made.run(['lookup', '-', ...why], { stdin: '010-5550-0777' });
    expect([code, stderr]).toEqual([4, expect.stringContaining('[lookup.nothing]')]);
    expect(stderr).toContain('visitlog: window: 2026-11-20 14:20 to now, 2026-11-23 14:20');
  });
});
