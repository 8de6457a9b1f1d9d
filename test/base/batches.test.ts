import { expect, it } from 'vitest';
import { collect } from '../../src/base/batches.ts';

it('rows of a batch larger than a call takes arguments are collected', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => index);
  async function* batches() {
    yield rows;
    yield rows;
  }
  expect((await collect(batches())).length).toBe(400_000);
});
