import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { koreanTime, openZone } from '../../src/base/zone.ts';
import { instantsOf } from '../../src/export/window.ts';

const at = (iso: string) => Date.parse(iso);
const utc = (epochMs: number) => new Date(epochMs).toISOString().replace('.000Z', 'Z');

describe('a time of a row', () => {
  it.each([
    ['Asia/Seoul', '2026-11-23T05:05:09Z', '2026-11-23T14:05:09+09:00'],
    ['Asia/Seoul', '2026-11-23T15:00:00Z', '2026-11-24T00:00:00+09:00'],
    ['Asia/Seoul', '2026-12-31T14:59:59.999Z', '2026-12-31T23:59:59+09:00'],
    ['UTC', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00+00:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01T05:45:00+05:45'],
    ['America/St_Johns', '2026-01-01T00:00:00Z', '2025-12-31T20:30:00-03:30'],
    // Germany, 25 October 2026, back from +02:00 to +01:00 at 01:00 UTC.
    ['Europe/Berlin', '2026-10-25T00:59:59Z', '2026-10-25T02:59:59+02:00'],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
    // Lord Howe Island moves by half an hour, at a half hour of UTC.
    ['Australia/Lord_Howe', '2026-04-04T14:59:59Z', '2026-04-05T01:59:59+11:00'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', '2026-04-05T01:30:00+10:30'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04T02:30:00+11:00'],
    ['Pacific/Kiritimati', '2026-11-23T12:00:00Z', '2026-11-24T02:00:00+14:00'],
    // Seoul, 9 October 1988, back from +10:00 to +09:00 for good at 17:00 UTC of the 8th.
    ['Asia/Seoul', '1988-10-08T16:59:59Z', '1988-10-09T02:59:59+10:00'],
    ['Asia/Seoul', '1988-10-08T17:00:00Z', '1988-10-09T02:00:00+09:00'],
    ['Asia/Seoul', '1969-12-31T23:00:00Z', '1970-01-01T08:00:00+09:00'],
  ])('a time in %s at %s is written %s', (timeZone, instant, expected) => {
    expect(openZone(timeZone).format(at(instant))).toBe(expected);
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Seoul', 'Africa/Casablanca'])(
    'a time written in %s is the same instant, through a whole year',
    (timeZone) => {
      const zone = openZone(timeZone);
      const step = 7 * hourMs + 13_000;
      for (let ms = at('2026-01-01T00:00:00Z'); ms < at('2027-01-01T00:00:00Z'); ms += step)
        expect(Date.parse(zone.format(ms))).toBe(ms);
    },
  );

  it('a time of Korea needs no calendar of the runtime', () => {
    const calendar = vi.spyOn(Intl, 'DateTimeFormat');
    onTestFinished(() => calendar.mockRestore());
    expect(openZone('Asia/Seoul').format(at('2026-11-23T05:05:09Z'))).toBe('2026-11-23T14:05:09+09:00');
    expect(calendar).not.toHaveBeenCalled();
    openZone('Asia/Tokyo');
    expect(calendar).toHaveBeenCalled();
  });

  it('times agree with the runtime’s calendar', () => {
    const timeZone = 'America/New_York';
    const zone = openZone(timeZone);
    const intl = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    for (let ms = at('2026-10-31T22:00:00Z'); ms < at('2026-11-02T00:00:00Z'); ms += 599_000)
      expect(zone.format(ms).slice(0, 19)).toBe(intl.format(ms).replace(' ', 'T'));
  });
});

describe('a local time', () => {
  it.each([
    ['Asia/Seoul', '2026-11-23T00:00', '2026-11-22T15:00:00Z', '2026-11-22T15:00:00Z'],
    ['Europe/Berlin', '2026-07-01T12:00', '2026-07-01T10:00:00Z', '2026-07-01T10:00:00Z'],
    ['Europe/Berlin', '2026-10-25T01:59', '2026-10-24T23:59:00Z', '2026-10-24T23:59:00Z'],
    // came twice
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00Z', '2026-10-25T02:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z'],
    // never came: the moment of the change
    ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29T02:59', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00Z', '2026-10-03T15:30:00Z'],
    // a midnight that never came, and a day that a whole country left out
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00:00Z', '2026-04-23T22:00:00Z'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z'],
  ])('the local time in %s, %s, is first %s and last %s', (timeZone, local, first, last) => {
    const { firstMs, lastMs } = instantsOf(openZone(timeZone), at(`${local}Z`));
    expect([utc(firstMs), utc(lastMs)]).toEqual([first, last]);
  });
});

const { zone, offsetMs, unchangedSinceMs } = koreanTime;
const calendar = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  dateStyle: 'short',
  timeStyle: 'medium',
});
/** As the runtime's calendar has it. */
const offsetAt = (epochMs: number) => Date.parse(`${calendar.format(epochMs).replace(' ', 'T')}Z`) - epochMs;

describe('Korea’s time', () => {
  it('Korea’s offset is the same since the last summer time, and not before', () => {
    expect([offsetAt(unchangedSinceMs), offsetAt(unchangedSinceMs - 1_000)]).toEqual([
      offsetMs,
      offsetMs + hourMs,
    ]);
  });

  it('Korea’s offset is the runtime’s for every day until 2050', () => {
    const wrong: string[] = [];
    for (let ms = unchangedSinceMs; ms < Date.UTC(2050, 0); ms += dayMs)
      if (offsetAt(ms) !== offsetMs) wrong.push(new Date(ms).toISOString());
    expect(wrong).toEqual([]);
  });
});
