import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { openZone } from '../../src/base/zone.ts';
import { parseTypedDuration } from '../../src/export/typed-time.ts';
import { lastWholeDay, parseWindow } from '../../src/export/window.ts';

const nowMs = Date.parse('2026-11-23T05:00:00Z');
const seoul = openZone('Asia/Seoul');
const utc = (epochMs: number) => new Date(epochMs).toISOString();

const from = (text: string, zone = seoul) => utc(parseWindow(text, '2099-01-01', { zone, nowMs }).fromMs);
const to = (text: string, zone = seoul) => utc(parseWindow('1970-01-02', text, { zone, nowMs }).toMs);

function errorOf(fromText: string, toText: string): AppError {
  try {
    parseWindow(fromText, toText, { zone: seoul, nowMs });
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('an AppError was expected');
}

describe('a window', () => {
  it.each([
    ['2026-11-23 14:00', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23T14:00', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23 14:00:30', '2026-11-23T05:00:30.000Z'],
    ['2026-11-23 00:00', '2026-11-22T15:00:00.000Z'],
    ['2026-11-23 24:00', '2026-11-23T15:00:00.000Z'],
    ['2026-11-23T14:00:00Z', '2026-11-23T14:00:00.000Z'],
    ['2026-11-23t14:00:00z', '2026-11-23T14:00:00.000Z'],
    ['2026-11-23T14:00:00.250Z', '2026-11-23T14:00:00.250Z'],
    ['2026-11-23T14:00:00+09:00', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23T14:00+0900', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23T14:00+09', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23 14:00 -03:30', '2026-11-23T17:30:00.000Z'],
    ['-48h', '2026-11-21T05:00:00.000Z'],
    ['-30m', '2026-11-23T04:30:00.000Z'],
    ['-90s', '2026-11-23T04:58:30.000Z'],
    ['-7d', '2026-11-16T05:00:00.000Z'],
    ['-0s', '2026-11-23T05:00:00.000Z'],
    ['now', '2026-11-23T05:00:00.000Z'],
    ['지금', '2026-11-23T05:00:00.000Z'],
    ['2026-11-23 9:00', '2026-11-23T00:00:00.000Z'],
    ['2026. 11. 20. 14:00', '2026-11-20T05:00:00.000Z'],
    ['2026.11.20 9:05', '2026-11-20T00:05:00.000Z'],
    ['2026/11/20 14:00', '2026-11-20T05:00:00.000Z'],
    ['2026년 11월 20일 오후 2시', '2026-11-20T05:00:00.000Z'],
    ['2026-11-20 오전 12시 30분', '2026-11-19T15:30:00.000Z'],
    ['2026-11-20 오후 12시', '2026-11-20T03:00:00.000Z'],
    ['2026-11-20 14시 5분', '2026-11-20T05:05:00.000Z'],
    ['２０２６－１１－２０ １４：００', '2026-11-20T05:00:00.000Z'],
    ['9:00', '2026-11-23T00:00:00.000Z'],
    ['오후 1시', '2026-11-23T04:00:00.000Z'],
    ['오늘 9:00', '2026-11-23T00:00:00.000Z'],
    ['어제 오후 2시', '2026-11-22T05:00:00.000Z'],
    ['yesterday 14:00', '2026-11-22T05:00:00.000Z'],
    ['-2시간', '2026-11-23T03:00:00.000Z'],
    ['-30분', '2026-11-23T04:30:00.000Z'],
    ['−48h', '2026-11-21T05:00:00.000Z'],
    ['–７d', '2026-11-16T05:00:00.000Z'],
  ])('a window reads %s', (text, expected) => {
    expect(from(text)).toBe(expected);
    expect(to(text)).toBe(expected);
  });

  it.each([
    ['2026-11-20', '2026-11-19T15:00:00.000Z', '2026-11-20T15:00:00.000Z'],
    ['2026. 11. 20.', '2026-11-19T15:00:00.000Z', '2026-11-20T15:00:00.000Z'],
    ['2026.11.20', '2026-11-19T15:00:00.000Z', '2026-11-20T15:00:00.000Z'],
    ['2026/11/20', '2026-11-19T15:00:00.000Z', '2026-11-20T15:00:00.000Z'],
    ['2026년 11월 20일', '2026-11-19T15:00:00.000Z', '2026-11-20T15:00:00.000Z'],
    ['2026-1-2', '2026-01-01T15:00:00.000Z', '2026-01-02T15:00:00.000Z'],
    [' 2026-11-23 ', '2026-11-22T15:00:00.000Z', '2026-11-23T15:00:00.000Z'],
    ['2024-02-29', '2024-02-28T15:00:00.000Z', '2024-02-29T15:00:00.000Z'],
    ['today', '2026-11-22T15:00:00.000Z', '2026-11-23T15:00:00.000Z'],
    ['오늘', '2026-11-22T15:00:00.000Z', '2026-11-23T15:00:00.000Z'],
    ['어제', '2026-11-21T15:00:00.000Z', '2026-11-22T15:00:00.000Z'],
    ['그제', '2026-11-20T15:00:00.000Z', '2026-11-21T15:00:00.000Z'],
  ])('a window begins with the day %s and includes it when it ends with it', (text, begin, end) => {
    expect(from(text)).toBe(begin);
    expect(to(text)).toBe(end);
  });

  it('a window of one date is that day, and has it as its last', () => {
    const window = parseWindow('2026-11-20', '2026-11-20', { zone: seoul, nowMs });
    expect(window.toMs - window.fromMs).toBe(86_400_000);
    expect(lastWholeDay(window.toMs, seoul)).toBe('2026-11-20');
    const part = parseWindow('2026-11-20', '2026-11-20 14:00', { zone: seoul, nowMs });
    expect(lastWholeDay(part.toMs, seoul)).toBeNull();
  });

  it('a window includes a day of 25 hours whole', () => {
    const berlin = openZone('Europe/Berlin');
    const window = parseWindow('2026-10-25', '2026-10-25', { zone: berlin, nowMs });
    expect(window.toMs - window.fromMs).toBe(25 * 3_600_000);
  });

  it('a window never leaves out a visit when clocks change', () => {
    const berlin = openZone('Europe/Berlin');
    expect(from('2026-10-25 02:30', berlin)).toBe('2026-10-25T00:30:00.000Z');
    expect(to('2026-10-25 02:30', berlin)).toBe('2026-10-25T01:30:00.000Z');
    expect(from('2026-03-29 02:30', berlin)).toBe('2026-03-29T01:00:00.000Z');
    expect(to('2026-03-29 02:30', berlin)).toBe('2026-03-29T01:00:00.000Z');
  });

  it.each([
    '',
    'tomorrow',
    '23.11.2026',
    '11/23',
    '2026-11',
    '2026-11-2314:00',
    '2026-11/23',
    '2026년 11월 23',
    '오후 25시',
    '오전 14시',
    '밤 10시',
    '오후',
    '25:00',
    '-1시간 2시간',
    '20261123',
    '2026-13-01',
    '2026-00-10',
    '2026-02-29',
    '2026-11-31',
    '2026-11-23 25:00',
    '2026-11-23 24:01',
    '2026-11-23 14:60',
    '2026-11-23 14:00:60',
    '2026-11-23 14',
    '2026-11-23Z',
    '2026-11-23T14:00+25:00',
    '2026-11-23T14:00+09:75',
    '2026-11-23T14:00 KST',
    '0026-11-23',
    '48h',
    '-48',
    '-4w',
    '--48h',
    '+48h',
    '-1.5h',
  ])('a window refuses %j and names its option', (text) => {
    expect(errorOf(text, '2099-01-01')).toMatchObject({
      code: 'window.time',
      facts: { option: '--from', text },
    });
    expect(errorOf('2020-01-01', text).facts).toEqual({ option: '--to', text });
  });

  it.each([
    ['2026-11-24', '2026-11-23'],
    ['2026-11-23 00:00', '2026-11-23 00:00'],
    ['2026-11-23 24:00', '2026-11-23'],
    ['-1h', '-2h'],
  ])('a window from %s to %s is empty and is refused', (fromText, toText) => {
    expect(errorOf(fromText, toText)).toMatchObject({ code: 'window.order' });
  });

  it('a refused window names the end of the day that was typed, not the next day', () => {
    expect(errorOf('2026-11-24', '2026-11-23').facts).toEqual({
      from: '2026-11-24T00:00:00+09:00',
      to: '2026-11-23T24:00:00+09:00',
    });
  });

  it('a window names its times in the configured zone if it is refused', () => {
    expect(errorOf('2026-11-24', '2026-11-23 18:00').facts).toEqual({
      from: '2026-11-24T00:00:00+09:00',
      to: '2026-11-23T18:00:00+09:00',
    });
  });
});

it.each([
  ['30m', 30],
  ['30분', 30],
  ['３０분', 30],
  ['2시간', 120],
  ['1시간 30분', 90],
  ['1시간30분', 90],
  ['1일', 1440],
  ['60초', 1],
])('a duration is read as people write it: %s', (text, minutes) => {
  expect(parseTypedDuration(text)).toBe(minutes * 60_000);
});

it.each(['30', '분', '30분 10분', '1.5시간', '한 시간', ''])('a duration is not guessed: %j', (text) => {
  expect(parseTypedDuration(text)).toBeNull();
});
