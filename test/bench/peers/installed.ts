import { spawnSync } from 'node:child_process';

/** The first version number that a program prints; null where there is no such program. */
export function installedVersion(program: string, args: readonly string[]): string | null {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  if (error) return null;
  return /\d+(?:\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? '';
}
