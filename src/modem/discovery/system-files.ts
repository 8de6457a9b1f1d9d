import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** A one-line file of /sys or /proc; null if it is missing, empty or unreadable. */
export function readAttribute(folder: string, name: string): string | null {
  return readText(join(folder, name))?.trim() || null;
}

/** Null if the file is missing or unreadable. */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The names in a folder; none if it is missing or unreadable. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The target of a link, one step; null if it is missing or unreadable. */
export function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

/** The path with every link resolved; null if nothing is there. */
export function resolvedPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
