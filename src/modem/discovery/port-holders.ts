import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemCodeOf } from '../../base/errors.ts';
import { linkAt, namesIn, readAttribute, readText, resolvedPath } from './system-files.ts';

/** A process that has a file open. */
export interface Holder {
  readonly pid: number;
  /** `ModemManager`; `visitlog` for a gateway, whatever its runtime calls itself. */
  readonly name: string;
}

export interface Holders {
  /** The processes that have this file open, or the one that it links to. */
  of(path: string): readonly Holder[];
  /** Processes whose open files may not be read. */
  readonly hidden: number;
}

/** The open files of all processes now, on the machine whose file trees begin at `root`. */
export function findHolders(root: string): Holders {
  const pids = new Map<string, Set<string>>();
  let hidden = 0;
  for (const pid of namesIn(join(root, 'proc')).filter((name) => /^\d+$/.test(name))) {
    const open = openFilesOf(join(root, 'proc', pid, 'fd'));
    if (open === 'hidden') hidden += 1;
    else for (const path of open) pids.set(path, (pids.get(path) ?? new Set()).add(pid));
  }
  return {
    of: (path) =>
      [...(pids.get(targetOf(root, path)) ?? [])].map((pid) => ({
        pid: Number(pid),
        name: nameOf(join(root, 'proc', pid)),
      })),
    hidden,
  };
}

function openFilesOf(folder: string): readonly string[] | 'hidden' {
  try {
    return readdirSync(folder).flatMap((name) => linkAt(join(folder, name)) ?? []);
  } catch (error) {
    return systemCodeOf(error) === 'EACCES' ? 'hidden' : [];
  }
}

function nameOf(folder: string): string {
  const words = readText(join(folder, 'cmdline'))?.split('\0').slice(0, 2) ?? [];
  if (words.some((word) => /(?:^|\/)visitlog(?:$|\/)/.test(word))) return 'visitlog';
  return readAttribute(folder, 'comm') ?? '?';
}

/** The path as /proc names it: without the root. */
function targetOf(root: string, path: string): string {
  const target = resolvedPath(join(root, path)) ?? path;
  const within = root === '/' ? '' : (resolvedPath(root) ?? '');
  return within !== '' && target.startsWith(`${within}/`) ? target.slice(within.length) : target;
}
