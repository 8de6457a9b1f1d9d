import { describe, expect, it } from 'vitest';
import { nearestKey } from '../../src/config/find-faults.ts';

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
  ])('in table "%s" the key nearest to "%s" is %s', (table, key, expected) => {
    expect(nearestKey(table || 'top', key)).toBe(expected);
  });
});
