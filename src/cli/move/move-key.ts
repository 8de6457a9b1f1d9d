import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type ExitCode, exitCode, fault, systemCodeOf } from '../../base/errors.ts';
import { prepareDataDir } from '../../store/database/database.ts';
import { guarded } from '../../store/database/errors.ts';
import { asOwnerOf } from '../../store/files/as-owner.ts';
import { writeWhole } from '../../store/files/whole-file.ts';
import { codeOfArrival, requireEmpty } from '../../store/move/arrive.ts';
import { destroyFile } from '../../store/move/move-files.ts';
import { moveWords } from '../../words/commands/move.ts';
import type { Configured } from '../configured.ts';
import { writeLine } from '../shell.ts';

/** The key that opens a package for this machine; it never leaves it, and goes when the move has ended. */
export const moveKeyPath = (dataDir: string) => join(dataDir, 'move.key');

/** Makes the key, or shows the one that is there. */
export async function prepareMove({ shell, config: { dataDir } }: Configured): Promise<ExitCode> {
  guarded(() => prepareDataDir(dataDir));
  if (codeOfArrival(dataDir) === null) requireEmpty(dataDir);
  const words = moveWords[shell.language];
  const identity = readKey(dataDir) ?? (await makeKey(dataDir));
  const recipient = await identityToRecipient(identity);
  await writeLine(shell.stdout, recipient);
  for (const line of words.prepared(recipient)) await writeLine(shell.stderr, line);
  return exitCode.done;
}

async function makeKey(dataDir: string): Promise<string> {
  const identity = await generateX25519Identity();
  asOwnerOf(dataDir, () => writeWhole(moveKeyPath(dataDir), `${identity}\n`));
  return identity;
}

function readKey(dataDir: string): string | null {
  try {
    return asOwnerOf(dataDir, () => readFileSync(moveKeyPath(dataDir), 'utf8')).trim();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

export function hasKey(dataDir: string): boolean {
  return readKey(dataDir) !== null;
}

/** Error: `move.not-prepared`. */
export function requireKey(dataDir: string): string {
  const identity = readKey(dataDir);
  if (identity === null) throw fault('move.not-prepared');
  return identity;
}

export function destroyKey(dataDir: string): void {
  asOwnerOf(dataDir, () => destroyFile(moveKeyPath(dataDir)));
}
