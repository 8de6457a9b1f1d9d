import { describe, expect, it } from 'vitest';
import { posterFileName } from '../../../src/export/poster/draw-poster.ts';

describe("a poster's file name", () => {
  it.each<[what: string, name: string | null, file: string]>([
    ['no name', null, '031-324-2114.pdf'],
    ['a name', '용인시청 종합민원실', '031-324-2114-용인시청-종합민원실.pdf'],
    ['a path', '../../etc/passwd', '031-324-2114-etc-passwd.pdf'],
    ['signs of a shell and of Windows', 'A "B" $(rm) <C>:|?*\\', '031-324-2114-A-B-rm-C.pdf'],
    ['nothing but signs', '***', '031-324-2114.pdf'],
    ['Hangul of single letters', '용인'.normalize('NFD'), '031-324-2114-용인.pdf'],
    ['a very long name', '가'.repeat(300), `031-324-2114-${'가'.repeat(50)}.pdf`],
  ])('the file name of a poster takes from %s what is safe everywhere', (_, name, file) => {
    expect(posterFileName('031-324-2114', name, new Set())).toBe(file);
  });

  it('the file name of a poster gets a number if two places would have the same', () => {
    const taken = new Set(['1577-1122-가게.pdf', '1577-1122-가게-2.pdf']);
    expect(posterFileName('1577-1122', '가게', taken)).toBe('1577-1122-가게-3.pdf');
  });
});
