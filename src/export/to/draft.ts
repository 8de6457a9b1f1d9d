import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  type FileHandle,
  link,
  lstat,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hourMs } from '../../base/amounts.ts';
import { AppError, fault, systemCodeOf } from '../../base/errors.ts';
import { outputCodes } from '../../words/faults/output-codes.ts';

/** A draft that is being written is never this long without a write. */
const staleAfterMs = hourMs;

/** `.visitlog-0123abcd-4711-0123456789ab.part`; without the process if the system does not tell one boot from another. */
async function draftName(): Promise<string> {
  const pidSpace = await readPidSpace();
  const owner = pidSpace === null ? '' : `${pidSpace}-${process.pid}-`;
  return `.visitlog-${owner}${randomBytes(6).toString('hex')}.part`;
}

const draftForm = /^\.visitlog-(?:(?<pidSpace>[0-9a-f]{8})-(?<pid>[1-9]\d{0,9})-)?[0-9a-f]{12}\.part$/;

/**
 * Removes the drafts that killed processes left in this folder: they are hidden, and may hold numbers in the clear. A
 * draft goes at once if its process has certainly ended, else after an hour without a write. `nowMs` is by the clock of
 * the file system. A draft that cannot be removed stays, without an error.
 */
async function removeStaleDrafts(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const pidSpace = await readPidSpace();
  for (const name of names) {
    const owner = draftForm.exec(name)?.groups;
    if (owner === undefined) continue;
    const path = join(folder, name);
    const hasEnded = pidSpace !== null && owner.pidSpace === pidSpace && hasProcessEnded(Number(owner.pid));
    if (hasEnded || (await isOld(path, nowMs))) await unlink(path).catch(() => {});
  }
}

async function isOld(path: string, nowMs: number): Promise<boolean> {
  const writtenMs = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => nowMs,
  );
  return nowMs - writtenMs > staleAfterMs;
}

/** Identifies where process ids count: this boot of this machine, and this container. Null if unknown. */
async function readPidSpace(): Promise<string | null> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1');
    const space = await readlink('/proc/self/ns/pid');
    return createHash('sha256').update(`${boot}${space}`).digest('hex').slice(0, 8);
  } catch {
    return null;
  }
}

/** A process of another user cannot be signalled, but runs. */
function hasProcessEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ESRCH';
  }
}

/** What is written, whose faults these are. */
export type DraftOf = keyof typeof outputCodes;

/** A file of mode 0600 that has another name beside its target, or none, until it is whole. */
export interface Draft {
  /** The name that it has, or that it gets before its own. */
  readonly path: string;
  readonly handle: FileHandle;
  /** Syncs it and gives it its own name. */
  publish(): Promise<void>;
  /** Removes it. May be called after anything, also twice. */
  abandon(): Promise<void>;
}

/**
 * Begins a file that appears whole or not at all: once whole it is linked to its own name, which the kernel refuses if
 * another file has got that name.
 * @throws AppError `….exists`, `….not-a-file`, `….unwritable`
 */
export async function openDraft(target: string, force: boolean, of: DraftOf): Promise<Draft> {
  await checkTarget(target, force, of);
  const folder = dirname(target);
  const path = join(folder, await draftName());
  const nameless = of === 'export' ? await openNameless(folder) : null;
  const handle = nameless ?? (await writeOrFault(target, of, () => open(path, 'wx', 0o600)));
  await writeOrFault(target, of, async () => removeStaleDrafts(folder, (await handle.stat()).mtimeMs));
  const abandon = async () => {
    await handle.close().catch(() => {});
    await unlink(path).catch(() => {});
  };
  return {
    path,
    handle,
    abandon,
    async publish() {
      try {
        await writeOrFault(target, of, async () => {
          await handle.sync();
          if (nameless !== null) await nameDraft(handle, path);
          await giveName(path, target, force, of);
        });
      } finally {
        await abandon();
      }
    },
  };
}

/** Does `work` on a draft; an error of the system becomes a fault of the command. */
export async function writeOrFault<T>(target: string, of: DraftOf, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw systemCodeOf(error) === 'EEXIST' ? exists(target, of) : unwritable(target, error, of);
  }
}

/** `O_TMPFILE` of Linux, which Node does not name. */
const tmpFile = 0o20_000_000 | constants.O_DIRECTORY;

/**
 * A file without a name: of a command that is killed, nothing remains, and so no numbers in the clear. Null where the
 * system has none (other than Linux; FAT, NFS and some others).
 */
async function openNameless(folder: string): Promise<FileHandle | null> {
  if (process.platform !== 'linux') return null;
  try {
    return await open(folder, tmpFile | constants.O_RDWR, 0o600);
  } catch {
    // Whoever opens one with a name says what is wrong.
    return null;
  }
}

/** Gives a nameless file its first name, which is new. Node's `link` cannot (`AT_SYMLINK_FOLLOW`); `ln` of coreutils can. */
async function nameDraft(handle: FileHandle, path: string): Promise<void> {
  if (!(await linkDescriptor(handle, path))) await copyTo(handle, path);
}

function linkDescriptor(handle: FileHandle, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'ignore', 'ignore', handle.fd] as const;
    const child = spawn('/bin/ln', ['-L', '--', '/proc/self/fd/3', path], { stdio: [...stdio] });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function copyTo(from: FileHandle, path: string): Promise<void> {
  const to = await open(path, 'wx', 0o600);
  try {
    const block = Buffer.allocUnsafeSlow(copiedBytes);
    for (let at = 0; ; ) {
      const { bytesRead } = await from.read(block, 0, block.length, at);
      if (bytesRead === 0) break;
      await to.appendFile(block.subarray(0, bytesRead));
      at += bytesRead;
    }
    await to.sync();
  } finally {
    await to.close();
  }
}

const copiedBytes = 1_048_576;

async function giveName(draft: string, target: string, force: boolean, of: DraftOf): Promise<void> {
  if (force) await rename(draft, target);
  else await linkUntaken(draft, target, of);
  await syncFolder(dirname(target));
}

async function linkUntaken(draft: string, target: string, of: DraftOf): Promise<void> {
  try {
    await link(draft, target);
  } catch (error) {
    if (!hasNoLinks.includes(systemCodeOf(error) ?? '')) throw error;
    // A USB stick's FAT has no hard links: check the name once more, then take it.
    await checkTarget(target, false, of);
    await rename(draft, target);
  }
}

const hasNoLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  // Some network file systems cannot sync a folder; the file itself is safe by then.
  await handle.sync().catch(() => {});
  await handle.close();
}

/** Throws if the name is taken; with `force` only if something else than a regular file has it. */
async function checkTarget(target: string, force: boolean, of: DraftOf): Promise<void> {
  const stats = await lstat(target).catch((error: unknown) => {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw unwritable(target, error, of);
  });
  if (!stats) return;
  if (!force) throw exists(target, of);
  if (!stats.isFile()) throw fault(outputCodes[of].notAFile, { file: target });
}

function exists(target: string, of: DraftOf): AppError {
  return fault(outputCodes[of].exists, { file: target });
}

/** The system did not write a command's bytes. `output`: the file, or null for standard output. */
export function unwritable(output: string | null, cause: unknown, of: DraftOf = 'export'): AppError {
  return fault(outputCodes[of].unwritable, { output, system: systemCodeOf(cause) }, { cause });
}
