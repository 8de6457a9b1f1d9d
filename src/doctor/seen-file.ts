import { statSync } from 'node:fs';
import { systemCodeOf } from '../base/errors.ts';
import type { Rights } from './account.ts';

/** `hidden`: it may not be looked at. */
export type SeenFile = (Rights & { readonly isTerminal: boolean }) | 'missing' | 'hidden';

/** Owner and permissions of a file, or of what a link leads to. */
export function lookAtFile(path: string): SeenFile {
  try {
    const stat = statSync(path);
    return {
      mode: stat.mode & 0o777,
      uid: stat.uid,
      gid: stat.gid,
      isTerminal: stat.isCharacterDevice(),
    };
  } catch (error) {
    return systemCodeOf(error) === 'EACCES' ? 'hidden' : 'missing';
  }
}
