import { describe, expect, it } from 'vitest';
import { describeFaults, faultCatalogue } from '../../src/simulator/faults/fault-catalogue.ts';
import type { FaultDescription } from '../../src/simulator/faults/fault-parameters.ts';
import { createOccasions } from '../../src/simulator/faults/fault-play.ts';
import { parseFault, parseFaultFile } from '../../src/simulator/faults/parse-fault.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { exitOf, sayFault } from '../../src/words/faults/say.ts';

const catalogue: Readonly<Record<string, FaultDescription>> = faultCatalogue;

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

describe('a fault as it is typed', () => {
  it.each([
    ['late-reply', { every: 10, delayMs: 20_000 }],
    ['late-reply:3', { every: 3, delayMs: 20_000 }],
    ['late-reply:3,delay=8s', { every: 3, delayMs: 8_000 }],
    ['late-reply:delay=250ms', { every: 10, delayMs: 250 }],
    ['  late-reply:every=5 ', { every: 5, delayMs: 20_000 }],
    ['hang:on=+CMGR,cure=reopen', { on: '+CMGR', cure: 'reopen' }],
  ])('the fault %s has the values that are typed, and the initial ones', (spec, values) => {
    expect(parseFault(spec).values).toMatchObject(values);
  });

  it.each([
    ['late-replay', 'simulator.fault.unknown', 'Did you mean late-reply'],
    ['', 'simulator.fault.unknown', 'Did you mean hang'],
    ['late-reply:soon', 'simulator.fault.value', 'every=NUMBER (10)'],
    ['late-reply:delay=3', 'simulator.fault.value', 'delay=TIME (20s)'],
    ['late-reply:whatever=3', 'simulator.fault.value', 'on=TEXT'],
    ['late-reply:3,4', 'simulator.fault.value', 'every=NUMBER'],
    ['hang:cure=prayer', 'simulator.fault.value', 'cure=time|reopen|power (power)'],
    ['parts-share-index:2', 'simulator.fault.value', 'It takes no values.'],
  ])('the fault "%s" is refused, with the names or values that are possible', (spec, code, hint) => {
    const thrown = thrownBy(() => parseFault(spec));
    expect(thrown).toMatchObject({ code });
    expect({ exit: exitOf(thrown), hint: sayFault(thrown, 'en').hint }).toEqual({
      exit: 2,
      hint: expect.stringContaining(hint),
    });
  });
});

describe('the catalogue of faults', () => {
  it.each(Object.entries(catalogue))(
    'the catalogue describes %s in both languages and takes its own initial values',
    (slug, entry) => {
      expect(slug).toMatch(/^[a-z][a-z0-9-]+$/);
      for (const { en, ko } of [entry, ...Object.values(entry.parameters)])
        expect({ en, ko }).toEqual({
          en: expect.stringMatching(/^[^가-힣]{5,}$/),
          ko: expect.stringMatching(/[가-힣]/),
        });
      for (const [name, { initial }] of Object.entries(entry.parameters))
        expect(() => parseFault(`${slug}:${name}=${initial}`)).not.toThrow();
    },
  );
});

describe('the list of faults that a reader gets', () => {
  it.each([
    [
      'en',
      'late-reply         B4   an answer comes after the host has given up on it',
      '    delay=TIME (20s): delay of the answer',
    ],
    [
      'ko',
      'late-reply         B4   호스트가 기다리기를 그만둔 뒤에 응답이 옴',
      '    delay=TIME (20s): 응답의 지연',
    ],
  ] as const)(
    'the list of faults has each fault with its row and its values (%s)',
    (language, fault, value) => {
      const lines = [...describeFaults(language)];
      expect(lines.filter((line) => !line.startsWith(' '))).toHaveLength(Object.keys(catalogue).length);
      const from = lines.indexOf(fault);
      expect(lines.indexOf(value)).toBe(from + 2);
    },
  );
});

describe('a file of faults', () => {
  it('a file of faults has one fault a line, and comments', () => {
    const file = '# a bad day\nhang:3\n\n  late-reply:2 # in so many\r\nunplug\n';
    expect(parseFaultFile(file)).toEqual(['hang:3', 'late-reply:2', 'unplug']);
  });

  it('a file of faults is refused with the number of the wrong line', () => {
    const thrown = thrownBy(() => parseFaultFile('hang\nhung'));
    expect(thrown).toMatchObject({ code: 'simulator.fault.unknown', facts: { line: 2, fault: 'hung' } });
    expect(sayFault(thrown, 'ko').message).toBe("2번째 줄: 'hung' 장애는 없습니다");
  });
});

describe('occasions', () => {
  it('a fault affects one occasion in so many, which the seed chooses, and none after so many', () => {
    const hitsOf = (seed: number, times: number): number[] => {
      const isDue = createOccasions(createRandom(seed), 5, times);
      return Array.from({ length: 50 }, () => isDue()).flatMap((hit, i) => (hit ? [i] : []));
    };
    const hits = hitsOf(1, 0);
    expect(hits.map((at) => Math.floor(at / 5))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(hitsOf(1, 0)).toEqual(hits);
    expect(hitsOf(2, 0)).not.toEqual(hits);
    expect(hitsOf(1, 3)).toEqual(hits.slice(0, 3));
  });
});
