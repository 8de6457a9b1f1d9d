import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The register's files as they were at one moment: all but the keyring. */
export interface Copy {
  readonly when: string;
  readonly folder: string;
  readonly bytes: number;
}

/** Copies the files of a data directory, as a backup program or a snapshot would, without the keyring. */
export function copyFiles(dataDir: string, keyFile: string, folder: string, when: string): Copy {
  mkdirSync(folder, { mode: 0o700 });
  for (const path of filesIn(dataDir)) if (path !== keyFile) copyFileSync(path, join(folder, basename(path)));
  return copyOf(folder, when);
}

export function copyOf(folder: string, when: string): Copy {
  return { when, folder, bytes: filesIn(folder).reduce((sum, path) => sum + statSync(path).size, 0) };
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

export function contentsOf(folder: string): Buffer[] {
  return filesIn(folder).map((path) => readFileSync(path));
}
