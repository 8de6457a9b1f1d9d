import { describe, expect, it } from 'vitest';
import { meaningOf, parseFinal } from '../../src/at/final-result.ts';

describe('final results', () => {
  it.each([
    ['ERROR', 'plain', null],
    ['COMMAND NOT SUPPORT', 'plain', null],
    ['+CMS ERROR: 321', 'cms', 321],
    ['+CMS ERROR:321', 'cms', 321],
    ['+CMS ERROR: invalid memory index', 'cms', 321],
    ['+CMS ERROR: Operation not allowed', 'cms', 302],
    ['+CME ERROR: 14', 'cme', 14],
    ['+CME ERROR: SIM busy', 'cme', 14],
    ['+CME ERROR: operation not allowed', 'cme', 3],
    ['+CME ERROR: incorrect password', 'cme', 16],
    ['+CME ERROR: 515', 'cme', 515],
    ['+CME ERROR: something new', 'cme', null],
    ['+CME ERROR:', 'cme', null],
    ['+CMS ERROR:', 'cms', null],
    ['MODEM ERROR: 12', 'modem', 12],
  ])('the line %j is an error', (line, domain, code) => {
    const final = parseFinal(line);
    expect(final).toMatchObject({ ok: false, error: { domain, code, doubtful: false } });
  });

  it('OK is a success', () => {
    expect(parseFinal('OK')).toEqual({ ok: true });
  });

  it.each(['NO CARRIER', 'NO ANSWER', 'BUSY', 'NA'])(
    '%j is doubtful, because it may be the end of a call',
    (line) => {
      expect(parseFinal(line)).toMatchObject({ ok: false, error: { doubtful: true } });
    },
  );

  it.each(['OK then', 'OK.', 'ok', 'ERROR 404', 'an ERROR', '+CSQ: 14,99', 'NO CARRIER 2400', ''])(
    '%j is not a final result, because only a whole line is one',
    (line) => {
      expect(parseFinal(line)).toBeNull();
    },
  );

  it.each([
    ['+CME ERROR: 10', 'sim-absent'],
    ['+CMS ERROR: 310', 'sim-absent'],
    ['+CME ERROR: 11', 'pin-wanted'],
    ['+CME ERROR: SIM PIN required', 'pin-wanted'],
    ['+CME ERROR: 12', 'puk-wanted'],
    ['+CME ERROR: SIM failure', 'sim-failure'],
    ['+CMS ERROR: 314', 'sim-busy'],
    ['+CME ERROR: 515', 'sim-busy'],
    ['+CME ERROR: 16', 'pin-wrong'],
    ['+CMS ERROR: 512', 'too-fast'],
    ['+CMS ERROR: 322', 'full'],
    ['+CMS ERROR: 321', 'empty-slot'],
    ['+CMS ERROR: 500', 'empty-slot'],
    ['+CMS ERROR: 302', 'refused'],
    ['ERROR: UNSUPPORTED', 'refused'],
    ['+CME ERROR: 321', 'refused'],
    ['ERROR', 'refused'],
    ['MODEM ERROR: 14', 'refused'],
  ])('the error %j has a meaning for the session', (line, meaning) => {
    const final = parseFinal(line);
    expect(final && !final.ok && meaningOf(final.error)).toBe(meaning);
  });
});
