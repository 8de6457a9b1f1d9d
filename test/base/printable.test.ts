import { describe, expect, it } from 'vitest';
import { printable, printableJson, printableLines } from '../../src/base/printable.ts';

const moving = [
  '\u001b[2J',
  '\u009b2J',
  '\u0007',
  '\r',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
  '\u2028',
];
const movers = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('what others wrote', () => {
  it.each(moving)('printed text shows a dot for %j', (code) => {
    expect(printable(`a${code}b`)).not.toMatch(movers);
    expect(printableLines(`a${code}b\n\tc\r\nd`).replace(/\r?\n|\t/g, '')).not.toMatch(movers);
    expect(printableLines('a\n\tc\r\nd')).toBe('a\n\tc\r\nd');
  });

  it.each(moving)('printed text is escaped in JSON, and read back the same: %j', (code) => {
    const value = { [code]: [`a${code}`, 1, null] };
    expect(printableJson(value)).not.toMatch(movers);
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });

  it('printed text stays as it is if it moves nothing', () => {
    for (const text of ['용인시청 031-324-2114', 'Café ❤️', '김밥천국 👍🏽'])
      expect([printable(text), JSON.parse(printableJson(text)), printableJson(text)]).toEqual([
        text,
        text,
        JSON.stringify(text),
      ]);
  });
});
