import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { ledgerOf, tables } from '../../store/sweep/sweeping.ts';
import { nowMs, part, retentionMs, text, visit } from '../../store/temp-register.ts';
import { settle } from '../../support/fake-clock.ts';
import { type CommandBench, type CommandOptions, commandBench, type Ran } from '../command-bench.ts';

/** Two hours that end together, one that lives. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    for (const hours of [0, 1, 20]) unit.addVisit(visit({ atMs: nowMs + hours * hourMs }));
    unit.addText(text());
    unit.addText(text({ kind: 'notice', reason: 'mms' }));
    unit.addPart(part());
  });
  register.close();
  return made;
}

const laterMs = retentionMs + 2 * hourMs;

/** The command waits between its steps by the clock of the test. */
async function sweep(
  made: CommandBench,
  args: readonly string[] = [],
  options?: CommandOptions,
): Promise<Ran> {
  let ran: Ran | null = null;
  const running = made.run(['sweep', ...args], options).then((result) => {
    ran = result;
  });
  while (ran === null) {
    await settle();
    if (made.temp.clock.timers > 0) await made.temp.clock.advance(20);
  }
  await running;
  return ran;
}

describe('visitlog sweep', () => {
  it('sweep destroys what has expired and prints what it was', async () => {
    const made = bench();
    await made.temp.clock.advance(laterMs);
    const { code, stdout, stderr } = await sweep(made);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/\d\.\d s/, '0.0 s').split('\n')).toEqual([
      'Expired at 2026-12-21T16:20:00+09:00, destroyed:',
      '  2 visits',
      '  1 unresolved texts',
      '  0 undecodable texts',
      '  1 notices',
      '  1 parts of long texts',
      '  0 fingerprints of texts',
      '  0 fingerprints of slots',
      '  0 lists of pseudonyms',
      '2 hours ended (2026-11-23T14:00:00+09:00 to 2026-11-23T15:00:00+09:00), 2 keys',
      expect.stringMatching(/^\d+ pages? given back, 0\.0 s$/),
      '',
    ]);
    expect(tables(made.temp)).toMatchObject({ visits: 1, texts: 0, parts: 0, hours: 1 });
    expect(ledgerOf(made.temp)).toMatchObject([{ command: 'sweep', keys: 2, rows: { visits: 2 } }]);
  });

  it('sweep --dry-run only counts, and says so', async () => {
    const made = bench();
    await made.temp.clock.advance(laterMs);
    const { code, stdout } = await sweep(made, ['--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('Expired at 2026-12-21T16:20:00+09:00, would be destroyed:\n  2 visits\n');
    expect(stdout).toContain('2 hours ended');
    expect(tables(made.temp)).toMatchObject({ visits: 3, texts: 2, parts: 1, hours: 3 });
  });

  it('sweep --json prints one JSON object', async () => {
    const made = bench();
    await made.temp.clock.advance(laterMs);
    const common = {
      past_at: '2026-12-21T16:20:00+09:00',
      rows: {
        visits: 2,
        unresolved: 1,
        undecodable: 0,
        notices: 1,
        parts: 1,
        seen: 0,
        residents: 0,
        subjects: 0,
      },
      hours: { count: 2, first: '2026-11-23T14:00:00+09:00', last: '2026-11-23T15:00:00+09:00' },
      keys: 2,
    };
    const plan = JSON.parse((await sweep(made, ['--dry-run', '--json'])).stdout);
    expect(plan).toMatchObject({ dry_run: true, ...common });
    expect(Object.keys(plan)).toEqual(['dry_run', 'past_at', 'rows', 'hours', 'keys', 'clock']);
    const done = JSON.parse((await sweep(made, ['--json'])).stdout);
    expect(done).toMatchObject({ dry_run: false, ...common, finished: true, wal_truncated: true });
    expect(done.clock).toEqual({
      standing: 'sound',
      machine: '2026-12-21T16:20:00+09:00',
      leap_seconds: 0,
      doubtful_hours: 0,
      living_hours: 1,
      waiting: false,
    });
  });

  it('sweep waits if the clock leapt and nothing confirms it, ends with 3, and says what to do', async () => {
    const made = bench();
    await sweep(made);
    made.temp.clock.setWall(nowMs + laterMs);
    const dry = await sweep(made, ['--dry-run']);
    expect([dry.code, dry.stdout]).toEqual([
      0,
      expect.stringContaining('Waiting for confirmation: 2 hours.'),
    ]);
    const { code, stdout, stderr } = await sweep(made);
    expect([code, stdout]).toEqual([3, expect.stringContaining('No hour has ended.')]);
    expect(stderr).toContain('error [sweep.waiting]');
    expect(stderr).toContain('visitlog sweep --force');
    expect(tables(made.temp)).toMatchObject({ visits: 3 });
    const forced = await sweep(made, ['--force']);
    expect([forced.code, forced.stdout]).toEqual([0, expect.stringContaining('2 hours ended')]);
    expect(tables(made.temp)).toMatchObject({ visits: 1 });
  });

  it('a sweep that a signal stops leaves the rest to the next one', async () => {
    const made = bench();
    await made.temp.clock.advance(laterMs);
    const stop = new AbortController();
    stop.abort();
    const { code, stderr } = await sweep(made, [], { signal: stop.signal });
    expect([code, stderr]).toEqual([1, expect.stringContaining('error [sweep.stopped]')]);
    expect((await sweep(made)).code).toBe(0);
    expect(tables(made.temp)).toMatchObject({ visits: 1 });
    expect(ledgerOf(made.temp)).toMatchObject([{ keys: 2, rows: { visits: 2, parts: 1 } }]);
  });

  it('sweep runs beside a gateway that receives', async () => {
    const made = bench();
    const gateway = made.temp.open();
    await made.temp.clock.advance(laterMs);
    const swept = sweep(made);
    gateway.transact((unit) => unit.addVisit(visit({ atMs: made.temp.clock.wallMs() })));
    expect((await swept).code).toBe(0);
    expect(tables(made.temp)).toMatchObject({ visits: 2 });
  });

  it('sweep needs a register', async () => {
    const made = commandBench();
    expect(await made.run(['sweep', '--dry-run'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[register.missing]'),
    });
  });
});
