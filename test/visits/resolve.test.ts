import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIssuedCodeForm, issueCode } from '../../src/visits/issued-code.ts';
import { isPrivateNumber, isVenueNumber } from '../../src/visits/numbering-plan.ts';
import { type ResolveOptions, resolveText } from '../../src/visits/resolve.ts';
import { examples, issuedCodes, registeredMobiles } from './resolve-examples.ts';

const options: ResolveOptions = {
  areaCode: '031',
  sender: '01055500123',
  receiving: '0313242900',
  isIssuedCode: (code) => issuedCodes.includes(code),
  isPlace: (number) => registeredMobiles.includes(number),
};
const everyPlace: ResolveOptions = { ...options, isPlace: () => true };
const inSeoul: ResolveOptions = { ...options, areaCode: '02' };

function outcomeOf(text: string, given = options): readonly string[] | string {
  const resolution = resolveText(text, given);
  return resolution.kind === 'venues' ? resolution.venues : resolution.reason;
}

for (const [topic, table] of Object.entries(examples)) {
  describe(`A text with ${topic}`, () => {
    it.each(table)('the text %j resolves to %j', (text, expected) => {
      expect(outcomeOf(text)).toEqual(expected);
    });
  });
}

describe('The area code of the configuration', () => {
  it.each([
    ['324-2114', ['023242114']],
    ['3242 1142', ['0232421142']],
    ['031-324-2114', ['0313242114']],
    ['2 324-2114', ['023242114']],
    ['31 324-2114', 'not-allowed'],
    ['02국 324-2114', ['023242114']],
  ])('the area code completes a local number: %j is %j in Seoul', (text, expected) => {
    expect(outcomeOf(text, inSeoul)).toEqual(expected);
  });
});

describe('A text from a web service', () => {
  it.each([
    ['[Web발신]\n031-324-2114', true],
    ['[WEB발신] 324-2114', true],
    ['[웹발신]324-2114', true],
    ['［Ｗｅｂ발신］\n324-2114', true],
    [' [Web 발신]\n324-2114', true],
    ['[Web발신]', true],
    ['324-2114 [Web발신]', false],
    ['[국제발신]\n324-2114', false],
    ['324-2114', false],
  ])('the beginning marks a text from a web service: %j is %j', (text, webSent) => {
    expect(resolveText(text, options).webSent).toBe(webSent);
  });
});

describe('A code of the right form', () => {
  it('a code of the right form that was not issued is unknown', () => {
    expect(outcomeOf(issueCode(7))).toBe('unknown-code');
    expect(outcomeOf(`010-5550-0123 ${issueCode(7)} 1578-1122`)).toBe('unknown-code');
  });
});

describe('A text that names a venue and something refused', () => {
  it.each([
    ['3242114', null],
    ['3242114 2명', null],
    ['3242114 01055500123', null],
    ['3242114 031-1588-7777', 'not-allowed'],
    [`3242114 ${issueCode(7)}`, 'unknown-code'],
    ['3242114 010-5550-0777', 'private-number'],
    ['3242114 010-5550-0777 031-1588-7777', 'private-number'],
  ])('a text with a venue and something refused reports both: %j has refused %j', (text, refused) => {
    expect(resolveText(text, options)).toMatchObject({ kind: 'venues', venues: ['0313242114'], refused });
  });
});

/** A number of the plan in its groups, by kind. */
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const exchange = fc
  .tuple(fc.constantFrom(...'23456789'), fc.oneof(digits(2), digits(3)))
  .map((parts) => parts.join(''));
const longExchange = fc.tuple(fc.constantFrom(...'23456789'), digits(3)).map((parts) => parts.join(''));
const anyNumber = fc.oneof(
  fc.tuple(fc.constantFrom('02', '031', '032', '044', '055', '064'), exchange, digits(4)),
  fc.tuple(fc.constantFrom('010', '070'), longExchange, digits(4)),
  fc.tuple(fc.constantFrom('0502', '0507'), fc.oneof(digits(3), digits(4)), digits(4)),
  fc.tuple(fc.constant('080'), digits(3), digits(4)),
  fc.tuple(fc.constantFrom('1577', '1588', '1661', '1899'), digits(4)),
);
const separator = fc.constantFrom('', '-', '.', ' ', '~', ') ', ' - ', '/', '－', '\u2013', '. ');
const words = fc.constantFrom(
  '',
  '용인시청 ',
  '안녕하세요! ',
  '☎',
  'Tel. ',
  '[Web발신]\n',
  '😀',
  '2명 ',
  '11월 23일 ',
);
const ending = fc.constantFrom('', '입니다', ' 2명', ' 방문', '\n', '.', '번', '😀', ' (3명)');

describe('A number of the plan', () => {
  it('a number of the plan is read, however its groups are separated and whatever words surround it', () => {
    fc.assert(
      fc.property(words, anyNumber, separator, ending, (before, groups, sign, after) => {
        expect(outcomeOf(before + groups.join(sign) + after, everyPlace)).toEqual([groups.join('')]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('a number of the plan is read after the country code', () => {
    const prefix = fc.constantFrom('+82', '+82 ', '+82-', '82-', '82 ', '0082 ', '001-82-', '+82 (0)');
    fc.assert(
      fc.property(prefix, anyNumber, separator, (country, groups, sign) => {
        const national = groups.join('');
        fc.pre(national.startsWith('0'));
        const abroad = groups.join(sign).slice(1);
        expect(outcomeOf(country + abroad, everyPlace)).toEqual([national]);
      }),
      { numRuns: 5_000 },
    );
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom(
      ...'0123456789',
      ...'-. ~()/,:+\n',
      ...'공일이삼명원입',
      'O',
      'a',
      '８',
      '\u200b',
      '82',
      '031',
      '2114',
    ),
    maxLength: 80,
  }),
);

describe('A list of thousands of places', () => {
  it('a list of thousands of places names none, and is left off after the sixth', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `031-324-${String(1_000 + index)}`).join(' ');
    expect(outcomeOf(text)).toBe('too-many-places');
  });
});

describe('Any text at all', () => {
  it('any text resolves to venues of the plan or issued codes, each once, and never to an own number', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const outcome = outcomeOf(text, { ...options, isIssuedCode: () => true });
        if (typeof outcome === 'string') return;
        expect(new Set(outcome).size).toBe(outcome.length);
        expect(outcome.length).toBeLessThanOrEqual(5);
        for (const venue of outcome) {
          expect(isVenueNumber(venue) || isIssuedCodeForm(venue)).toBe(true);
          expect([options.sender, options.receiving]).not.toContain(venue);
          expect(isPrivateNumber(venue) && !registeredMobiles.includes(venue)).toBe(false);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it.each(
    [
      [
        '0',
        '1',
        '9',
        '-',
        ' ',
        '공',
        '031-',
        '1 ',
        '1-',
        '2. ',
        '1577 ',
        '5555 ',
        '3242114 ',
        '+82',
        '(',
        'O1',
        '[Web발신]',
      ],
      [
        '일 ',
        '일에',
        '11:',
        '2020.11.',
        'https://',
        '명',
        '3명',
        '0313242114,',
        '😀',
        '\u200b',
        '1-2 ',
        '031 ',
        '1.',
        'www.',
      ],
    ].flat(),
  )('is read in time linear in its length: %j, repeated', (unit) => {
    const timeOf = (length: number) => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const start = process.cpuUsage();
      resolveText(text, options);
      resolveText(`공${text}x`, options);
      return process.cpuUsage(start).user / 1_000;
    };
    timeOf(10_000);
    const best = Math.min(timeOf(10_000), timeOf(10_000), timeOf(10_000));
    expect(best).toBeLessThan(120);
  });
});
