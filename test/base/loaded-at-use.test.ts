import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { loadedAtUse } from '../../src/base/loaded-at-use.ts';

const { cache, resolve } = createRequire(import.meta.url);
const name = 'smol-toml';

describe('a library that is loaded at its use', () => {
  it('a library is loaded once, at its first use', () => {
    const library = loadedAtUse<typeof import('smol-toml')>(name);
    const before = resolve(name) in cache;
    const used = library();
    expect({ before, after: resolve(name) in cache, same: library() === used }).toEqual({
      before: false,
      after: true,
      same: true,
    });
    expect(used.parse('a = 1')).toEqual({ a: 1 });
  });

  it('a missing library fails at its first use only', () => {
    const library = loadedAtUse('no-such-library');
    expect(library).toThrow(/no-such-library/);
  });
});
