// Puts src/ together as dist/, unless dist/ is already the result of these sources. It starts from an empty folder, so that
// no part of an older build remains.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, entriesOf, startedModules } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The digest of the last build's sources and result. It is below node_modules, so that npm does not pack it. */
const stamp = join(root, 'node_modules/.cache/visitlog-build');
const dist = join(root, 'dist');
const inputs = ['src', 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/bundle.mjs'];
/** Of these scripts/make-man.mjs asks by name. */
const askedFor = ['cli/program', 'config/settings', 'words/commands/man'];

if (existsSync(stamp) && existsSync(dist) && readFileSync(stamp, 'utf8') === digest()) process.exit(0);

rmSync(stamp, { force: true });
rmSync(dist, { recursive: true, force: true });
await bundle(entriesOf([...startedModules, ...askedFor]), dist);
chmodSync(join(dist, 'cli/main.js'), 0o755);
mkdirSync(dirname(stamp), { recursive: true });
writeFileSync(stamp, digest());

function digest() {
  const hash = createHash('sha256');
  for (const path of [...inputs, 'dist'].flatMap(filesBelow))
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest(),
    );
  return hash.digest('hex');
}

/** The files below a folder, or the file itself, as paths from the root in a fixed order. */
function filesBelow(path) {
  if (statSync(join(root, path)).isFile()) return [path];
  const entries = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
