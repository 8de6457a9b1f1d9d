import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { hostname } from 'node:os';
import { minuteMs } from '../../base/amounts.ts';
import { AppError, type ExitCode, exitCode, fault, systemCodeOf } from '../../base/errors.ts';
import { version } from '../../daemon/version.ts';
import type { DoorConversation } from '../../door/door-conversation.ts';
import { type Peer, parseInstance, readPeer, servedBefore } from '../../door/peer.ts';
import type { DoorRequest } from '../../door/request.ts';
import { doorCommands, rolesFor, rolesOf, showsFour } from '../../door/roles.ts';
import { doorServer, serveConnection } from '../../door/serve-door.ts';
import { actorOf, systemProbe } from '../../store/audit/audit-actor.ts';
import { parseEntry } from '../../store/audit/audit-chain.ts';
import type { Actor, AuditRow } from '../../store/audit/audit-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { doorWords } from '../../words/commands/door.ts';
import { commandOf } from '../command-line.ts';
import { type Configured, configured } from '../configured.ts';
import { describeFailure } from '../failure.ts';
import { startOf, withAudit } from '../officer/act.ts';
import { aborted, type Invocation, type Shell, writeLine } from '../shell.ts';

interface DoorFlags {
  readonly instance?: string;
  readonly listen?: string;
}

export async function door(invocation: Invocation, { instance, listen }: DoorFlags): Promise<ExitCode> {
  if (instance !== undefined && listen === undefined) return serveInstance(invocation, instance);
  if (listen !== undefined && instance === undefined) return listenAt(invocation, listen);
  throw fault('door.way');
}

/** Commands of one account at a time: as many as a person has terminals open. */
const mostAtOnce = 4;

/** One connection, which systemd accepted, on descriptor 0. Everything that it writes by itself goes to the journal. */
async function serveInstance(invocation: Invocation, instance: string): Promise<ExitCode> {
  const ids = parseInstance(instance);
  const before = servedBefore(ids.uid);
  const socket = new Socket({ fd: 0 });
  // Asked while the request is read.
  const known = Promise.all([readPeer(ids), configured(invocation)]);
  // Each client gets it, below.
  known.catch(() => {});
  await serveConnection(socket, {
    async run(request, conversation) {
      try {
        const [peer, office] = await known;
        return await serveOfficer({ ...office, request, conversation, peer, before });
      } catch (thrown) {
        if (!(thrown instanceof AppError) || thrown.code.startsWith('door.')) throw thrown;
        // The service's own configuration is wrong: what is, is reported as by any command.
        return tell(conversation, thrown, request.language ?? invocation.shell.language);
      }
    },
  });
  return exitCode.done;
}

async function tell(conversation: DoorConversation, thrown: AppError, language: Language): Promise<ExitCode> {
  const { lines, exit } = describeFailure(thrown, { language });
  const stderr = conversation.output('stderr', null);
  for (const line of lines) await writeLine(stderr, line);
  return exit;
}

interface Visit extends Configured {
  readonly request: DoorRequest;
  readonly conversation: DoorConversation;
  readonly peer: Peer;
  /** Commands of the same account that are under way. */
  readonly before: number;
}

async function serveOfficer(visit: Visit): Promise<ExitCode> {
  const { config, request, peer, before } = visit;
  const shell: Shell = {
    ...shellOf(visit.shell, visit, peer.who),
    ...(showsFour(peer.groups, config.roles) ? { maskedDigits: 4 } : {}),
  };
  requireSame(request);
  const user = peer.who.user ?? `uid ${peer.who.uid}`;
  const own = rolesOf(peer.groups, config.roles);
  if (own.length === 0) {
    const refusal = fault('door.stranger', { user });
    const word = commandOf(request.args) ?? '';
    await recordRefusal({ ...visit, shell }, refusal, {
      // A word of the caller's own would make each refusal another one.
      command: doorCommands.has(word) ? word : 'unknown',
      reveals: false,
    });
    throw refusal;
  }
  if (before >= mostAtOnce) throw fault('door.busy', { most: mostAtOnce });
  return visit.runLine({
    shell,
    args: request.args,
    config: visit.globals.config,
    admit: async (command, flags) => {
      requireDefaultConfig(flags, visit);
      const roles = rolesFor(command, flags);
      if (roles.some((role) => own.includes(role))) return;
      const refusal = fault('door.refused', { command, user, roles: roles.join(' / ') });
      await recordRefusal({ ...visit, shell }, refusal, { command, reveals: flags.reveal === true });
      throw refusal;
    },
  });
}

/** Serves whoever can connect to a socket of mode 0600: this account, which is its register's. */
async function listenAt(invocation: Invocation, path: string): Promise<ExitCode> {
  const { shell } = invocation;
  const office = await configured(invocation);
  const who = actorOf(systemProbe(shell.env));
  const server = doorServer({
    async run(request, conversation) {
      requireSame(request);
      return invocation.runLine({
        shell: shellOf(shell, { request, conversation }, who),
        args: request.args,
        config: invocation.globals.config,
        admit: async (command, flags) => {
          requireDefaultConfig(flags, office);
          if (rolesFor(command, flags).length === 0)
            throw fault('door.refused', { command, user: who.user ?? `uid ${who.uid}`, roles: '' });
        },
      });
    },
  });
  // The socket has its mode from the moment that it is there.
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) =>
        reject(fault('door.listen', { socket: path, system: systemCodeOf(cause) ?? 'unknown' }, { cause })),
      );
      server.listen(path, resolve);
    });
  } finally {
    process.umask(before);
  }
  await writeLine(shell.stderr, `visitlog: ${doorWords[shell.language].ready(path)}`);
  await aborted(shell.signal);
  server.close();
  server.closeAllConnections();
  rmSync(path, { force: true });
  return exitCode.done;
}

/** The shell of a client: its streams, files and terminal; the clock and the environment stay this machine's. */
function shellOf(
  own: Shell,
  { request, conversation }: Pick<Visit, 'request' | 'conversation'>,
  who: Actor,
): Shell {
  const { terminal, told, language } = request;
  return {
    stdin: conversation.input(terminal.stdin),
    stdout: conversation.output('stdout', terminal.stdout ? terminal : null),
    stderr: conversation.output('stderr', terminal.stderr ? terminal : null),
    files: conversation.files,
    ask: (question, hidden) => conversation.ask(question, hidden),
    person: { who, where: { host: hostname(), tty: told.tty, remote: told.remote, told: ['tty', 'remote'] } },
    env: own.env,
    ...(own.systemLog === undefined ? {} : { systemLog: own.systemLog }),
    clock: own.clock,
    language: language ?? own.language,
    signal: AbortSignal.any([own.signal, conversation.signal]),
  };
}

function requireSame({ version: client }: DoorRequest): void {
  if (client !== version()) throw fault('door.version', { client, server: version() });
}

function requireDefaultConfig(
  flags: Readonly<Record<string, unknown>>,
  { config }: Pick<Configured, 'config'>,
): void {
  if (flags.config !== undefined) throw fault('door.config', { socket: config.door.socket ?? '' });
}

interface RefusedCommand {
  /** A command of this program's, or `unknown`. */
  readonly command: string;
  readonly reveals: boolean;
}

/**
 * Records a refusal. Anyone can ask and be refused as often as they like, and the log is not theirs to fill: the same
 * refusal of an account is recorded once a minute.
 */
async function recordRefusal(
  office: Configured,
  refusal: AppError,
  { command, reveals }: RefusedCommand,
): Promise<void> {
  // A key that was pressed is no command that somebody gave.
  if (command === 'complete') return;
  const start = startOf(office.shell, { command, scope: { revealed: reveals } });
  try {
    await withAudit(office, async (audit) => {
      const sinceMs = office.shell.clock.wallMs() - minuteMs;
      const isSame = ({ atMs, text }: AuditRow) => {
        const entry = parseEntry(text);
        return (
          atMs > sinceMs &&
          entry?.kind === 'refused' &&
          entry.code === refusal.code &&
          entry.command === command &&
          entry.who.uid === start.who.uid
        );
      };
      if (!audit.since(Math.max(0, audit.end() - lastRows)).some(isSame)) audit.refused(start, refusal.code);
    });
  } catch (error) {
    // It is refused even if it cannot be recorded.
    if (!(error instanceof AppError)) throw error;
  }
}

const lastRows = 256;
