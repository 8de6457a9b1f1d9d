import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogOutput } from '../../src/daemon/log/log.ts';
import { isClockKept, watchClock } from '../../src/daemon/watch-clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('the clock of the machine', () => {
  function watched(isKept: (() => boolean) | null) {
    const clock = new FakeClock();
    const events: string[] = [];
    const log: LogOutput = { write: (level, event) => void events.push(`${level} ${event}`) };
    const watch = watchClock({ isKept, clock, log });
    onTestFinished(watch.stop);
    return { clock, events, watch };
  }

  it('a clock without a time service is logged once, after the start, and so is its return', async () => {
    let kept = false;
    const { clock, events, watch } = watched(() => kept);
    await clock.advance(240_000);
    expect([watch.isKept(), events]).toEqual([null, []]);
    await clock.advance(600_000);
    expect([watch.isKept(), events]).toEqual([false, ['warn clock.unsynchronised']]);
    kept = true;
    await clock.advance(120_000);
    expect([watch.isKept(), events.at(-1)]).toEqual([true, 'info clock.synchronised']);
    kept = false;
    await clock.advance(60_000);
    expect(events).toHaveLength(3);
  });

  it('a clock with a time service, or one that is not watched, is not logged', async () => {
    const kept = watched(() => true);
    await kept.clock.advance(3_600_000);
    const unseen = watched(null);
    await unseen.clock.advance(3_600_000);
    expect([kept.watch.isKept(), kept.events]).toEqual([true, []]);
    expect([unseen.watch.isKept(), unseen.events, unseen.clock.timers]).toEqual([null, [], 0]);
  });

  it.each([
    ['run/systemd/timesync/synchronized', true],
    ['run/chrony/chronyd.sock', true],
    ['run/ntpd.pid', true],
    ['run/systemd/timesync/other', false],
  ])('a clock is kept if %s exists: %s', (file, kept) => {
    const root = mkdtempSync(join(tmpdir(), 'visitlog-clock-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
    expect(isClockKept(root)).toBe(kept);
  });
});
