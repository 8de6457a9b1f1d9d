import { describe, expect, it } from 'vitest';
import { decodeGsm7, encodeGsm7 } from '../../src/sms/gsm7.ts';
import { languageNames } from '../../src/sms/languages.ts';
import { nationalLockingTables, nationalSingleTables } from '../../src/sms/national-tables.ts';

const all = Array.from({ length: 13 }, (_, i) => i + 1);
const escaped = (code: number): Uint8Array => Uint8Array.of(0x1b, code);
const cells = (rows: string): string[] => rows.trim().split(/\s+/);

/** Codes picked from the printed tables of TS 23.038 annex A: language, kind, code, character. */
const printed: readonly [language: number, kind: 'locking' | 'single', code: number, text: string][] = [
  [1, 'locking', 0x40, 'İ'],
  [1, 'single', 0x69, 'ı'],
  [2, 'single', 0x09, 'ç'],
  [3, 'locking', 0x16, '^'],
  [3, 'single', 0x12, 'Φ'],
  [4, 'locking', 0x00, '\u0981'],
  [4, 'single', 0x34, '\u09fa'],
  [5, 'locking', 0x7f, '\u0af1'],
  [5, 'single', 0x1c, '\u0ae6'],
  [6, 'locking', 0x00, '\u0901'],
  [6, 'locking', 0x02, '\u0903'],
  [6, 'single', 0x3a, '\u0971'],
  [7, 'locking', 0x24, '\u0ca1'],
  [7, 'single', 0x2a, '\u0cf2'],
  [8, 'locking', 0x7f, '\u0d79'],
  [8, 'single', 0x2e, '\u0d7a'],
  [9, 'locking', 0x47, '\u0b33'],
  [9, 'single', 0x2c, '\u0b71'],
  [10, 'locking', 0x60, '\u0a51'],
  [10, 'single', 0x23, '\u0a6d'],
  [11, 'locking', 0x7f, '\u0bf9'],
  [11, 'single', 0x24, '\u0bee'],
  [12, 'locking', 0x60, '\u0c55'],
  [12, 'single', 0x22, '\u0c6c'],
  [13, 'locking', 0x07, 'ت'],
  [13, 'single', 0x3f, '\u06d4'],
];

describe('the national language tables', () => {
  it.each(printed)('a character of language %i, %s table, code %i is read', (language, kind, code, text) => {
    const languages = {
      locking: kind === 'locking' ? language : 0,
      single: kind === 'single' ? language : 0,
    };
    expect(decodeGsm7(kind === 'locking' ? Uint8Array.of(code) : escaped(code), languages)).toBe(text);
  });

  it('F5: every national table has 128 codes; Spanish has no locking table', () => {
    expect(languageNames).toHaveLength(14);
    expect(Object.keys(nationalSingleTables).map(Number)).toEqual(all);
    expect(Object.keys(nationalLockingTables).map(Number)).toEqual(all.filter((id) => id !== 2));
    for (const rows of [...Object.values(nationalSingleTables), ...Object.values(nationalLockingTables)])
      expect(cells(rows)).toHaveLength(128);
  });

  it.each(all)(
    'language %i has the codes that all share: digits, line ends, the escape, the Euro sign',
    (language) => {
      const locking = { locking: language, single: 0 };
      expect(
        decodeGsm7(
          Uint8Array.from({ length: 10 }, (_, i) => 0x30 + i),
          locking,
        ),
      ).toBe('0123456789');
      expect(decodeGsm7(Uint8Array.of(0x0a, 0x0d, 0x20, 0x61), locking)).toBe('\n\r a');
      const single = { locking: 0, single: language };
      expect(decodeGsm7(Uint8Array.of(0x1b, 0x65, 0x1b, 0x28, 0x1b, 0x3c, 0x1b, 0x0a), single)).toBe('€{[\f');
    },
  );

  it.each(all)('language %i writes and reads every character of its tables', (language) => {
    const languages = { locking: language, single: language };
    for (let code = 0; code < 128; code += 1) {
      if (code === 0x1b) continue;
      for (const septets of [Uint8Array.of(code), escaped(code)]) {
        const text = decodeGsm7(septets, languages);
        expect(decodeGsm7(encodeGsm7(text, languages), languages)).toBe(text);
      }
    }
  });
});
