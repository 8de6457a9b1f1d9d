// The packages that an installed tree needs when it runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** They fetch or compile an addon, or have types; no program loads them. */
const isForBuilding = (name) =>
  ['prebuild-install', 'nan', 'node-addon-api'].includes(name) || name.startsWith('@types/');

/**
 * Folders of packages, below `home`, that its package.json needs, directly or by another package, as Node looks for them:
 * in the nearest node_modules. One that is missing is an error.
 */
export function closureOf(home) {
  const found = new Set();
  const visit = (folder) => {
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      if (isForBuilding(name)) continue;
      const path = nearest(folder, name, home);
      if (path === null && name in optionalDependencies) continue;
      if (path === null) throw new Error(`${folder} needs ${name}, which is not there`);
      if (found.has(path)) continue;
      found.add(path);
      visit(path);
    }
  };
  visit(home);
  return found;
}

function nearest(folder, name, home) {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return path;
    if (at === home) return null;
  }
}

/** Folders of all packages below `folder`, those of others within. */
export function packagesBelow(folder) {
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules)
    .sort()
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => join(name, inner)) : [name],
    );
  return names
    .map((name) => join(modules, name))
    .filter((path) => existsSync(join(path, 'package.json')))
    .flatMap((path) => [path, ...packagesBelow(path)]);
}
