import { describe, expect, it } from 'vitest';
import { openZone } from '../../../src/base/zone.ts';
import { isOddHour, reviewOf, type WorkingTime } from '../../../src/cli/audit/audit-review.ts';
import type { Act } from '../../../src/store/audit/audit-acts.ts';
import { officer, start } from '../../store/audit/audit-bench.ts';

const zone = openZone('Asia/Seoul');
const usual: WorkingTime = { workingHours: '08:00-20:00', workingDays: 'mon-fri' };
const local = (text: string) => Date.parse(`${text}+09:00`);

let number = 0;
function act(changes: Partial<Act> = {}): Act {
  number += 1;
  const atMs = local('2026-11-23T10:00:00');
  return {
    ...start(),
    seq: number,
    atMs,
    endedAtMs: atMs,
    rows: 1,
    unlogged: null,
    outcome: 'complete',
    code: null,
    ...changes,
  };
}

const masked = { ...start().scope, revealed: false };

describe('an odd hour', () => {
  it.each([
    ['2026-11-23T07:59:59', true],
    ['2026-11-23T08:00:00', false],
    ['2026-11-23T19:59:59', false],
    ['2026-11-23T20:00:00', true],
    ['2026-11-27T12:00:00', false],
    ['2026-11-28T12:00:00', true],
    ['2026-11-29T12:00:00', true],
  ])('an act at %s is at an odd hour: %s', (text, odd) =>
    expect(isOddHour(local(text), zone, usual)).toBe(odd),
  );

  it.each<[string, WorkingTime, boolean]>([
    ['2026-11-28T12:00:00', { ...usual, workingDays: 'mon-sat' }, false],
    ['2026-11-29T12:00:00', { ...usual, workingDays: 'mon-sat' }, true],
    ['2026-11-29T12:00:00', { ...usual, workingDays: 'every-day' }, false],
    ['2026-11-23T23:00:00', { ...usual, workingHours: null }, false],
    ['2026-11-23T23:00:00', { ...usual, workingHours: '22:00-06:00' }, false],
    ['2026-11-23T12:00:00', { ...usual, workingHours: '22:00-06:00' }, true],
  ])('an act at %s with working time %j is at an odd hour: %s', (text, working, odd) =>
    expect(isOddHour(local(text), zone, working)).toBe(odd),
  );
});

describe('a review', () => {
  it('a review sums what was revealed, downloaded, refused and done at odd hours', () => {
    const { total } = reviewOf(
      [
        act({ rows: 100 }),
        act({ rows: 7, scope: { ...start().scope, output: 'terminal' }, atMs: local('2026-11-23T23:00:00') }),
        act({ rows: 50, scope: masked }),
        act({ rows: 0, outcome: 'refused', code: 'export.no-reason' }),
        act({ rows: 0, outcome: 'nothing' }),
      ],
      zone,
      usual,
    );
    expect(total).toEqual({
      acts: 5,
      revealed: 3,
      revealedRows: 107,
      revealedOpen: 0,
      downloads: 2,
      refused: 1,
      oddHours: 1,
    });
  });

  it('a review counts an act that never ended as at least what is on record, and as a download', () => {
    const open = { outcome: 'unfinished', endedAtMs: null } as const;
    const { total, largest } = reviewOf(
      [act({ ...open, rows: 250 }), act({ ...open, rows: null })],
      zone,
      usual,
    );
    expect(total).toMatchObject({ revealed: 2, revealedRows: 250, revealedOpen: 2, downloads: 2 });
    expect(largest.map(({ rows }) => rows)).toEqual([250, null]);
  });

  it('a review groups acts by login and by purpose, the busiest first', () => {
    const root = { ...officer, login: { uid: 0, user: 'root' } };
    const review = reviewOf(
      [act(), act({ who: root }), act({ who: root, reason: 'drill', case: '7' })],
      zone,
      usual,
    );
    expect(review.byPerson.map(({ person, acts }) => [person, acts])).toEqual([
      ['root', 2],
      ['officer', 1],
    ]);
    expect(review.byPurpose.map(({ reason, case: number, acts }) => [reason, number, acts])).toEqual([
      ['contact tracing', '', 2],
      ['drill', '7', 1],
    ]);
  });

  it('a review names acts that never ended, were interrupted or refused, or whose environment claims another person', () => {
    const acts = [
      act({ outcome: 'unfinished', endedAtMs: null }),
      act({ outcome: 'interrupted' }),
      act({ outcome: 'refused' }),
      act({ who: { ...officer, sudo: { uid: 1002, user: 'another' } } }),
    ];
    const review = reviewOf(acts, zone, usual);
    const seqs = [review.unfinished, review.interrupted, review.refused, review.disputed].map((some) =>
      some.map(({ seq }) => seq),
    );
    expect(seqs).toEqual(acts.map(({ seq }) => [seq]));
  });

  it('a review lists the ten largest revealed exports', () => {
    const acts = Array.from({ length: 12 }, (_, rows) => act({ rows }));
    const { largest } = reviewOf([...acts, act({ rows: 999, scope: masked })], zone, usual);
    expect(largest.map(({ rows }) => rows)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });
});
