import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { editToml } from '../../config/edit-toml.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { askLines } from '../../daemon/status/ask-gateway.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { atTerminal } from '../ask.ts';
import type { Shell } from '../shell.ts';
import { modemRows, titleOf } from './choose-modem.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { hasService, type SetupHost, serviceAccount, writeWhole } from './host.ts';
import { editsOf, type Plan, planFromFlags } from './plan.ts';
import { askPlan } from './questions.ts';
import { addressOf, allowAddress, giveModemToLine, ruleFile } from './service.ts';
import { loadTarget, type SetupContext } from './setup-context.ts';
import { startAndWait } from './start-and-wait.ts';

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

/** From whatever is there to a gateway that has shown its first text. */
export async function setUp(context: SetupContext): Promise<ExitCode> {
  const { shell, host, target, flags } = context;
  if (!flags.yes && !atTerminal(shell)) throw noTerminal();
  requireWritable(target);
  const talk = openConversation(shell);
  const words = setupWords[shell.language];
  const loaded = await loadTarget(context);
  const { config } = loaded;
  const gatewayLines = await askLines(config.status.socket);
  const view = { host, clock: shell.clock, config, gatewayLines };
  if (!flags.yes) await talk.say(words.welcome);
  const plan = flags.yes
    ? await planFromFlags(view, flags)
    : await askPlan({ talk, view, flags, language: shell.language, target });
  if (plan === null) return exitCode.done;
  if (flags.yes && plan.modem) await talk.say(titleOf(plan.modem), ...modemRows(plan.modem, shell.language));
  requireOwnPort(plan, config);
  const changed = await writePlan(plan, loaded, target, { host, shell });
  await talk.say('', changed ? words.written(target) : words.unchanged(target));
  await fitMachine(plan, context, talk);
  return startAndWait(plan, context, talk);
}

/** What a service on this machine needs besides its configuration. */
async function fitMachine(
  { line, modem }: Plan,
  { host, shell }: SetupContext,
  talk: Conversation,
): Promise<void> {
  if (!hasService(host)) return;
  const words = setupWords[shell.language];
  if (modem?.usb && (await giveModemToLine(host, line.name, modem.usb))) await talk.say(words.rule(ruleFile));
  const address = addressOf(line.port);
  if (address !== null) {
    if (await allowAddress(host, address)) await talk.say(words.allowed(address));
  } else if (line.port.startsWith('tcp:')) await talk.say(words.allowByHand);
}

/** Two lines with one modem would take its texts from each other. */
function requireOwnPort({ line }: Plan, { lines }: Config): void {
  const other = lines.find(({ port }, index) => port === line.port && index !== line.index);
  if (!other) return;
  throw fault('setup.port-in-line', { port: line.port, line: other.name });
}

function noTerminal(): AppError {
  return fault('setup.no-terminal');
}

/** Before anything is asked: who has answered everything should not learn then that it was in vain. */
function requireWritable(target: string): void {
  let folder = dirname(target);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw fault('setup.no-right', { folder }, { cause });
  }
}
