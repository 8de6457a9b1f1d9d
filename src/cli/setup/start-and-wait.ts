import { type Clock, sleep } from '../../base/clock.ts';
import { AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { type Gateway, startGateway } from '../../daemon/gateway.ts';
import { devicePathsOf } from '../../daemon/lines/gateway-lines.ts';
import { createLog } from '../../daemon/log/log.ts';
import { askStatus } from '../../daemon/status/ask-gateway.ts';
import type { LineOfStatus, Status } from '../../daemon/status/status-object.ts';
import type { Account } from '../../doctor/gather-machine.ts';
import { createModemFinder } from '../../modem/discovery/modem-finder.ts';
import { openerOf } from '../../modem/port/open-port.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { type SetupWords, setupWords } from '../../words/commands/setup.ts';
import { formatSaid } from '../lines/run.ts';
import type { Shell } from '../shell.ts';
import type { Conversation } from './conversation.ts';
import { hasService, ownerOfRegister, type SetupHost } from './host.ts';
import type { Plan } from './plan.ts';
import { startService } from './service.ts';
import { loadTarget, type SetupContext } from './setup-context.ts';

/** The gateway inside this process, where no service can be started: until the first text, to show that all is well. */
export function startOwnGateway(
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
    openTransport: (line) => openerOf(line.port, line.baudRate, modems),
  });
}

/** Root would leave a register that the gateway's own user cannot open afterwards. */
function become({ uid, gids }: Account): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([...gids]);
  if (gids[0] !== undefined) process.setgid?.(gids[0]);
  process.setuid?.(uid);
}

export interface FirstText {
  readonly line: string;
  readonly language: Language;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The gateway's word; errors are those of `askStatus`. */
  readonly read: () => Promise<Status>;
  readonly say: (line: string) => Promise<void>;
  /** Texts that came before do not count. */
  readonly sinceMs: number;
  /** Null: until it comes, or Ctrl-C. */
  readonly limitMs: number | null;
}

export type Waited = 'visit' | 'late' | 'left';

const everyMs = 500;
/** States in which only a person gets the line on. */
const needsPerson = new Set(['pin.refused', 'pin.tries-low', 'pin.missing', 'sim.locked']);

/**
 * Shows how the line comes up and each text that it takes, until one is a visit.
 * @throws AppError `setup.line-blocked`: a person has to do something first
 */
export async function waitForText(options: FirstText): Promise<Waited> {
  const { clock, signal, limitMs } = options;
  const beganMs = clock.monotonicMs();
  const told: Told = { state: '', texts: 0 };
  for (;;) {
    const status = await readOrNull(options.read);
    if (status && (await tellNews(status, told, options))) return 'visit';
    if (limitMs !== null && clock.monotonicMs() - beganMs >= limitMs) return 'late';
    if (!(await sleep(clock, everyMs, signal))) return 'left';
  }
}

interface Told {
  state: string;
  texts: number;
}

/** Says what is new; whether a visit is among it. */
async function tellNews(status: Status, told: Told, options: FirstText): Promise<boolean> {
  const { language, say } = options;
  const line = status.lines.find(({ name }) => name === options.line);
  if (!line) return false;
  const state = `${line.name}: ${formatSaid(line, language)}`;
  if (state !== told.state) await say(`  ${state}`);
  told.state = state;
  requireNoPerson(line);
  const texts = textsOf(status, options);
  const fresh = texts.slice(told.texts);
  told.texts = texts.length;
  for (const text of fresh) await say(`  ${rowOf(text, language)}`);
  return fresh.some(({ kind }) => kind === 'visit');
}

/** A gateway that is just being restarted does not answer yet. */
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

/** The oldest first; the time of a text has whole seconds. */
function textsOf({ texts }: Status, { line, sinceMs }: FirstText): Recent[] {
  const fromMs = Math.floor(sinceMs / 1_000) * 1_000;
  return texts.recent.filter((text) => text.line === line && Date.parse(text.at) >= fromMs).toReversed();
}

function rowOf({ at, visitor, kind, venues }: Recent, language: Language): string {
  const words = setupWords[language];
  const place = kind === 'visit' ? venues.map(formatNational).join(' + ') : words.noVisit;
  return `${at.slice(11, 19)}  ${visitor ?? '?'}  ${place}`;
}

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
  if (socket === null) throw fault('gateway.absent', { socket: '""' });
  return askStatus(socket);
}
