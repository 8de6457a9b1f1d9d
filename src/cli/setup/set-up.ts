import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { askLines } from '../../daemon/status/ask-gateway.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { atTerminal } from '../ask.ts';
import { replaceFile } from '../replace-file.ts';
import type { Shell } from '../shell.ts';
import { modemRows, titleOf } from './choose-modem.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { hasService, type SetupHost, serviceAccount } from './host.ts';
import { grantRoles, requireAccounts } from './officers.ts';
import { editsOf, planFromFlags, requireOwnPort, type SetupPlan } from './plan.ts';
import { askPlan } from './questions.ts';
import { addressOf, allowAddress, giveModemToLine, ruleFile } from './service.ts';
import { loadTarget, type SetupContext } from './setup-context.ts';
import { startAndWait } from './start-and-wait.ts';
import { writeConfig } from './write-config.ts';

/**
 * Writes PIN and password, and then the configuration that names them, each completely or not at all; false if nothing differs.
 * The configuration is checked as by `config check` before it takes its place. Ctrl-C does not stop this.
 */
async function writePlan(
  plan: SetupPlan,
  loaded: LoadedConfig,
  target: string,
  { host, shell }: { host: SetupHost; shell: Shell },
): Promise<boolean> {
  const account = serviceAccount(host);
  const group = account?.gids[0] ?? 0;
  const secrets = secretsOf(plan);
  const edits = editsOf(plan, loaded.config, loaded.file === null ? shell.language : null);
  if (edits.length === 0 && secrets.length === 0) return false;
  mkdirSync(dirname(target), { recursive: true, mode: 0o750 });
  for (const { file, text } of secrets)
    await replaceFile(file, {
      text: `${text}\n`,
      mode: 0o600,
      owner: account && { uid: account.uid, gid: group },
    });
  if (edits.length === 0) return true;
  await writeConfig(loaded, edits, { host, target, language: shell.language });
  return true;
}

/** What was typed for a file of its own: a PIN, a password. */
function secretsOf({
  line: { pin, carrier },
}: SetupPlan): { readonly file: string; readonly text: string }[] {
  const password = carrier?.password;
  return [
    ...(pin.kind === 'digits' ? [{ file: pin.file, text: pin.digits }] : []),
    ...(password?.kind === 'typed' ? [{ file: password.file, text: password.password }] : []),
  ];
}

/** Configures a line and waits for its first text. */
export async function setUp(context: SetupContext): Promise<ExitCode> {
  const { shell, host, target, flags } = context;
  if (!flags.yes && !atTerminal(shell)) throw fault('setup.no-terminal');
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
  if (flags.yes && plan.line.carrier)
    await talk.say(words.bindsAs(plan.line.carrier.systemId, plan.line.carrier.bind));
  if (flags.yes && plan.modem) await talk.say(titleOf(plan.modem), ...modemRows(plan.modem, shell.language));
  requireOwnPort(plan.line, config);
  await requireAccounts(host, plan.officers);
  const changed = await writePlan(plan, loaded, target, { host, shell });
  await talk.say('', changed ? words.written(target) : words.unchanged(target));
  const isUnitChanged = await fitMachine(plan, context, talk);
  await grantRoles(host, plan.officers, config, (...granted) => talk.say(words.granted(...granted)));
  const needsRestart = isUnitChanged || secretsOf(plan).length > 0;
  return startAndWait(plan, context, talk, { config, needsRestart });
}

/**
 * Sets what the service needs besides its configuration: a udev rule, an address that it may reach. Resolves to whether the
 * unit has changed.
 */
async function fitMachine(
  { line, modem }: SetupPlan,
  { host, shell }: SetupContext,
  talk: Conversation,
): Promise<boolean> {
  if (!hasService(host)) return false;
  const words = setupWords[shell.language];
  if (modem?.usb && (await giveModemToLine(host, line.name, modem.usb))) await talk.say(words.rule(ruleFile));
  const address = addressOf(line.port);
  if (address === null) {
    if (line.port.startsWith('tcp:') || line.carrier !== null) await talk.say(words.allowByHand);
    return false;
  }
  if (!(await allowAddress(host, address))) return false;
  await talk.say(words.allowed(address));
  return true;
}

/** Checked before the first question, so that no answer is wasted. */
function requireWritable(target: string): void {
  let folder = dirname(target);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw fault('setup.no-right', { folder }, { cause });
  }
}
