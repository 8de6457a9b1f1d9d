import { describe, expect, it } from 'vitest';
import { createOccasions } from '../../src/simulator/faults/fault.ts';
import { faults, parseFault, parseFaultFile } from '../../src/simulator/faults/parse-fault.ts';
import { createRandom } from '../../src/simulator/random.ts';

describe('a fault, as it is written', () => {
  it.each([
    ['late-reply', { every: 10, delay: 20_000 }],
    ['late-reply:3', { every: 3, delay: 20_000 }],
    ['late-reply:3,delay=8s', { every: 3, delay: 8_000 }],
    ['late-reply:delay=250ms', { every: 10, delay: 250 }],
    ['  late-reply:every=5 ', { every: 5, delay: 20_000 }],
  ])('%s', (spec, { every, delay }) => {
    const { values } = parseFault(spec);
    expect({ every: values.count('every'), delay: values.ms('delay') }).toEqual({ every, delay });
  });

  it('may have a text as its value', () => {
    expect(parseFault('hang:on=+CMGR,cure=reopen').values.text('on')).toBe('+CMGR');
  });

  it.each([
    ['late-replay', 'simulator.fault.unknown', 'did you mean late-reply'],
    ['', 'simulator.fault.unknown', 'did you mean hang'],
    ['late-reply:soon', 'simulator.fault.value', 'every=NUMBER (10)'],
    ['late-reply:delay=3', 'simulator.fault.value', 'delay=TIME (20s)'],
    ['late-reply:whatever=3', 'simulator.fault.value', 'on=TEXT'],
    ['late-reply:3,4', 'simulator.fault.value', 'every=NUMBER'],
    ['hang:cure=prayer', 'simulator.fault.value', 'cure=time|reopen|power (power)'],
    ['parts-share-index:2', 'simulator.fault.value', 'it takes no values'],
  ])('%s is refused with what is possible', (spec, code, hint) => {
    expect(() => parseFault(spec)).toThrow(
      expect.objectContaining({ code, hint: expect.stringContaining(hint), exit: 2 }),
    );
  });

  it('has the slug, the row and the defaults that its table says', () => {
    for (const { slug, row, about, parameters } of faults.values()) {
      expect({ slug, row, about }).toEqual({
        slug: expect.stringMatching(/^[a-z][a-z0-9-]+$/),
        row: expect.stringMatching(/^[A-F]\d{1,2}$/),
        about: expect.stringMatching(/.{20}/),
      });
      for (const { name, initial } of parameters)
        expect(() => parseFault(`${slug}:${name}=${initial}`)).not.toThrow();
    }
  });
});

describe('a file of faults', () => {
  it('has one a line, and comments', () => {
    const file = '# a bad day\nhang:3\n\n  late-reply:2 # in so many\r\nunplug\n';
    expect(parseFaultFile(file)).toEqual(['hang:3', 'late-reply:2', 'unplug']);
  });

  it('says in which line something is wrong', () => {
    expect(() => parseFaultFile('hang\nhung')).toThrow(/^line 2: there is no fault 'hung'$/);
  });
});

describe('occasions', () => {
  it('have one hit in so many, at places that the seed chooses, and end after so many', () => {
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
