import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { sparkline } from '../../../src/cli/status/status-rows.ts';
import { type FrameOptions, terminalOf, watchFrame } from '../../../src/cli/status/watch.ts';
import { lineExample, nowMs, statusExample } from '../../daemon/status/status-example.ts';

const plain: FrameOptions = { columns: 80, rows: 24, language: 'en', colour: false, ascii: false };
const away = lineExample('line2', { state: 'absent', reason: 'port.ENOENT', unreadyAt: nowMs - 725_000 });
const text = {
  atMs: nowMs,
  line: 'line1',
  kind: 'visit',
} as const;
const busy = statusExample({
  lines: [lineExample(), away],
  recent: Array.from({ length: 20 }, (_, index) => ({ ...text, atMs: nowMs - index * 1_000 })),
});

describe('the screen of status --watch', () => {
  it('the watch screen fits lines, rates and the last texts into 80 by 24', () => {
    const frame = watchFrame({ status: statusExample(), trouble: null }, plain);
    expect(frame).toHaveLength(24);
    expect(frame[2]).toBe('line1      receiving, SKTelecom, 4/5 bars, 312 today, 60/h, 12 s ago, ME 3/255');
    expect(frame).toContain(`last hour  ${' ▄█'.repeat(20)}`);
    expect(frame).toContain('           60 texts, now 1.2 a minute, at most 2');
    expect(frame).toContain('14:04  line1     visit');
    expect(frame.at(-1)).toBe('q: end');
  });

  it.each([
    ['en', 80, 24],
    ['ko', 80, 24],
    ['en', 40, 10],
    ['ko', 20, 5],
    ['ko', 200, 60],
  ] as const)('fits %s in %i columns and %i rows', (language, columns, rows) => {
    for (const trouble of [null, 'gateway.absent']) {
      const frame = watchFrame({ status: busy, trouble }, { ...plain, language, columns, rows });
      expect(frame).toHaveLength(rows);
      expect(frame.filter((line) => stringWidth(line) > columns)).toEqual([]);
    }
  });

  it('the watch screen shows the latest minutes on a narrow terminal', () => {
    const perMinute = Array.from({ length: 60 }, (_, minute) => (minute === 59 ? 9 : 0));
    const lines = [{ ...lineExample(), counts: { ...lineExample().counts, perMinute } }];
    const frame = watchFrame({ status: statusExample({ lines }), trouble: null }, { ...plain, columns: 60 });
    expect(frame.find((line) => line.startsWith('last hour'))).toMatch(/█$/);
  });

  it('the watch screen shows as many of the last texts as fit', () => {
    const shown = (rows: number) =>
      watchFrame({ status: busy, trouble: null }, { ...plain, rows }).filter((line) =>
        / {2}visit$/.test(line),
      ).length;
    expect([shown(24), shown(30), shown(60)]).toEqual([shown(24), shown(24) + 6, 20]);
    expect(shown(24)).toBeGreaterThanOrEqual(0);
  });

  it('the watch screen keeps the last status, and says so, while the gateway does not answer', () => {
    const frame = watchFrame({ status: statusExample(), trouble: 'gateway.absent' }, plain);
    expect(frame[0]).toContain('DOWN');
    expect(frame[1]).toContain('does not answer');
    expect(frame.join('\n')).toContain('12,345 visits');
  });

  it('the watch screen says nothing by colour alone', () => {
    const frame = watchFrame({ status: busy, trouble: null }, { ...plain, colour: true });
    expect(frame[0]).toContain(': \u001b[1;33mDEGRADED\u001b[0m');
    const bare = frame.map((line) => stripVTControlCharacters(line));
    expect(bare).toEqual(watchFrame({ status: busy, trouble: null }, plain));
  });

  it('the watch screen uses only ASCII if the terminal has no more', () => {
    const frame = watchFrame({ status: busy, trouble: null }, { ...plain, ascii: true });
    expect(frame.filter((line) => /[^\u0020-\u007e]/.test(line))).toEqual([]);
  });
});

describe('a sparkline', () => {
  it('a sparkline is scaled to its largest value, and empty for zero', () => {
    expect(sparkline([0, 1, 4, 8], false)).toBe(' ▁▄█');
    expect(sparkline([0, 0], false)).toBe('  ');
    expect(sparkline([1], false)).toBe('█');
    expect(sparkline([0, 1, 1_000_000], true)).toBe(' .#');
  });
});

describe('a terminal', () => {
  const of = (env: Record<string, string>, isTTY = true) => terminalOf({ stdout: { isTTY } as never, env });

  it.each([
    ['of a desktop', { TERM: 'xterm-256color', LANG: 'ko_KR.UTF-8' }, true, true, false],
    ['with NO_COLOR', { TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1' }, true, false, false],
    ['on a serial line', { TERM: 'vt100', LANG: 'C.UTF-8' }, true, false, true],
    ['of the console', { TERM: 'linux', LANG: 'C.UTF-8' }, true, true, false],
    ['without UTF-8', { TERM: 'xterm', LANG: 'C' }, true, true, true],
    ['that cannot move its cursor', { TERM: 'dumb', LANG: 'C.UTF-8' }, false, false, true],
    ['that says nothing', {}, false, false, true],
  ] as const)('%s', (_, env, fullScreen, colour, ascii) => {
    expect(of(env)).toEqual({ fullScreen, colour, ascii });
  });

  it('a pipe is not a terminal', () => {
    expect(of({ TERM: 'xterm', LANG: 'C.UTF-8' }, false)).toMatchObject({ fullScreen: false, colour: false });
  });
});
