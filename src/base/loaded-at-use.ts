import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Loads a library at its first use, for callers that cannot wait for an `import()`. The library needs a CommonJS entry.
 */
export function loadedAtUse<Library>(name: string): () => Library {
  let library: Library | null = null;
  return () => {
    library ??= require(name) as Library;
    return library;
  };
}
