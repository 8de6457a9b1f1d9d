import { readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Decrypter } from 'age-encryption';
import { AppError, type ExitCode, exitCode, fault, systemCodeOf } from '../../base/errors.ts';
import { defaultFile, loadConfig } from '../../config/load.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { codeOfArrival, isComplete, receive, requireEmpty, settle } from '../../store/move/arrive.ts';
import { type MoveHeader, type OpenedPackage, openPackage } from '../../store/move/package-format.ts';
import { moveWords } from '../../words/commands/move.ts';
import type { Configured } from '../configured.ts';
import { copyProgress } from '../copy-progress.ts';
import { replaceFile } from '../replace-file.ts';
import { type Shell, writeLine } from '../shell.ts';
import { destroyKey, hasKey, requireKey } from './move-key.ts';

/** Takes a package in, and prints the code that lets the old machine destroy its keys. */
export async function moveFrom(invocation: Configured, file: string): Promise<ExitCode> {
  const { shell } = invocation;
  const words = moveWords[shell.language];
  const { dataDir: first } = invocation.config;
  // Ended, and killed before the code was seen: nothing has to come a second time.
  const known = codeOfArrival(first);
  if (known !== null) return endWith(known, first, shell);
  requireEmpty(first);
  // All has come and was opened, and the key is gone already.
  if (isComplete(first) && !hasKey(first)) return endWith(settle(invocation.config), first, shell);
  const identity = requireKey(first);
  const encrypted = file === '-' ? shell.stdin : await openFile(file);
  try {
    const opened = await openDecrypted(encrypted, file, identity);
    const { config, isNewFile } = await configFor(invocation, opened.header);
    if (!isComplete(config.dataDir)) {
      const options = registerOptionsOf(config, shell.clock, 'tool');
      await receive(options, opened, copyProgress(shell, words.receiving));
    }
    await writeConfig(invocation, opened.header, isNewFile);
    return await endWith(settle(config), first, shell);
  } finally {
    // Only its head was read if all had come before.
    (encrypted as Readable).destroy();
  }
}

async function endWith(code: string, dataDir: string, shell: Shell): Promise<ExitCode> {
  const words = moveWords[shell.language];
  await writeLine(shell.stdout, code);
  for (const line of words.received(code)) await writeLine(shell.stderr, line);
  // Last: until the code was shown the package may have to be opened again.
  destroyKey(dataDir);
  return exitCode.done;
}

/** Errors: `move.unreadable`, `move.other-key`, `move.not-a-package`. */
async function openDecrypted(
  encrypted: Shell['stdin'],
  file: string,
  identity: string,
): Promise<OpenedPackage> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plain = await decrypter
    .decrypt(Readable.toWeb(encrypted as Readable) as ReadableStream<Uint8Array>)
    .catch((cause: unknown) => {
      throw fault('move.other-key', { file }, { cause });
    });
  return openPackage(pieces(plain, file), file);
}

async function openFile(file: string): Promise<Readable> {
  try {
    return (await open(file, 'r')).createReadStream();
  } catch (cause) {
    throw fault('move.unreadable', { file, system: systemCodeOf(cause) }, { cause });
  }
}

/** What was cut off or changed on the way is found here, by age. */
async function* pieces(plain: ReadableStream<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of plain) yield piece;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw fault('move.not-a-package', { file }, { cause });
  }
}

/** The machine's own configuration; on a machine without a file, the one that has come. */
async function configFor(
  { config, configFile, shell }: Configured,
  header: MoveHeader,
): Promise<{ readonly config: Configured['config']; readonly isNewFile: boolean }> {
  if (configFile !== null || header.config === null) return { config, isNewFile: false };
  const loaded = await loadConfig({ env: shell.env, text: header.config.text });
  return { config: loaded.config, isNewFile: true };
}

/** Beside a file that is there already, under a name of its own. */
async function writeConfig(
  { configFile, globals, shell, config }: Configured,
  { config: sent }: MoveHeader,
  isNewFile: boolean,
): Promise<void> {
  if (sent === null) return;
  const words = moveWords[shell.language];
  const usual = resolve(globals.config ?? (shell.env.VISITLOG_CONFIG || defaultFile));
  if (configFile !== null && readFileSync(configFile, 'utf8') === sent.text) return;
  const target = isNewFile ? usual : `${usual}.moved`;
  const isRoot = process.geteuid?.() === 0;
  const group = isRoot ? (statSync(config.dataDir, { throwIfNoEntry: false })?.gid ?? 0) : null;
  await replaceFile(target, {
    text: sent.text,
    mode: 0o640,
    owner: group === null ? null : { uid: 0, gid: group },
  });
  await writeLine(shell.stderr, isNewFile ? words.configWritten(target) : words.configBeside(target));
}
