import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeTimestamp, encodeTimestamp, formatTimestamp } from '../../src/sms/scts.ts';

const decode = (hex: string) => decodeTimestamp(parseHex(hex) as Uint8Array);

const exact: readonly [hex: string, iso: string, offsetMinutes: number][] = [
  ['62113241509063', '2026-11-23T14:05:09+09:00', 540],
  ['21405291650569', '2012-04-25T19:56:50-04:00', -240],
  ['7040213252242B', '2007-04-12T23:25:42-08:00', -480],
  ['99211332959518', '1999-12-31T23:59:59-00:15', -15],
  ['00211332959510', '2000-12-31T23:59:59+00:15', 15],
  ['10101032959532', '2001-01-01T23:59:59+05:45', 345],
  ['09101000000000', '1990-01-01T00:00:00+00:00', 0],
  ['98211332959500', '2089-12-31T23:59:59+00:00', 0],
  ['42209200000000', '2024-02-29T00:00:00+00:00', 0],
];
const lenient: readonly [what: string, hex: string, iso: string][] = [
  ['a semi-octet of the year above 9 is 0', 'A1801311124500', '2010-08-31T11:21:54+00:00'],
  ['a semi-octet of the zone above 9 is 0', '718013111245A0', '2017-08-31T11:21:54+00:00'],
  ['the zone has both sign and high tens', '3130523210658A', '2013-03-25T23:01:56-07:00'],
  ['minus zero is UTC', '62113241509008', '2026-11-23T14:05:09+00:00'],
];
const impossible: readonly [what: string, hex: string][] = [
  ['all zero', '00000000000000'],
  ['all ones', 'FFFFFFFFFFFFFF'],
  ['month 13', '62313241509063'],
  ['day 0', '62110041509063'],
  ['30 February', '62200341509063'],
  ['29 February in a common year', '52209200000000'],
  ['31 June', '62601341509063'],
  ['hour 24', '62113242509063'],
  ['minute 60', '62113241069063'],
  ['second 60', '62113241500663'],
  ['a zone farther than 14 hours', '62113241509075'],
];

describe('a service centre time stamp', () => {
  it.each(exact)('the time stamp %s is %s, and is written so', (hex, iso, offsetMinutes) => {
    const stamp = decode(hex);
    expect(formatTimestamp(stamp)).toBe(iso);
    expect(stamp).toMatchObject({ epochMs: Date.parse(iso), offsetMinutes });
    expect(formatHex(encodeTimestamp(Date.parse(iso), offsetMinutes))).toBe(hex);
  });

  it.each(lenient)('%s', (_what, hex, iso) => {
    expect(formatTimestamp(decode(hex))).toBe(iso);
  });

  it.each(impossible)('D9: a time stamp of %s has no time', (_what, hex) => {
    expect(decode(hex)).toEqual({ epochMs: null, offsetMinutes: null });
    expect(formatTimestamp(decode(hex))).toBeNull();
  });

  it.each([
    ['before 1990', Date.UTC(1989, 11, 31), 0],
    ['after 2089', Date.UTC(2090, 0, 1), 0],
    ['in a zone of odd minutes', Date.UTC(2026, 0, 1), 7],
    ['in a zone beyond 14 hours', Date.UTC(2026, 0, 1), 855],
    ['that is no number', Number.NaN, 0],
  ])('a time stamp is not written for a time %s', (_what, epochMs, offsetMinutes) => {
    expect(() => encodeTimestamp(epochMs, offsetMinutes)).toThrow('scts.range');
  });
});
