import { expect, it } from 'vitest';
import { nearPlaces } from '../../src/export/near-places.ts';

const hall = '0313242114';
const gone = '0313242115';
const beside = '0313242116';

/** A register with one place, and one that was removed; `asked` notes what it was asked. */
function registerOf(asked: (number | 'all of them')[]) {
  return {
    venueNumbers: async (which: 'registered' | 'all' = 'registered', among?: readonly string[]) => {
      asked.push(among?.length ?? 'all of them');
      const numbers = which === 'all' ? [hall, gone] : [hall];
      return numbers.filter((number) => among?.includes(number) ?? true);
    },
  };
}

it('numbers near a place are those that no place has or had', async () => {
  const near = nearPlaces(registerOf([]), '031');
  const numbers = await near.numbersNear(hall);
  expect(numbers).toContain(beside);
  expect(numbers).not.toContain(gone);
  expect(await near.numbersNear(beside)).toEqual([]);
  expect((await near.numbersNear(gone)).length).toBeGreaterThan(0);
});

it('an unregistered number may mean the place that it is near to, and a place means itself', async () => {
  const near = nearPlaces(registerOf([]), '031');
  expect(await near.meantBy(beside)).toEqual([hall]);
  expect(await near.meantBy(hall)).toEqual([]);
  expect(await near.meantBy(gone)).toEqual([]);
});

it('few questions are about some numbers, and whoever asks many has all of them read once', async () => {
  const asked: (number | 'all of them')[] = [];
  const near = nearPlaces(registerOf(asked), '031');
  await near.numbersNear(hall);
  expect(asked).toEqual([expect.any(Number)]);
  for (let time = 0; time < 500; time += 1) {
    expect(await near.numbersNear(hall)).toContain(beside);
    expect(await near.meantBy(beside)).toEqual([hall]);
  }
  expect(asked.filter((each) => each === 'all of them')).toHaveLength(2);
  expect(asked.length).toBeLessThan(150);
});

it('a text means a place of those given, or of all that are registered', async () => {
  const near = nearPlaces(registerOf([]), '031');
  expect(await near.meantIn('031-324-21145', null)).toEqual([hall]);
  expect(await near.meantIn('031-324-21145', null, new Set([hall]))).toEqual([hall]);
  expect(await near.meantIn('031-324-21145', null, new Set([beside]))).toEqual([]);
});
