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

export interface WholeFile {
  readonly text: string;
  readonly mode: number;
  /** Null: whoever writes it. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Looks at what was written before it takes its place; rejects where it may not. */
  readonly check?: (path: string) => Promise<unknown>;
}

/** Puts a file at `path` whole or not at all, and on disk; what stood there is replaced. */
export async function writeWhole(path: string, { text, mode, owner, check }: WholeFile): Promise<void> {
  const draft = join(dirname(path), `.visitlog-setup-${process.pid}`);
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
