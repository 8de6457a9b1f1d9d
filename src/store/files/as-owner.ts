import { statSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { systemCodeOf } from '../../base/errors.ts';

interface AccountIds {
  readonly uid: number;
  readonly gid: number;
}

const root: AccountIds = { uid: 0, gid: 0 };

/** Whose rights `work` has now, if root has taken those of another account. */
let acting: AccountIds | null = null;

/**
 * Does `work` with the rights of the data directory's owner, if this process is root's and the directory is not. What
 * the owner has put there, a link to a file of root's say, then reaches no further than the owner does, and a file that
 * is made belongs to the account that the gateway runs as. `work` is synchronous, because the rights are those of the
 * whole process. A worker thread cannot change them.
 */
export function asOwnerOf<T>(dataDir: string, work: () => T): T {
  if (acting !== null || process.geteuid?.() !== 0 || !isMainThread) return work();
  const owner = ownerOf(dataDir);
  return owner === null || owner.uid === 0 ? work() : as(owner, work);
}

/** Does `work` with root's own rights inside `asOwnerOf`: root's configuration names files that are root's. */
export function asInvoker<T>(work: () => T): T {
  const owner = acting;
  if (owner === null) return work();
  take(root);
  acting = null;
  try {
    return work();
  } finally {
    take(owner);
    acting = owner;
  }
}

function as<T>(owner: AccountIds, work: () => T): T {
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([owner.gid]);
  try {
    take(owner);
    acting = owner;
    return work();
  } finally {
    acting = null;
    take(root);
    process.setgroups?.(groups);
  }
}

/** Root first, because no other account may change the group. */
function take({ uid, gid }: AccountIds): void {
  if (process.geteuid?.() !== 0) process.seteuid?.(0);
  process.setegid?.(gid);
  if (uid !== 0) process.seteuid?.(uid);
}

/** Null if there is no such directory. */
function ownerOf(dataDir: string): AccountIds | null {
  try {
    const { uid, gid } = statSync(dataDir);
    return { uid, gid };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
