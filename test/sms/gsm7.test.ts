import { describe, expect, it } from 'vitest';
import { decodeGsm7, encodeGsm7, fitsGsm7, type Languages } from '../../src/sms/gsm7.ts';

const turkish: Languages = { locking: 1, single: 1 };
const spanish: Languages = { locking: 0, single: 2 };
const portuguese: Languages = { locking: 3, single: 3 };

const read: readonly [what: string, septets: number[], languages: Languages | undefined, text: string][] = [
  ['nothing as nothing', [], undefined, ''],
  ['code 0 as @', [0], undefined, '@'],
  ['every row of the default alphabet', [0x10, 0x2f, 0x40, 0x5f, 0x60, 0x7f], undefined, 'Δ/¡§¿à'],
  ['an escape with the extension table', [0x1b, 0x65, 0x1b, 0x28], undefined, '€{'],
  ['an escape before a code that the extension lacks as the main character', [0x1b, 0x1e], undefined, 'ß'],
  ['two escapes as a space', [0x1b, 0x1b, 0x41], undefined, ' A'],
  ['an escape at the end as a space', [0x41, 0x1b], undefined, 'A '],
  ['an escaped line feed as a form feed', [0x1b, 0x0a], undefined, '\f'],
  ['an escaped carriage return as one', [0x1b, 0x0d], undefined, '\r'],
  ['Turkish', [0x04, 0x07, 0x1b, 0x53], turkish, '€ıŞ'],
  ['Spanish, whose main table is the default one', [0x09, 0x1b, 0x09, 0x1b, 0x75], spanish, 'Ççú'],
  ['Portuguese', [0x15, 0x1b, 0x7f, 0x1b, 0x1f], portuguese, '∞âÊ'],
  ['an escape that the national table lacks as the national main character', [0x1b, 0x1c], turkish, 'Ş'],
  ['a code that a national table leaves open as a space', [0x0c], { locking: 4, single: 0 }, ' '],
  ['the default extension behind a locking table alone', [0x1b, 0x65], { locking: 4, single: 0 }, '€'],
];

describe('GSM 7 bit', () => {
  it.each(read)('GSM 7 bit is read: %s', (_what, septets, languages, text) => {
    expect(decodeGsm7(Uint8Array.from(septets), languages)).toBe(text);
  });

  const written: readonly [text: string, languages: Languages | undefined, septets: number[]][] = [
    ['@Δà', undefined, [0x00, 0x10, 0x7f]],
    ['€', undefined, [0x1b, 0x65]],
    ['[{', undefined, [0x1b, 0x3c, 0x1b, 0x28]],
    ['ş', turkish, [0x1d]],
    ['€', turkish, [0x04]],
    ['ú', spanish, [0x1b, 0x75]],
    [' ', { locking: 4, single: 0 }, [0x20]],
  ];
  it.each(written)('GSM 7 bit is written: %j with tables %j', (text, languages, septets) => {
    expect([...encodeGsm7(text, languages)]).toEqual(septets);
    expect(decodeGsm7(Uint8Array.from(septets), languages)).toBe(text);
  });

  it('a character without a code becomes ?, and fitsGsm7 says so before', () => {
    expect([...encodeGsm7('한')]).toEqual([0x3f]);
    expect(fitsGsm7('한')).toBe(false);
    expect(fitsGsm7('031-324-2114 ~€')).toBe(true);
    expect(fitsGsm7('ş')).toBe(false);
    expect(fitsGsm7('ş', turkish)).toBe(true);
  });

  it('no character is encoded as the escape', () => {
    expect(fitsGsm7('\u001b')).toBe(false);
  });
});
