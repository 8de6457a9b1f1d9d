import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/base/amounts.ts';
import type { LogOutput } from '../../src/daemon/log/log.ts';
import { isClockKept, watchClock } from '../../src/daemon/watch-clock.ts';
import type { NetworkNow } from '../../src/store/intake.ts';
import { FakeClock } from '../support/fake-clock.ts';

const startMs = Date.UTC(2026, 10, 23, 5);

describe('the clock of the machine', () => {
  function watched(
    isKept: (() => boolean) | null,
    {
      isExpected = true,
      networkNow = () => null,
    }: { isExpected?: boolean; networkNow?: () => NetworkNow | null } = {},
  ) {
    const clock = new FakeClock(startMs);
    const events: string[] = [];
    const log: LogOutput = { write: (level, event) => void events.push(`${level} ${event}`) };
    const watch = watchClock({ isKept, isExpected: () => isExpected, networkNow, clock, log });
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

  it('a clock that a text has just confirmed is no alarm, until a week without texts, or until somebody sets it', async () => {
    let network: NetworkNow | null = null;
    const { clock, events, watch } = watched(() => false, { networkNow: () => network });
    await clock.advance(6 * minuteMs);
    expect([watch.agreesWithNetwork(), events]).toEqual([false, ['warn clock.unsynchronised']]);
    network = { atMs: clock.wallMs() - 5_000, ageMs: 0 };
    await clock.advance(minuteMs);
    network = null;
    expect([watch.agreesWithNetwork(), events.at(-1)]).toEqual([true, 'info clock.synchronised']);
    // A text that waited for an hour says nothing.
    network = { atMs: clock.wallMs() - hourMs, ageMs: 0 };
    expect(watch.agreesWithNetwork()).toBe(true);
    network = null;
    clock.setWall(clock.wallMs() + 10 * minuteMs);
    expect(watch.agreesWithNetwork()).toBe(false);
    clock.setWall(clock.wallMs() - 10 * minuteMs);
    expect(watch.agreesWithNetwork()).toBe(true);
    await clock.advance(7 * dayMs + minuteMs);
    expect([watch.agreesWithNetwork(), watch.isKept(), events.at(-1)]).toEqual([
      false,
      false,
      'warn clock.unsynchronised',
    ]);
  });

  it('a clock that nobody but a person keeps is no alarm if the configuration accepts that', async () => {
    const { clock, events, watch } = watched(() => false, { isExpected: false });
    await clock.advance(dayMs);
    expect([watch.isKept(), events]).toEqual([null, []]);
  });

  function machineWith(file: string, changedMs: number, folder = false): string {
    const root = mkdtempSync(join(tmpdir(), 'visitlog-clock-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    mkdirSync(dirname(join(root, file)), { recursive: true });
    if (folder) mkdirSync(join(root, file));
    else writeFileSync(join(root, file), '');
    utimesSync(join(root, file), changedMs / 1_000, changedMs / 1_000);
    return root;
  }

  it.each([
    ['run/systemd/timesync/synchronized', true],
    ['run/chrony/chronyd.sock', true],
    ['run/ntpd.pid', true],
    ['run/systemd/timesync/other', false],
  ])('a clock is kept if %s exists: %s', (file, kept) => {
    expect(isClockKept(machineWith(file, startMs), startMs)).toBe(kept);
  });

  it('a clock is not kept by what a time service left behind', () => {
    const stale = machineWith('run/systemd/timesync/synchronized', startMs);
    expect(isClockKept(stale, startMs + 2 * dayMs + 1)).toBe(false);
    expect(isClockKept(machineWith('run/chrony', startMs, true), startMs)).toBe(false);
  });

  it.each([
    ['has just started, and its folder is of its last end', 60_000, -dayMs, true],
    ['reaches no server: only its start has touched its folder', 3 * hourMs, 1_000, false],
    ['has written its drift an hour after its start', 3 * hourMs, hourMs, true],
    ['wrote it last three days ago', 5 * dayMs, 2 * dayMs, false],
  ])('a clock is kept by a chronyd that %s', (_, sinceStartMs, writtenMs, kept) => {
    const root = machineWith('run/chrony/chronyd.sock', startMs);
    mkdirSync(join(root, 'var/lib/chrony'), { recursive: true });
    const setTime = (folder: string, ms: number) => utimesSync(join(root, folder), ms / 1_000, ms / 1_000);
    setTime('run/chrony', startMs);
    setTime('var/lib/chrony', startMs + writtenMs);
    expect(isClockKept(root, startMs + sinceStartMs)).toBe(kept);
  });
});
