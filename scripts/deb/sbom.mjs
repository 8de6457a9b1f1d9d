// The bill of materials of what is staged (CycloneDX): each package that lies in node_modules, with its digest from the
// lockfile, and the runtime. Of the files and not of npm's own report, which npm before 9.5 does not have.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagesBelow } from './closure.mjs';
import { licenseOf } from './license-of.mjs';

const [root, home, version, runtime] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const locked = read(join(root, 'package-lock.json')).packages;

function component(path) {
  const own = read(join(path, 'package.json'));
  const { name, version } = own;
  const license = licenseOf(own);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const integrity = locked[path.slice(home.length + 1)]?.integrity;
  if (integrity === undefined) throw new Error(`${path} is in the package and not in package-lock.json`);
  const [, algorithm, digest] = /^(sha\d+)-(.*)$/.exec(integrity);
  return {
    'bom-ref': purl,
    type: 'library',
    name,
    version,
    purl,
    hashes: [
      { alg: algorithm.replace('sha', 'SHA-'), content: Buffer.from(digest, 'base64').toString('hex') },
    ],
    // An expression may name more than one license.
    licenses: license === undefined ? [] : [{ expression: license }],
  };
}

const own = read(join(home, 'package.json'));
const node = `pkg:generic/node@${runtime}`;
const bill = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    timestamp: new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString(),
    component: {
      'bom-ref': `pkg:npm/${own.name}@${version}`,
      type: 'application',
      name: own.name,
      version,
      purl: `pkg:npm/${own.name}@${version}`,
      licenses: [{ expression: own.license }],
    },
  },
  components: [
    ...packagesBelow(home).map(component),
    {
      'bom-ref': node,
      type: 'platform',
      name: 'node',
      version: runtime,
      purl: node,
      licenses: [{ expression: 'MIT' }],
    },
  ],
};
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
