import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fetchedAhead } from '../../src/central/records/fetched-ahead.ts';

/** A source whose fetches end when the test says so. */
function source() {
  const begun: number[] = [];
  const disposed: number[] = [];
  const answers = new Map<number, { resolve: (value: number) => void; reject: (error: unknown) => void }>();
  const fetch = (item: number) => {
    begun.push(item);
    return new Promise<number>((resolve, reject) => {
      answers.set(item, { resolve, reject });
    });
  };
  const answer = (item: number) => answers.get(item)?.resolve(item);
  const fail = (item: number, error: unknown) => answers.get(item)?.reject(error);
  return { begun, disposed, fetch, answer, fail, dispose: (item: number) => void disposed.push(item) };
}

describe('what is fetched ahead', () => {
  it('what is fetched ahead comes in its order, while as many as said are under way behind it', async () => {
    const { begun, disposed, fetch, answer, dispose } = source();
    const fetched = fetchedAhead([1, 2, 3, 4], fetch, dispose);
    const first = fetched.next();
    await setImmediate();
    expect(begun).toEqual([1, 2]);
    answer(2);
    answer(1);
    expect(await first).toEqual({ done: false, value: 1 });
    expect([begun, disposed]).toEqual([[1, 2], []]);
    expect(await fetched.next()).toEqual({ done: false, value: 2 });
    expect([begun, disposed]).toEqual([[1, 2, 3], [1]]);
    answer(3);
    expect(await fetched.next()).toEqual({ done: false, value: 3 });
    answer(4);
    expect(await fetched.next()).toEqual({ done: false, value: 4 });
    expect(await fetched.next()).toEqual({ done: true, value: undefined });
    expect(disposed).toEqual([1, 2, 3, 4]);
  });

  it('what is fetched ahead and not wanted any more is disposed of', async () => {
    const { disposed, fetch, answer, dispose } = source();
    const fetched = fetchedAhead([1, 2, 3], fetch, dispose, 2);
    const first = fetched.next();
    for (const item of [1, 2, 3]) {
      await setImmediate();
      answer(item);
    }
    await first;
    await fetched.return(undefined);
    expect(disposed).toEqual([1, 2, 3]);
  });

  it('what fails while something else is fetched is told in its turn', async () => {
    const { disposed, fetch, answer, fail, dispose } = source();
    const fetched = fetchedAhead([1, 2, 3], fetch, dispose);
    const first = fetched.next();
    await setImmediate();
    fail(2, new Error('cut'));
    await setImmediate();
    answer(1);
    expect((await first).value).toBe(1);
    const second = fetched.next();
    await setImmediate();
    answer(3);
    await expect(second).rejects.toThrow('cut');
    expect(disposed).toEqual([1, 3]);
  });
});
