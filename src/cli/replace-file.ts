import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

interface NewFile {
  readonly text: string;
  readonly mode: number;
  /** Null for the user that writes it. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Checks what was written before it takes its place; rejects if it may not. */
  readonly check?: (path: string) => Promise<unknown>;
}

/** Replaces the file at `path` completely or not at all, and syncs it to disk. */
export async function replaceFile(path: string, { text, mode, owner, check }: NewFile): Promise<void> {
  const draft = join(dirname(path), `.visitlog-setup-${randomBytes(8).toString('hex')}`);
  try {
    const fd = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(fd, text);
      if (owner) fchownSync(fd, owner.uid, owner.gid);
      fchmodSync(fd, mode);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    await check?.(draft);
    renameSync(draft, path);
    syncFolder(dirname(path));
  } finally {
    rmSync(draft, { force: true });
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
