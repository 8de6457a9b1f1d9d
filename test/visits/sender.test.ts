import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSender, parseTypedNumber, type SenderAddress } from '../../src/visits/sender.ts';

type Row = readonly [type: SenderAddress['type'], value: string, kind: string, canonical: string];

describe('One Korean mobile', () => {
  it.each<readonly [SenderAddress['type'], string]>([
    ['international', '821055500123'],
    ['international', '+821055500123'],
    ['international', '8201055500123'],
    ['international', '01055500123'],
    ['national', '01055500123'],
    ['national', '1055500123'],
    ['national', '821055500123'],
    ['unknown', '01055500123'],
    ['unknown', '+821055500123'],
    ['unknown', '821055500123'],
    ['unknown', '1055500123'],
    ['unknown', '00821055500123'],
    ['unknown', '001821055500123'],
    ['unknown', '00700821055500123'],
    ['subscriber', '01055500123'],
    ['network-specific', '01055500123'],
    ['abbreviated', '01055500123'],
    ['reserved', '01055500123'],
  ])('a Korean mobile is one sender, announced as %s %s', (type, value) => {
    expect(parseSender({ type, value })).toEqual({ kind: 'mobile', canonical: '01055500123' });
  });
});

describe('A sender', () => {
  it.each<Row>([
    ['national', '0313242114', 'landline', '0313242114'],
    ['national', '313242114', 'landline', '0313242114'],
    ['international', '82313242114', 'landline', '0313242114'],
    ['unknown', '82313242114', 'landline', '0313242114'],
    ['unknown', '07040242114', 'internet', '07040242114'],
    ['unknown', '050713242114', 'personal', '050713242114'],
    ['unknown', '0803242114', 'toll-free', '0803242114'],
    ['unknown', '15771122', 'nationwide', '15771122'],
    ['international', '8215771122', 'nationwide', '15771122'],
    ['international', '15771122', 'nationwide', '15771122'],
    ['unknown', '01200000000', 'machine', '01200000000'],
    ['international', '821200000000', 'machine', '01200000000'],
    ['international', '8613800000000', 'foreign', '+8613800000000'],
    ['unknown', '+8613800000000', 'foreign', '+8613800000000'],
    ['unknown', '8613800000000', 'foreign', '+8613800000000'],
    ['unknown', '008613800000000', 'foreign', '+8613800000000'],
    ['unknown', '0018613800000000', 'foreign', '+8613800000000'],
    ['international', '14155550100', 'foreign', '+14155550100'],
    ['unknown', '0014155550100', 'foreign', '+14155550100'],
    ['international', '84912345678', 'foreign', '+84912345678'],
    ['international', '4407911123456', 'foreign', '+447911123456'],
    ['international', '29051234', 'foreign', '+29051234'],
    ['international', '99912345678901', 'foreign', '+99912345678901'],
    ['unknown', '114', 'short', '114'],
    ['unknown', '154100', 'short', '154100'],
    ['abbreviated', '1541', 'short', '1541'],
    ['international', '82114', 'short', '114'],
    ['unknown', '*23#', 'short', '*23#'],
    ['unknown', '#1234', 'short', '#1234'],
    ['unknown', 'a1b2c3', 'short', 'a1b2c3'],
    ['unknown', '*1234567890#', 'other', '*1234567890#'],
    ['unknown', '3242114', 'other', '3242114'],
    ['unknown', '01005500123', 'other', '01005500123'],
    ['international', '821005500123', 'other', '01005500123'],
    ['unknown', '821005500123', 'other', '01005500123'],
    ['unknown', '0607002114', 'other', '0607002114'],
    ['unknown', '12345678901234567890', 'other', '12345678901234567890'],
    ['alphanumeric', 'KT', 'alphanumeric', 'KT'],
    ['alphanumeric', ' 용인시청 ', 'alphanumeric', '용인시청'],
    ['alphanumeric', '', 'none', ''],
    ['unknown', '', 'none', ''],
    ['international', '+', 'short', '+'],
    ['international', '  ', 'none', ''],
  ])('a sender announced as %s %j is %s %j', (type, value, kind, canonical) => {
    expect(parseSender({ type, value })).toEqual({ kind, canonical });
  });

  it('a name of digits never passes for the number', () => {
    const name = parseSender({ type: 'alphanumeric', value: '01055500123' });
    expect(name).toEqual({ kind: 'alphanumeric', canonical: '"01055500123"' });
  });

  it('any address gives a sender, and its canonical form gives the same sender again', () => {
    const types = fc.constantFrom<SenderAddress['type']>(
      'unknown',
      'international',
      'national',
      'alphanumeric',
    );
    const value = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 }));
    fc.assert(
      fc.property(types, value, (type, text) => {
        const sender = parseSender({ type, value: text });
        if (['mobile', 'landline', 'internet', 'personal', 'nationwide', 'machine'].includes(sender.kind))
          expect(parseSender({ type: 'unknown', value: sender.canonical })).toEqual(sender);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('A number that staff type', () => {
  it.each([
    ['010-5550-0123', '01055500123'],
    ['010 5550 0123', '01055500123'],
    ['01055500123', '01055500123'],
    ['０１０－５５５０－０１２３', '01055500123'],
    ['010–5550–0123', '01055500123'],
    ['+82 10-5550-0123', '01055500123'],
    ['+82 (0)10 5550 0123', '01055500123'],
    ['(031) 324-2114', '0313242114'],
    ['1577-1122', '15771122'],
    ['012-0000-0000', '01200000000'],
    ['+86 138 0000 0000', '+8613800000000'],
    ['324-2114', null],
    ['010-550-0123', null],
    ['010-****-0123', null],
    ['114', null],
    ['', null],
    ['용인시청', null],
  ])('the number that staff type as %j is %j', (typed, canonical) => {
    expect(parseTypedNumber(typed)?.canonical ?? null).toBe(canonical);
  });
});
