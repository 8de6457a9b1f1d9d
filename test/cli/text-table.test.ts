import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/base/printable.ts';
import { demoTable } from '../../src/cli/demo/demo-table.ts';
import { formatLongTable } from '../../src/cli/long-table.ts';
import { formatTable } from '../../src/cli/text-table.ts';
import type { TextVerdict } from '../../src/daemon/intake/take-listing.ts';

/** The terminal columns at which the words of a line begin that are two blanks or more away from the last. */
function starts(line: string): number[] {
  return [...line.matchAll(/(?<=^| {2})\S/g)].map(({ index }) => stringWidth(line.slice(0, index)));
}

/** The terminal columns at which they end. */
function ends(line: string): number[] {
  return [...line.matchAll(/\S(?= {2}|$)/g)].map(({ index }) => stringWidth(line.slice(0, index + 1)));
}

describe('a table', () => {
  it('a table aligns its columns in mixed scripts', () => {
    const lines = formatTable(
      ['장소', 'name', '주소'],
      [
        ['용인시청', 'City Hall', '중부대로 1199'],
        ['A', '시민체육공원', 'x'],
        ['ＦＵＬＬ', 'é', '👨‍👩‍👧'],
      ],
    );
    expect(new Set(lines.map((line) => starts(line).join()))).toEqual(new Set(['0,10,24']));
  });

  it('a table aligns numbers and their headings to the right, in lines of one width', () => {
    const lines = formatTable(
      ['처리자', '번호 공개', '공개한 행'],
      [
        ['root', 2, 13],
        ['담당자', 1_000, 7],
      ],
    );
    expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([28]));
    expect(new Set(lines.map((line) => ends(line).slice(-2).join()))).toEqual(new Set(['17,28']));
  });

  it('a long table is laid out as a short one', async () => {
    const head = ['장소', 'visits', '주소'];
    const plain = [
      ['용인시청 031-324-2114', 12, '중부대로 1199'],
      ['A', 3_400, ''],
    ];
    const odd = [...plain, ['ＦＵＬＬ', 1, '👨‍👩‍👧']];
    for (const rows of [[], plain, odd])
      expect(await formatLongTable(head, rows)).toEqual(formatTable(head, rows));
    expect((await formatLongTable(head, odd)).map((line) => ends(line)[1])).toEqual([29, 29, 29, 29]);
  });

  it('a table shows nothing that moves the cursor or reverses the line', () => {
    expect(printable('a\u001b[2J\u202eb\n')).toBe('a·[2J·b·');
  });
});

describe('the table of the demo', () => {
  const verdicts: readonly TextVerdict[] = [
    { kind: 'visit', venues: ['0313242114'], webSent: false, refused: null },
    { kind: 'unresolved', reason: 'no-number' },
    { kind: 'notice', reason: 'delivery-report' },
  ];

  it.each(['ko', 'en'] as const)(
    'the table of the demo is aligned within a hundred columns: %s',
    (language) => {
      const table = demoTable('Asia/Seoul', language);
      const text = '안녕하세요 '.repeat(12);
      const rows = verdicts.map((verdict) =>
        table.row({
          verdict,
          message: { sender: { canonical: '01055500123' }, text },
          stamp: { atMs: 0 },
        } as unknown as Parameters<typeof table.row>[0]),
      );
      const [head = '', rule = ''] = table.head().split('\n');
      for (const line of [head, rule, ...rows]) expect(stringWidth(line)).toBeLessThanOrEqual(100);
      expect(new Set([head, ...rows].map((line) => starts(line).slice(0, 4).join()))).toEqual(
        new Set(['0,10,27,57']),
      );
      expect(table.foot(3)).toMatch(language === 'ko' ? /^문자 3건: 방문 1건, / : /^3 texts: 1 visit, /);
      expect(table.foot(3)).toContain(language === 'ko' ? '누락된 문자는 없습니다' : 'Nothing was dropped');
      expect(table.foot(4)).toContain(
        language === 'ko' ? '1건은 도착하지 않았습니다' : '1 of 4 sent have not arrived',
      );
    },
  );
});

it('lays out a list with more rows than a call takes arguments', () => {
  const rows = Array.from({ length: 130_000 }, (_, index) => [index, 'a'.repeat(index % 7)]);
  const lines = formatTable(['id', 'text'], rows);
  expect(lines.length).toBe(130_001);
  expect(lines.at(-1)).toMatch(/^129999 {2}a+$/);
});
