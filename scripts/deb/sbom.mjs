// The bill of materials of what is installed (CycloneDX), with the runtime among its parts.
import { execFileSync } from 'node:child_process';

const [home, version, runtime] = process.argv.slice(2);
// From the lockfile: what npm finds extraneous or missing in a tree without its development parts is not an error here.
const printed = execFileSync(
  'npm',
  ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--omit', 'dev'],
  { cwd: home, maxBuffer: 64 << 20 },
);
const bill = JSON.parse(printed);
bill.metadata.component.version = version;
bill.components.push({
  'bom-ref': `node@${runtime}`,
  type: 'platform',
  name: 'node',
  version: runtime,
  purl: `pkg:generic/node@${runtime}`,
  licenses: [{ license: { id: 'MIT' } }],
});
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
