import { describe, expect, it } from 'vitest';
import { editDistance, nearestKey } from '../../src/config/find-faults.ts';

describe('the nearest key', () => {
  it.each([
    ['line', 'prot', 'port'],
    ['line', 'baudrate', 'baud_rate'],
    ['line', 'baudRate', 'baud_rate'],
    ['line', 'Baud-Rate', 'baud_rate'],
    ['line', 'baud', 'baud_rate'],
    ['line', 'poll', 'poll_interval'],
    ['line', 'pinfile', 'pin_file'],
    ['line', 'pin', 'pin_file'],
    ['line', 'nubmer', 'number'],
    ['', 'timezone', 'time_zone'],
    ['', 'datadir', 'data_dir'],
    ['', 'line1', 'line'],
    ['', 'retension', 'retention'],
    ['', 'loging', 'log'],
    ['retention', 'sweep', 'sweep_interval'],
    ['log', 'lvl', 'level'],
    ['', 'period', 'retention.period'],
    ['log', 'socket', 'status.socket'],
    ['cipher', 'area_code', 'numbering.area_code'],
    ['metrics', 'time_zone', 'time_zone'],
    ['', 'colour_scheme', null],
    ['log', 'x', null],
    ['log', '', null],
    ['log', '회선', null],
  ])('in table "%s" to "%s" is %s', (table, key, expected) => {
    expect(nearestKey(table, key)).toBe(expected);
  });
});

describe('the distance of two words', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['port', 'port', 0],
    ['prot', 'port', 1],
    ['por', 'port', 1],
    ['portt', 'port', 1],
    ['part', 'port', 1],
    ['kitten', 'sitting', 3],
    ['abcd', 'badc', 2],
  ])('%s → %s is %i', (from, to, expected) => {
    expect(editDistance(from, to)).toBe(expected);
    expect(editDistance(to, from)).toBe(expected);
  });
});
