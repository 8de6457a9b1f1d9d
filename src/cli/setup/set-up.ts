import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, type ExitCode, exitCode } from '../../base/errors.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { absent, askLines, askStatus } from '../../daemon/status/ask-gateway.ts';
import type { Status } from '../../daemon/status/status-object.ts';
import { atTerminal } from '../ask.ts';
import type { Shell } from '../shell.ts';
import { type SetupWords, setupWords } from '../words/setup.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { waitForText } from './first-text.ts';
import type { SetupFlags } from './flags.ts';
import { hasService, type SetupHost } from './host.ts';
import { modemRows, titleOf } from './modem-text.ts';
import { startOwnGateway } from './own-gateway.ts';
import type { Plan } from './plan.ts';
import { planFromFlags } from './plan-from-flags.ts';
import { askPlan } from './questions.ts';
import { addressOf, allowAddress, startService } from './service.ts';
import { giveModemToLine, ruleFile } from './udev-rule.ts';
import { writePlan } from './write-plan.ts';

export interface SetupContext {
  readonly shell: Shell;
  readonly host: SetupHost;
  /** The configuration file, which need not be there yet. */
  readonly target: string;
  readonly flags: SetupFlags;
}

/** From whatever is there to a gateway that has shown its first text. */
export async function setUp(context: SetupContext): Promise<ExitCode> {
  const { shell, host, target, flags } = context;
  if (!flags.yes && !atTerminal(shell)) throw noTerminal();
  requireWritable(target);
  const talk = openConversation(shell);
  const words = setupWords[shell.language];
  const loaded = await load(context);
  const { config } = loaded;
  const gatewayLines = await askLines(config.status.socket);
  const view = { host, clock: shell.clock, config, gatewayLines };
  if (!flags.yes) await talk.say(words.welcome, '');
  const plan = flags.yes
    ? await planFromFlags(view, flags)
    : await askPlan({ talk, view, flags, language: shell.language, target });
  if (plan === null) return exitCode.done;
  if (flags.yes && plan.modem) await talk.say(titleOf(plan.modem), ...modemRows(plan.modem, shell.language));
  const changed = await writePlan(plan, loaded, target, { host, shell });
  await talk.say('', changed ? words.written(target) : words.unchanged(target));
  await fitMachine(plan, context, talk);
  return startAndWait(plan, context, talk);
}

/** The file that was named may be missing: it is made. */
function load({ shell, target }: SetupContext): Promise<LoadedConfig> {
  const { VISITLOG_CONFIG: _, ...env } = shell.env;
  return loadConfig({ env, usualFile: target });
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
    await allowAddress(host, address);
    await talk.say(words.allowed(address));
  } else if (line.port.startsWith('tcp:')) await talk.say(words.allowByHand);
}

async function startAndWait(plan: Plan, context: SetupContext, talk: Conversation): Promise<ExitCode> {
  const { shell, host, target, flags } = context;
  const words = setupWords[shell.language];
  const isService = hasService(host);
  const command = isService ? 'sudo systemctl enable --now visitlog' : `visitlog --config ${target} run`;
  const isWanted = flags.start !== false && (flags.yes === true || (await wantsStart(talk, words)));
  if (!isWanted) {
    await talk.say('', words.startLater(command));
    return exitCode.done;
  }
  const loaded = await load(context);
  const sinceMs = shell.clock.wallMs();
  if (isService) await startService(host);
  const running = isService ? null : await askRunning(loaded);
  if (running?.pid) process.kill(running.pid, 'SIGHUP');
  const own = isService || running ? null : startOwnGateway(loaded, shell, host);
  const read = own ? async () => own.status() : () => askSocket(loaded);
  try {
    const code = await waitAndTell(plan, context, talk, { read, sinceMs });
    await talk.say('', own ? words.runItself(command) : words.goesOn);
    return code;
  } finally {
    await own?.stop();
  }
}

/** Ctrl-C is a no by now: what was written stays. */
async function wantsStart(talk: Conversation, words: SetupWords): Promise<boolean> {
  try {
    return (await talk.choose(words.startNow, words.yesOrNo)) === 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'setup.stopped') return false;
    throw error;
  }
}

interface Awaited {
  readonly read: () => Promise<Status>;
  readonly sinceMs: number;
}

async function waitAndTell(
  { line }: Plan,
  { shell, flags }: SetupContext,
  talk: Conversation,
  awaited: Awaited,
): Promise<ExitCode> {
  const words = setupWords[shell.language];
  if (flags.wait === false) return exitCode.done;
  const { language, clock, signal } = shell;
  const limitMs = flags.wait ?? (flags.yes ? defaultWaitMs : null);
  await talk.say('', words.waiting(line.number ?? '', limitMs === null ? null : limitMs / 1_000));
  const say = (text: string) => talk.say(text);
  const waited = await waitForText({ line: line.name, language, clock, signal, say, limitMs, ...awaited });
  const ends = { visit: words.firstVisit, late: words.noText, left: words.leftWaiting };
  await talk.say('', ends[waited]);
  return waited === 'late' ? exitCode.nothing : exitCode.done;
}

const defaultWaitMs = 120_000;

async function askRunning(loaded: LoadedConfig): Promise<Status | null> {
  try {
    return await askSocket(loaded);
  } catch (error) {
    if (error instanceof AppError && error.code === 'gateway.absent') return null;
    throw error;
  }
}

async function askSocket({ config }: LoadedConfig): Promise<Status> {
  const { socket } = config.status;
  if (socket === null) throw absent('""');
  return askStatus(socket);
}

function noTerminal(): AppError {
  return new AppError('setup.no-terminal', 'nobody is at a terminal to answer questions', {
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
    throw new AppError('setup.no-right', `this user may not write into ${folder}`, {
      hint: 'Run: sudo visitlog setup',
      context: { folder },
      exit: exitCode.refused,
      cause,
    });
  }
}
