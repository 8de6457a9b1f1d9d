import { describe, expect, it } from 'vitest';
import { localDay, openZone } from '../../../src/base/zone.ts';
import { readPages } from '../../../src/cli/pages.ts';
import type { RegisterHealth } from '../../../src/store/records.ts';
import {
  countsExample,
  healthExample,
  lineExample,
  nowMs,
  statusExample,
  sweptExample,
} from './status-example.ts';

const dayWith = (shift: number) => ({
  day: localDay(openZone('Asia/Seoul'), nowMs) + shift,
  isWhole: true,
  lines: { line1: 312, line2: 312 },
});

/** Every key, depth first, of arrays the first entry's. */
function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return keysIn(value[0]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

describe('the status object', () => {
  it('the status object has the documented keys in their order', () => {
    const status = statusExample();
    expect(Object.keys(status).join(' ')).toBe(
      'status reasons at version pid since lines texts register backlog sweep keyring audit clock disk central holder',
    );
    expect(Object.keys(status.lines[0] ?? {}).join(' ')).toBe(
      'name number port state reason heard since out_of_service_s maker model imei operator registration signal storage ' +
        'waiting direct_waiting undeletable missing last_text_at texts resets reconnects recovery alarms calls deafness commands proofs',
    );
  });

  it.each(['en', 'ko'] as const)(
    'the page status.json has each key of the status object, in their order: %s',
    (language) => {
      const page = readPages(language).find(({ id }) => id === 'status.json')?.text ?? '';
      const line = lineExample('line1', {
        recovery: { trouble: 'silent', step: null, nextStep: null, nextAt: null },
      });
      let at = 0;
      for (const key of keysIn(statusExample({ lines: [line] }))) {
        const next = new RegExp(`\\b${key}\\b`).exec(page.slice(at));
        expect(`${key} ${next === null ? 'is missing' : 'is there'}`).toBe(`${key} is there`);
        at += (next?.index ?? 0) + key.length;
      }
    },
  );

  it('the status object has times in the configured zone', () => {
    const { at, since, register, sweep, audit, lines } = statusExample();
    expect({ at, since, oldest: register?.oldest_at, next: sweep?.next_at }).toEqual({
      at: '2026-11-23T14:05:09+09:00',
      since: '2026-11-20T14:05:09+09:00',
      oldest: '2026-10-26T14:00:00+09:00',
      next: '2026-11-23T15:00:00+09:00',
    });
    expect(audit?.verified_at).toBe('2026-11-23T13:05:09+09:00');
    expect(lines[0]?.last_text_at).toBe('2026-11-23T14:04:57+09:00');
  });

  it('the status object adds up the lines', () => {
    const lines = [
      lineExample(),
      { ...lineExample('line2', { waiting: 3, lastTextAt: nowMs }), counts: countsExample() },
    ];
    const { texts, backlog } = statusExample({ lines });
    expect(texts).toMatchObject({ today: 624, last_hour: 120, last_at: '2026-11-23T14:05:09+09:00' });
    expect(texts.per_minute.slice(0, 4)).toEqual([0, 2, 4, 0]);
    expect(backlog).toEqual({ texts: 3, direct: 0, parts: 2 });
  });

  it('the status object names the next reset step of a line', () => {
    const recovery = {
      trouble: 'silent',
      step: 'radio',
      nextStep: 'restart',
      nextAt: nowMs + 300_000,
    } as const;
    const status = statusExample({
      lines: [lineExample('line1', { state: 'recovering', recovery, opens: 9 })],
    });
    expect(status.lines[0]).toMatchObject({
      reconnects: 8,
      recovery: {
        trouble: 'silent',
        rung: 'radio',
        next_rung: 'restart',
        next_at: '2026-11-23T14:10:09+09:00',
      },
    });
  });

  it('the status object shows minute and line of the last texts and whether each names a place, and nothing about anybody', () => {
    const { texts } = statusExample({
      recent: [
        { atMs: nowMs - 1, line: 'line1', kind: 'visit' },
        { atMs: nowMs - 61_000, line: 'line1', kind: 'unresolved' },
      ],
    });
    expect(texts.recent).toEqual([
      { at: '2026-11-23T14:05:00+09:00', line: 'line1', kind: 'visit' },
      { at: '2026-11-23T14:04:00+09:00', line: 'line1', kind: 'unresolved' },
    ]);
  });

  it('the status object counts the lag from when the sweep was due', () => {
    const { sweep } = statusExample({ nowMs: nowMs + 3_600_000 });
    expect(sweep?.lag_s).toBe(309);
  });

  it('the status object still has the rest if the register cannot be read', () => {
    const status = statusExample({ health: 'register.io' });
    expect(status).toMatchObject({ register: null, keyring: null, backlog: { texts: 0, parts: null } });
    expect([status.texts.today, status.lines[0]?.texts.today]).toEqual([null, null]);
    expect(status.lines).toHaveLength(1);
  });

  it.each<[string, Partial<RegisterHealth>, number | null]>([
    ['as the register has counted them', {}, 624],
    ['0 if the last day with a text is over', { latestDay: dayWith(-1) }, 0],
    ['0 in a register that never had a text', { latestDay: null, oldestHourMs: null }, 0],
    ['unknown if nobody has counted', { latestDay: null }, null],
    [
      'unknown if they were counted from the middle of the day',
      { latestDay: { ...dayWith(0), isWhole: false } },
      null,
    ],
  ])("the status object has today's texts, %s", (_, health, today) => {
    const { texts, lines } = statusExample({ health: { ...healthExample, ...health } });
    expect(texts.today).toBe(today);
    expect(lines[0]?.texts.today).toBe(today === 624 ? 312 : today);
  });

  it('the status object is over with a wrong clock as soon as the clock is right again', () => {
    const behind = { ...sweptExample, clock: { ...sweptExample.clock, standing: 'behind' as const } };
    const sweeps = {
      state: 'idle',
      nextAtMs: nowMs,
      last: { atMs: nowMs, result: behind },
      code: null,
      wakes: 4,
    } as const;
    expect(statusExample({ sweeps, standing: 'behind' }).clock?.standing).toBe('behind');
    const { clock, reasons } = statusExample({ sweeps, standing: 'sound' });
    expect([clock?.standing, reasons]).toEqual(['sound', []]);
  });

  it('the status object says that a memory holds at least the texts that wait in it', () => {
    const { lines } = statusExample({
      lines: [lineExample('line1', { waiting: 4, storage: { memory: 'ME', used: 0, total: 255 } })],
    });
    expect(lines[0]?.storage).toEqual({ memory: 'ME', used: 4, total: 255 });
  });

  it('the status object accepts a clock that no service keeps, if a text has just confirmed it', () => {
    const codes = (agreesWithNetwork: boolean) =>
      statusExample({ isClockKept: false, agreesWithNetwork }).reasons.map(({ code }) => code);
    expect([codes(false), codes(true)]).toEqual([['clock.unsynchronised'], []]);
  });

  it('the status object has metrics that cannot be provided as a reason', () => {
    const { status, reasons } = statusExample({ metricsTrouble: 'metrics.textfile' });
    expect(status).toBe('degraded');
    expect(reasons).toEqual([
      { code: 'metrics.unavailable', severity: 'degraded', line: null, detail: 'metrics.textfile' },
    ]);
  });
});
