import { describe, expect, it } from 'vitest';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const window = ['--from', '-1d', '--to', '-0h'];
const exported = ['export', ...window, '--reason', 'drill'];
const traced = ['trace', '--visitor', '010-5550-0123', ...window, '--reason', 'contact tracing'];
const counted = ['counts', ...window];

/** With a registered place where nobody was. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  void register.putVenues([{ number: '0313249115', name: 'market', address: null, issued: false }]);
  register.transact((unit) => unit.addVisit(visit({ venue: '0313242114', atMs: nowMs - 60_000 })));
  register.close();
  return made;
}

describe('an answer that is empty', () => {
  it.each([
    ['en', ['--venue', '031-324-9999'], 'No place is registered under 031-324-9999: is the number right?'],
    ['ko', ['--venue', '031-324-9999'], '031-324-9999 번호로 등록된 장소'],
    ['en', ['--venue', '010-5550-0999'], 'No place is registered under 010-****-**99: is the number right?'],
    ['ko', ['--venue', '010-5550-0999'], '010-****-**99 번호로 등록된 장소'],
  ])('an empty answer says in %s of %j that the number may be mistyped', async (lang, typed, hint) => {
    // Counts of a person's number are refused.
    const isPerson = typed[1]?.startsWith('010') ?? false;
    for (const args of isPerson ? [exported, traced] : [exported, traced, counted]) {
      const { code, stderr } = await bench().run(['--lang', lang, ...args, ...typed]);
      expect([code, stderr]).toEqual([4, expect.stringContaining(hint)]);
      expect(stderr).not.toMatch(/5550/);
    }
  });

  it.each([
    ['en', 'The configuration has no line "line7".'],
    ['ko', "'line7' 회선은 설정 파일에 없습니다."],
  ])('an empty answer says in %s that there is no such line', async (lang, hint) => {
    for (const args of [exported, counted]) {
      const { code, stderr } = await bench().run(['--lang', lang, ...args, '--line', 'line7']);
      expect([code, stderr]).toEqual([4, expect.stringContaining(hint)]);
    }
  });

  it('an empty answer suspects no mistyped number if the place is registered', async () => {
    for (const args of [exported, traced, counted]) {
      const { code, stderr } = await bench().run([...args, '--venue', '031-324-9115']);
      expect([code, stderr]).toEqual([4, expect.stringMatching(/\.nothing\] no visit [a-z ]+\n/)]);
    }
  });
});

describe('a place that is typed otherwise than it is asked for', () => {
  it.each([
    ['en', '031-324-2114,031-324-9115', '--venue may be repeated'],
    ['ko', '031-324-2114,031-324-9115', '--venue는 여러 번 쓸 수 있습니다'],
    ['en', 'market hall', '`visitlog venue list --search "market hall"`'],
    ['ko', '홍익족발', '`visitlog venue list --search "홍익족발"`'],
    ['en', '0313242', 'Type the number as on the sign'],
  ])('the error says in %s of --venue %j what to do', async (lang, typed, hint) => {
    const made = bench();
    for (const args of [exported, counted]) {
      const { code, stderr } = await made.run(['--lang', lang, ...args, '--venue', typed]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
    }
  });
});
