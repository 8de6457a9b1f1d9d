import { mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { editToml } from '../../config/edit-toml.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { setupWords } from '../../words/commands/setup.ts';
import type { Shell } from '../shell.ts';
import { type SetupHost, serviceAccount } from './host.ts';
import { editsOf, type Plan } from './plan.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes the PIN and then the configuration that names it, each whole or not at all; false where nothing differs.
 * What is written is checked as `config check` does before it takes its place. Not stopped by Ctrl-C.
 */
export async function writePlan(
  plan: Plan,
  { config, file, text, env }: LoadedConfig,
  target: string,
  { host, shell }: { host: SetupHost; shell: Shell },
): Promise<boolean> {
  const account = serviceAccount(host);
  const group = account?.gids[0] ?? 0;
  const { pin } = plan.line;
  const edits = editsOf(plan, config, file === null);
  if (edits.length === 0 && pin.kind !== 'digits') return false;
  mkdirSync(dirname(target), { recursive: true, mode: 0o750 });
  if (pin.kind === 'digits')
    await writeWhole(pin.file, {
      text: `${pin.digits}\n`,
      mode: 0o600,
      owner: account && { uid: account.uid, gid: group },
    });
  if (edits.length === 0) return true;
  const edited = await editToml(text, edits);
  await writeWhole(file === null ? target : realpathSync(target), {
    text: file === null ? `${setupWords[shell.language].fileHead}\n\n${edited}` : edited,
    mode: 0o640,
    owner: account && { uid: 0, gid: group },
    check: (draft) => loadConfig({ file: draft, env, required: 'line' }),
  });
  return true;
}
