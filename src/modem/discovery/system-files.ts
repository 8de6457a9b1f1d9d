import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** A one-line file of /sys or /proc; null where there is none, it is empty, or it may not be read. */
export function readAttribute(folder: string, name: string): string | null {
  return readText(join(folder, name))?.trim() || null;
}

/** Null where there is none, or it may not be read. */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** What stands in a folder; nothing where there is none, or it may not be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Where a link leads, one step; null where there is none, or it may not be read. */
export function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** The path without any link in it; null where nothing is there. */
export function resolvedPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
