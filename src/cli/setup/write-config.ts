import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { editToml, type TomlEdit } from '../../config/edit-toml.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { databasePath } from '../../store/database/database.ts';
import type { Language } from '../../words/bilingual.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { replaceFile } from '../replace-file.ts';
import { type SetupHost, serviceAccount } from './host.ts';

export interface ConfigTarget {
  readonly host: SetupHost;
  readonly target: string;
  readonly language: Language;
}

/** Edits the configuration, which is checked as by `config check` before it takes its place. */
export async function writeConfig(
  { file, text, env }: LoadedConfig,
  edits: readonly TomlEdit[],
  { host, target, language }: ConfigTarget,
): Promise<void> {
  const account = serviceAccount(host);
  const edited = await editToml(text, edits);
  await replaceFile(file === null ? target : realpathSync(target), {
    text: file === null ? `${setupWords[language].fileHead}\n\n${edited}` : edited,
    mode: 0o640,
    owner: account && { uid: 0, gid: account.gids[0] ?? 0 },
    check: (draft) => loadConfig({ file: draft, env, required: 'line' }),
  });
}

/**
 * Once a gateway has begun the register, a folder without one is a file system that is not mounted. Left out if this
 * process has given up the right to the configuration, to run a gateway as the register's owner.
 */
export async function expectRegister(loaded: LoadedConfig, where: ConfigTarget): Promise<void> {
  const { config, file } = loaded;
  if (file === null || config.data.expect === 'existing' || !existsSync(databasePath(config.dataDir))) return;
  if (!isWritable(dirname(realpathSync(where.target)))) return;
  await writeConfig(loaded, [{ path: ['data', 'expect'], value: 'existing' }], where);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
