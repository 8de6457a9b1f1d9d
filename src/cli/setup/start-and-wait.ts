import { AppError, type ExitCode, exitCode } from '../../base/errors.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { absent, askStatus } from '../../daemon/status/ask-gateway.ts';
import type { Status } from '../../daemon/status/status-object.ts';
import { type SetupWords, setupWords } from '../../words/commands/setup.ts';
import type { Conversation } from './conversation.ts';
import { waitForText } from './first-text.ts';
import { hasService, ownerOfRegister } from './host.ts';
import { startOwnGateway } from './own-gateway.ts';
import type { Plan } from './plan.ts';
import { startService } from './service.ts';
import { loadTarget, type SetupContext } from './setup-context.ts';

/** The service, or where there is none the gateway in this process, until its first text. */
export async function startAndWait(plan: Plan, context: SetupContext, talk: Conversation): Promise<ExitCode> {
  const { shell, host, flags } = context;
  const words = setupWords[shell.language];
  const isService = hasService(host);
  const loaded = await loadTarget(context);
  const command = isService ? 'sudo systemctl enable --now visitlog' : runCommand(context, loaded);
  const isWanted = flags.start !== false && (flags.yes === true || (await wantsStart(talk, words)));
  if (!isWanted) {
    await talk.say('', words.startLater(command));
    return exitCode.done;
  }
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

/** A register that is the service's user's must not get files that only root can open. */
function runCommand({ host, target }: SetupContext, { config }: LoadedConfig): string {
  const account = ownerOfRegister(host, config.dataDir);
  return `${account === null ? '' : `sudo -u ${account.name} `}visitlog --config ${target} run`;
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
