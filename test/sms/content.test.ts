import { describe, expect, it } from 'vitest';
import { type ContentPart, contentOf, joinContent } from '../../src/sms/content.ts';
import { decodeDcs } from '../../src/sms/dcs.ts';
import { encodeText } from '../../src/sms/encode-text.ts';
import { packSeptets } from '../../src/sms/gsm7.ts';
import { languageElements } from '../../src/sms/languages.ts';
import { encodeUcs2 } from '../../src/sms/ucs2.ts';
import type { UdhElement } from '../../src/sms/udh.ts';

const header = (elements: readonly UdhElement[]) => ({ octets: new Uint8Array(), elements });
const octets = (dcs: number, ...values: number[]): ContentPart => ({
  dcs: decodeDcs(dcs),
  udh: null,
  userData: { octets: Uint8Array.from(values), septets: null, fillBits: 0 },
});
const septets = (values: number[], locking = 0, single = 0): ContentPart => ({
  dcs: decodeDcs(0),
  udh: header(languageElements({ locking, single })),
  userData: { octets: packSeptets(Uint8Array.from(values)), septets: values.length, fillBits: 0 },
});
const ucs2 = (text: string): ContentPart => octets(8, ...encodeUcs2(text));

describe('the content of a part', () => {
  it.each([
    ['7 bit', septets([0x41, 0x1b, 0x65]), { alphabet: 'gsm7', text: 'A€', data: null }],
    ['7 bit in Turkish', septets([0x07], 1), { text: 'ı', languages: { locking: 1, single: 0 } }],
    ['UCS-2', ucs2('용인'), { alphabet: 'ucs2', text: '용인', data: null }],
    ['KS C 5601', octets(0x84, 0xb0, 0xa1), { alphabet: 'ksc5601', text: '가', data: null }],
    ['8 bit data', octets(4, 1, 2), { alphabet: '8bit', text: null, data: Uint8Array.of(1, 2) }],
    ['empty 8 bit data', octets(4), { text: null, data: new Uint8Array() }],
    ['no text', septets([]), { text: '' }],
  ])('the content of a part: %s', (_what, part, content) => {
    expect(contentOf(part)).toMatchObject(content);
    expect(joinContent([part])).toEqual(contentOf(part));
  });
});

describe('joined parts', () => {
  it.each([
    ['a surrogate pair', [octets(8, 0xd8, 0x3d), octets(8, 0xde, 0x01)], '😁'],
    ['an octet of a character', [octets(8, 0xd5), octets(8, 0x5c, 0xae), octets(8, 0x00)], '한글'],
    ['an escape', [septets([0x41, 0x1b]), septets([0x65, 0x42])], 'A€B'],
    ['a Korean character', [octets(0x84, 0x30, 0xb0), octets(0x84, 0xa1, 0x31)], '0가1'],
  ])('parts that cut %s are joined before they are decoded', (_what, parts, text) => {
    expect(joinContent(parts).text).toBe(text);
    expect(parts.map((part) => contentOf(part).text).join('')).not.toBe(text);
  });

  it.each([
    [
      'nothing from before a gap completes what is behind it',
      [octets(8, 0xd8, 0x3d), null, octets(8, 0xde, 0x01)],
      '\ufffd\ufffd',
    ],
    ['an escape before a gap stays one', [septets([0x1b]), null, septets([0x65])], ' e'],
    ['a gap at the start', [null, ucs2('둘')], '둘'],
    ['gaps alone', [null, null], ''],
    ['nothing', [], ''],
  ])('a message with missing parts: %s', (_what, parts, text) => {
    expect(joinContent(parts).text).toBe(text);
  });

  it.each([
    ['alphabets', [septets([0x41]), ucs2('가'), octets(0x84, 0xb0, 0xa1)], 'A가가'],
    ['national tables', [septets([0x07], 1), septets([0x07])], 'ıì'],
    ['single shift tables', [septets([0x1b], 0, 1), septets([0x53])], ' S'],
    ['text and data', [ucs2('가'), octets(4, 1)], '가'],
    ['data and text', [octets(4, 1), ucs2('가')], '가'],
  ])('parts of different %s are decoded each by its own', (_what, parts, text) => {
    expect(joinContent(parts).text).toBe(text);
  });

  it('parts of data are data', () => {
    expect(joinContent([octets(4, 1), null, octets(4, 2, 3)])).toMatchObject({
      text: null,
      data: Uint8Array.of(1, 2, 3),
    });
  });

  it('a text that was cut into parts is joined again', () => {
    const text = '031-324-2114 '.repeat(40);
    const parts = encodeText(text).map(({ payload }) =>
      septets([...('septets' in payload ? payload.septets : [])]),
    );
    expect(parts).toHaveLength(4);
    expect(joinContent(parts).text).toBe(text);
  });
});
