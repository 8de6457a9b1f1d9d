import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fault } from '../../base/errors.ts';

/**
 * Checks that a file or a folder, `-` for standard output, does not lie in the data directory, whatever links lead
 * there: it would be copied with the register, and outlive the visits. Error: `export.in-data-dir`.
 */
export async function requireOutside(dataDir: string, output: string): Promise<void> {
  if (output === '-') return;
  const inside = relative(await realPath(dataDir), await realPath(output));
  if (isAbsolute(inside) || inside.split(sep)[0] === '..') return;
  throw fault('export.in-data-dir', { file: output, data_dir: dataDir });
}

/** Where a path leads; what of it is yet to be made leads nowhere else. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => null);
  if (real !== null || dirname(whole) === whole) return real ?? whole;
  return join(await realPath(dirname(whole)), whole.slice(dirname(whole).length));
}
