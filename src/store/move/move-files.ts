import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorPath } from '../audit/audit-anchor.ts';
import { auditKeyPath } from '../audit/audit-key.ts';
import { databasePath, receivingPath } from '../database/database.ts';
import { openOwn } from '../files/own-file.ts';
import { syncDirectory } from '../files/whole-file.ts';
import { holderKeyPath, holderRingPath } from '../holder/holder-files.ts';
import { spoolPath } from '../spool.ts';

/** Where a register and what belongs to it lie. */
export interface Place {
  readonly dataDir: string;
  readonly keyFile: string;
}

/** What moves, by its name in the package, in the order in which it travels. The register is last: it completes a move. */
export function movingFiles({ dataDir, keyFile }: Place): readonly (readonly [name: string, path: string])[] {
  return [
    ['keyring', keyFile],
    ['keyring.audit', auditKeyPath(keyFile)],
    ['holder-key', holderKeyPath(keyFile)],
    ['holder-keyring', holderRingPath(keyFile)],
    ['audit.anchor', anchorPath(dataDir)],
    ['spool', spoolPath(dataDir)],
    ['register.sqlite', databasePath(dataDir)],
  ];
}

/** Of what moves: it is overwritten where it is not to stay. */
export function hasKeys(name: string): boolean {
  return name.startsWith('keyring') || name.startsWith('holder-');
}

/** The same in the folder that a move is received in. */
export function receivedPlace(dataDir: string): Place {
  const folder = receivingPath(dataDir);
  return { dataDir: folder, keyFile: join(folder, 'keyring') };
}

/** Null if there is none. */
export function readWhole(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

const chunkBytes = 65_536;

/** Overwrites a file in place, syncs it, and removes it: a new file would leave the old blocks as they are. */
export function destroyFile(path: string): void {
  if (!existsSync(path)) return;
  const fd = openOwn(path, constants.O_WRONLY);
  try {
    const { size } = fstatSync(fd);
    for (let at = 0; at < size; )
      at += writeSync(fd, randomBytes(Math.min(chunkBytes, size - at)), 0, undefined, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  rmSync(path);
  syncDirectory(dirname(path));
}
