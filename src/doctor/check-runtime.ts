import { type Finding, findingsOn } from './finding.ts';

const oldest = [20, 19] as const;

/** Whether the runtime is new enough; `version` as Node gives it: `20.19.2`. */
export function checkRuntime(version: string): Finding[] {
  const { fail, ok } = findingsOn('machine');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
    return [ok('runtime.version', `Node.js ${version}`, null, { version })];
  return [
    fail(
      'runtime.old',
      `Node.js ${version} is older than ${oldest.join('.')}`,
      'Install a newer one, or the package that brings its own',
      { version, oldest: oldest.join('.') },
    ),
  ];
}
