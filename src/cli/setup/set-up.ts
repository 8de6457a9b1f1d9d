import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { askLines } from '../../daemon/status/ask-gateway.ts';
import { setupWords } from '../../words/commands/setup.ts';
import { atTerminal } from '../ask.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { hasService } from './host.ts';
import { modemRows, titleOf } from './modem-text.ts';
import type { Plan } from './plan.ts';
import { planFromFlags } from './plan-from-flags.ts';
import { askPlan } from './questions.ts';
import { addressOf, allowAddress } from './service.ts';
import { loadTarget, type SetupContext } from './setup-context.ts';
import { startAndWait } from './start-and-wait.ts';
import { giveModemToLine, ruleFile } from './udev-rule.ts';
import { writePlan } from './write-plan.ts';

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
  throw new WordedError('setup.port-in-line', `${line.port} is ${other.name} already`, {
    hint: 'Give the modem of the further line, or change that one: --name',
    context: { port: line.port, line: other.name },
    exit: exitCode.usage,
  });
}

function noTerminal(): AppError {
  return new WordedError('setup.no-terminal', 'nobody is at a terminal to answer questions', {
    hint: 'Give the answers as options, and --yes: visitlog setup --help',
    exit: exitCode.refused,
  });
}

/** Before anything is asked: who has answered everything should not learn then that it was in vain. */
function requireWritable(target: string): void {
  let folder = dirname(target);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new WordedError('setup.no-right', `this user may not write into ${folder}`, {
      hint: 'Run: sudo visitlog setup',
      context: { folder },
      exit: exitCode.refused,
      cause,
    });
  }
}
