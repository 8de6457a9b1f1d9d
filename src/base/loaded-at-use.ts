import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A library that is loaded when it is first used, by whoever cannot wait for an `import()`. It must have an entry for
 * CommonJS.
 */
export function loadedAtUse<Library>(name: string): () => Library {
  let library: Library | null = null;
  return () => {
    library ??= require(name) as Library;
    return library;
  };
}
