import { randomBytes } from 'node:crypto';
import { closeSync, constants, existsSync, lstatSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fault } from '../../base/errors.ts';
import { holdAlone } from '../database/alone.ts';
import { databasePath, lockForGateway, movingPath } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { openOwn } from '../files/own-file.ts';
import { writeWhole } from '../files/whole-file.ts';
import { destroyFile, hasKeys, movingFiles, type Place, readWhole } from './move-files.ts';
import { encodeHeader, isCode, type MoveHeader } from './package-format.ts';

/**
 * The old machine's half of a move. The register stays whole, and nothing but this opens it for writing, until the new
 * machine's code is typed here: killed at any instant, the keys are on this machine, or the new one has confirmed.
 */
interface Moving {
  /** `sent`: the package may be with the new machine. `confirmed`: it is, and the keys here go. `gone`: they are gone. */
  readonly phase: 'sent' | 'confirmed' | 'gone';
  readonly register: string;
  readonly secret: string;
  readonly at: string;
}

function read(dataDir: string): Moving | null {
  const text = asOwnerOf(dataDir, () => readWhole(movingPath(dataDir)));
  return text === null ? null : (JSON.parse(text) as Moving);
}

function write(dataDir: string, moving: Moving): void {
  asOwnerOf(dataDir, () => writeWhole(movingPath(dataDir), `${JSON.stringify(moving)}\n`));
}

/** Error: `move.gone`. */
export function hasBegun(dataDir: string): boolean {
  const moving = read(dataDir);
  if (moving !== null && moving.phase !== 'sent') throw fault('move.gone', { data_dir: dataDir });
  return moving !== null;
}

export interface Leaving {
  readonly header: MoveHeader;
  /** Of the package, without what encryption adds. */
  readonly bytes: number;
  /** The package, piece by piece. Whoever stops reading it has an incomplete one. */
  pieces(onProgress: (sent: number, bytes: number) => void): AsyncGenerator<Uint8Array>;
  release(): void;
}

interface LeaveOptions extends Place {
  readonly config: MoveHeader['config'];
  readonly now: string;
}

/**
 * Begins a move: from here on no gateway and no command that records works on the register, and the package can be read. A second
 * call begins anew, with another secret: only the code for the last package counts.
 * Errors: `register.in-use`, `register.busy`, `register.missing`, `move.gone`.
 */
export function beginLeaving(options: LeaveOptions): Leaving {
  const { dataDir, config, now } = options;
  hasBegun(dataDir);
  if (!existsSync(databasePath(dataDir))) throw fault('register.missing', { path: databasePath(dataDir) });
  const lock = guarded(() => lockForGateway(dataDir));
  try {
    // Held while it is read; its write-ahead log is folded into it first.
    const held = guarded(() => asOwnerOf(dataDir, () => holdAlone(databasePath(dataDir))));
    if (held === null) throw fault('register.corrupt', { cause: null });
    const register = held
      .prepare("SELECT hex(value) FROM meta WHERE name = 'register'")
      .pluck()
      .get() as string;
    const secret = randomBytes(32).toString('hex');
    const files = movingFiles(options).filter(([, path]) => existsSync(path));
    const sizes = files.map(([name, path]) => ({ name, bytes: lstatSync(path).size }));
    const header = { register, secret, config, files: sizes };
    write(dataDir, { phase: 'sent', register, secret, at: now });
    const bytes = header.files.reduce((sum, file) => sum + file.bytes, 0);
    return {
      header,
      bytes,
      pieces: (onProgress) => piecesOf(dataDir, header, files, (sent) => onProgress(sent, bytes)),
      release() {
        held.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The register is held under its name, and is read last: closing it drops this process's locks on it (POSIX). */
function openToRead(dataDir: string, path: string): number {
  return asOwnerOf(dataDir, () =>
    path === databasePath(dataDir)
      ? openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW)
      : openOwn(path, constants.O_RDONLY),
  );
}

const pieceBytes = 262_144;

async function* piecesOf(
  dataDir: string,
  header: MoveHeader,
  files: readonly (readonly [string, string])[],
  onProgress: (sent: number) => void,
): AsyncGenerator<Uint8Array> {
  yield encodeHeader(header);
  let sent = 0;
  for (const [index, [, path]] of files.entries()) {
    const fd = openToRead(dataDir, path);
    try {
      let left = header.files[index]?.bytes ?? 0;
      while (left > 0) {
        const piece = Buffer.allocUnsafe(Math.min(pieceBytes, left));
        const got = readSync(fd, piece, 0, piece.length, null);
        if (got === 0) throw fault('register.io', { cause: null });
        left -= got;
        sent += got;
        yield piece.subarray(0, got);
        onProgress(sent);
      }
    } finally {
      closeSync(fd);
    }
  }
}

/**
 * The new machine has everything: the keys are overwritten, and the register and what belongs to it removed. A call that
 * was killed is repeated. Errors: `move.not-begun`, `move.wrong-code`, `register.in-use`.
 */
export function confirmLeaving(place: Place, code: string): void {
  const { dataDir } = place;
  const moving = read(dataDir);
  if (moving === null) throw fault('move.not-begun', { data_dir: dataDir });
  if (!isCode(code, moving)) throw fault('move.wrong-code');
  if (moving.phase === 'gone') return;
  const lock = guarded(() => lockForGateway(dataDir));
  try {
    write(dataDir, { ...moving, phase: 'confirmed' });
    asOwnerOf(dataDir, () => {
      for (const [name, path] of movingFiles(place)) if (hasKeys(name)) destroyFile(path);
      const register = databasePath(dataDir);
      const rest = [...movingFiles(place).map(([, path]) => path), `${register}-wal`, `${register}-shm`];
      for (const path of [...rest, join(dataDir, 'reserve')]) rmSync(path, { force: true });
    });
    write(dataDir, { ...moving, phase: 'gone' });
  } finally {
    lock.release();
  }
}

/** The register stays here after all. Errors: `move.not-begun`, `move.gone`. */
export function cancelLeaving(dataDir: string): void {
  const moving = read(dataDir);
  if (moving === null) throw fault('move.not-begun', { data_dir: dataDir });
  if (moving.phase !== 'sent') throw fault('move.gone', { data_dir: dataDir });
  asOwnerOf(dataDir, () => rmSync(movingPath(dataDir)));
}
