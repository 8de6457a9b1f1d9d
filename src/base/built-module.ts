const here = import.meta.url;

/**
 * A module that is started by itself, as a thread is: `path` below src, without its ending. Where src itself runs it is the
 * built one, since Node 20 starts no TypeScript.
 */
export function builtModule(path: string): URL {
  return new URL(`${here.endsWith('.ts') ? '../../dist' : '..'}/${path}.js`, here);
}
