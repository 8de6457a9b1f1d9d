import { minuteMs } from '../../base/amounts.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { compareConfigs } from '../../daemon/config-change.ts';
import { type Gateway, startGateway } from '../../daemon/gateway.ts';
import { gatewayPid } from '../../daemon/gateway-process.ts';
import { devicePathsOf } from '../../daemon/lines/gateway-lines.ts';
import { lineOpener } from '../../daemon/lines/open-line.ts';
import { createLog } from '../../daemon/log/log.ts';
import { askStatus } from '../../daemon/status/ask-gateway.ts';
import type { LineOfStatus, Status } from '../../daemon/status/status-object.ts';
import type { Account } from '../../doctor/gather-machine.ts';
import { createModemFinder } from '../../modem/discovery/modem-finder.ts';
import { findHolders } from '../../modem/discovery/port-holders.ts';
import type { Language } from '../../words/bilingual.ts';
import { type SetupWords, setupWords } from '../../words/commands/setup.ts';
import { formatLine } from '../line-text.ts';
import type { Shell } from '../shell.ts';
import type { Conversation } from './conversation.ts';
import { hasService, ownerOfRegister, type SetupHost } from './host.ts';
import type { SetupPlan } from './plan.ts';
import { startService } from './service.ts';
import { loadTarget, type SetupContext } from './setup-context.ts';
import { expectRegister } from './write-config.ts';

/** A gateway inside this process, if no service can be started: it shows that texts arrive, and ends with the first. */
function startOwnGateway(
  { config }: Pick<LoadedConfig, 'config'>,
  { clock, stderr }: Pick<Shell, 'clock' | 'stderr'>,
  host: SetupHost,
): Gateway {
  const { root, openPort } = host;
  const account = ownerOfRegister(host, config.dataDir);
  if (account) become(account);
  const modems = createModemFinder({ clock, reserved: () => devicePathsOf(config.lines), root, openPort });
  return startGateway({
    config,
    clock,
    log: createLog({ level: 'error', format: 'text', stream: stderr, clock }),
    openTransport: (line) => lineOpener(line, modems),
  });
}

/** A register that root creates cannot be opened by the gateway's own user. */
function become({ uid, gids }: Account): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([...gids]);
  if (gids[0] !== undefined) process.setgid?.(gids[0]);
  process.setuid?.(uid);
}

interface FirstText {
  readonly line: string;
  readonly language: Language;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The gateway's status; errors are those of `askStatus`. */
  readonly read: () => Promise<Status>;
  readonly say: (line: string) => Promise<void>;
  /** Texts that came before do not count. */
  readonly sinceMs: number;
  /** Null: until a text comes, or Ctrl-C. */
  readonly limitMs: number | null;
}

type Waited = 'visit' | 'late' | 'left';

const everyMs = 500;
/** Reasons that only a person can remove. */
const needsPerson = new Set(['pin.refused', 'pin.tries-low', 'pin.missing', 'sim.locked']);

/**
 * Shows how the line starts and each text that it receives, until one is a visit.
 * @throws AppError `setup.line-blocked` if a person has to act first
 */
async function waitForText(options: FirstText): Promise<Waited> {
  const { clock, signal, limitMs } = options;
  const beganMs = clock.monotonicMs();
  const reported: Reported = { state: '', texts: null };
  for (;;) {
    const status = await readOrNull(options.read);
    if (status && (await reportNews(status, reported, options))) return 'visit';
    if (limitMs !== null && clock.monotonicMs() - beganMs >= limitMs) return 'late';
    if (!(await sleep(clock, everyMs, signal))) return 'left';
  }
}

interface Reported {
  state: string;
  /** Null until the gateway has answered. */
  texts: number | null;
}

/** Shows what is new; resolves to whether a visit is among it. */
async function reportNews(status: Status, reported: Reported, options: FirstText): Promise<boolean> {
  const { language, say } = options;
  const line = status.lines.find(({ name }) => name === options.line);
  if (!line) return false;
  const state = `${line.name}: ${formatLine(line, language)}`;
  if (state !== reported.state) await say(`  ${state}`);
  reported.state = state;
  requireNoPerson(line);
  const texts = textsOf(status, options);
  // Of a gateway that ran before, the texts of this minute may be older than the question.
  const isOlder = status.since !== null && Date.parse(status.since) < options.sinceMs;
  const fresh = texts.slice(reported.texts ?? (isOlder ? texts.length : 0));
  reported.texts = texts.length;
  for (const text of fresh) await say(`  ${rowOf(text, language)}`);
  return fresh.some(({ kind }) => kind === 'visit');
}

/** Null if the gateway does not answer, as during a restart. */
async function readOrNull(read: () => Promise<Status>): Promise<Status | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'gateway.forbidden') return null;
    throw error;
  }
}

function requireNoPerson({ name, reason }: LineOfStatus): void {
  if (reason === null || !needsPerson.has(reason)) return;
  throw fault('setup.line-blocked', { line: name, reason });
}

type Recent = Status['texts']['recent'][number];

/** The oldest first; the time of a text has whole minutes. */
function textsOf({ texts }: Status, { line, sinceMs }: FirstText): Recent[] {
  const fromMs = Math.floor(sinceMs / minuteMs) * minuteMs;
  return texts.recent.filter((text) => text.line === line && Date.parse(text.at) >= fromMs).toReversed();
}

function rowOf({ at, kind }: Recent, language: Language): string {
  const words = setupWords[language];
  return `${at.slice(11, 16)}  ${kind === 'visit' ? words.aVisit : words.noVisit}`;
}

/** What this setup has changed. */
export interface Changed {
  /** The configuration before. */
  readonly config: Config;
  /** Something besides it that a running gateway takes over at a restart only: the unit, the PIN. */
  readonly needsRestart: boolean;
}

/** Runs the service, or if there is none a gateway in this process, until its first text. */
export async function startAndWait(
  plan: SetupPlan,
  context: SetupContext,
  talk: Conversation,
  changed: Changed,
): Promise<ExitCode> {
  const { shell, host, flags } = context;
  const words = setupWords[shell.language];
  const isService = hasService(host);
  const loaded = await loadTarget(context);
  const running = await findRunning(loaded, isService);
  const takesOver = isTakenOver(loaded.config, changed) ? 'reload' : 'restart';
  const command = commandFor(context, loaded, running, takesOver);
  const isWanted = flags.start !== false && (flags.yes === true || (await wantsStart(talk, words, running)));
  if (!isWanted) {
    await talk.say('', running ? words.takeOverLater(command) : words.startLater(command));
    return exitCode.done;
  }
  const sinceMs = shell.clock.wallMs();
  if (isService) await startService(host, running ? takesOver : 'restart');
  else if (running) askToReload(running, loaded);
  const own = isService || running ? null : startOwnGateway(loaded, shell, host);
  await expectRegister(loaded, { host, target: context.target, language: shell.language });
  const read = own ? async () => own.status() : () => askSocket(loaded);
  try {
    const code = await waitForFirstText(plan, context, talk, { read, sinceMs });
    await talk.say('', own ? words.runItself(command) : words.goesOn);
    return code;
  } finally {
    await own?.stop();
  }
}

/** Whether a gateway that runs takes over all of it by reading its configuration again. */
function isTakenOver(next: Config, { config, needsRestart }: Changed): boolean {
  return !needsRestart && compareConfigs(config, next).atRestart.length === 0;
}

function commandFor(
  context: SetupContext,
  loaded: LoadedConfig,
  running: Status | null,
  takesOver: 'reload' | 'restart',
): string {
  if (!hasService(context.host)) return running ? `kill -HUP ${running.pid}` : runCommand(context, loaded);
  return running ? `sudo systemctl ${takesOver} visitlog` : 'sudo systemctl enable --now visitlog';
}

/** Under the service's user if the register belongs to it: it could not open files that root makes. */
function runCommand({ host, target }: SetupContext, { config }: LoadedConfig): string {
  const account = ownerOfRegister(host, config.dataDir);
  return `${account === null ? '' : `sudo -u ${account.name} `}visitlog --config ${target} run`;
}

/** Ctrl-C means no here: the configuration is written already. */
async function wantsStart(talk: Conversation, words: SetupWords, running: Status | null): Promise<boolean> {
  try {
    return (await talk.choose(running ? words.takeOverNow : words.startNow, words.yesOrNo)) === 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'setup.stopped') return false;
    throw error;
  }
}

interface Awaited {
  readonly read: () => Promise<Status>;
  readonly sinceMs: number;
}

async function waitForFirstText(
  { line }: SetupPlan,
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

/**
 * Asks the gateway of this register to read its configuration again. Whatever answers at the socket may name any process:
 * only the one that holds the register's lock is signalled.
 */
function askToReload({ pid }: Status, { config }: LoadedConfig): void {
  if (pid !== null && pid === gatewayPid(findHolders('/'), config.dataDir)) process.kill(pid, 'SIGHUP');
}

/** The gateway that answers; null if there is none. A service that does not answer is started anew. */
async function findRunning(loaded: LoadedConfig, isService: boolean): Promise<Status | null> {
  try {
    return await askSocket(loaded);
  } catch (error) {
    if (error instanceof AppError && (isService || error.code === 'gateway.absent')) return null;
    throw error;
  }
}

async function askSocket({ config }: LoadedConfig): Promise<Status> {
  const { socket } = config.status;
  if (socket === null) throw fault('gateway.absent', { socket: '""' });
  return askStatus(socket);
}
