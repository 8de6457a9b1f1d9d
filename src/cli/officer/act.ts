import type { Clock } from '../../base/clock.ts';
import { AppError, codeOf, fault } from '../../base/errors.ts';
import { openSystemLog, type SystemLog } from '../../daemon/log/system-log.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { type AnnounceAnchor, type Audit, openAudit } from '../../store/audit/audit.ts';
import { actorOf, personOf as nameOf, originOf, systemProbe } from '../../store/audit/audit-actor.ts';
import { formatAnchorForLog } from '../../store/audit/audit-anchor.ts';
import type { ActEnd, ActStart, AuditAct, AuditScope } from '../../store/audit/audit-types.ts';
import type { Records } from '../../store/records.ts';
import type { Role } from '../../store/register-types.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import type { Configured } from '../configured.ts';
import { withRegister } from '../register-of.ts';
import { type Shell, writeLine } from '../shell.ts';
import { officerText } from './officer-text.ts';
import { type IsRegistered, registeredIn } from './places.ts';
import { sayElsewhere } from './say-elsewhere.ts';

/** Why an officer does something: `--reason` and `--case` as typed. */
export interface Purpose {
  readonly reason?: string | undefined;
  readonly case?: string | undefined;
}

/** An act that needs no register of its own, or has one open already. */
interface RecordedAct {
  /** What the audit log calls it: `venue add`, `keyring wrap`. */
  readonly command: string;
  readonly scope: AuditScope;
  readonly purpose?: Purpose;
}

/** The commands that refuse an act without a reason, each by a fault of its own. */
const noReason = {
  export: 'export.no-reason',
  trace: 'trace.no-reason',
  lookup: 'lookup.no-reason',
  erase: 'erase.no-reason',
  unresolved: 'unresolved.no-reason',
  notices: 'unresolved.no-reason',
  waiting: 'unresolved.no-reason',
} as const;

type Reasoned = keyof typeof noReason;

/** Acts on rows, besides those that say what their window covers (`sayCoverage`). */
const isAboutRows = /^(?:erase|unresolved|notices)\b/;

/** `never`: of an act that shows nobody. A masked number, with its place and second, can name a person too. */
type ReasonRule =
  | { readonly reason: 'never'; readonly command: string }
  | { readonly reason: 'always'; readonly command: Reasoned | `${Reasoned} ${string}` };

/** An act on the register. `Input`: what it is about besides its options. */
type ActRequest<Input> = ReasonRule & {
  readonly role: Role;
  readonly purpose?: Purpose;
  /** Reads a list of numbers, or asks at the terminal. Not called for a refused act. */
  readonly read: () => Promise<Input>;
  /** What the act reaches. `input` is null for an act that is refused before anything is read. */
  readonly scope: (isRegistered: IsRegistered, input: Input | null) => Promise<AuditScope>;
};

/** The `read` of an act that needs no input. */
export const readNothing = (): Promise<null> => Promise.resolve(null);

/** An act under way, with its count. */
export interface OpenAct extends AuditAct {
  /** Notes that a row goes out, whole (`visitor` given) or masked. */
  row(visitor: string | null, visitedAtMs: number): void;
  readonly rows: number;
}

/** What there is to record when an act has ended. */
export interface ActResult {
  readonly rows: number;
  /** False: the reader went away before the end. */
  readonly complete: boolean;
  /** Codes that it gave to places. */
  readonly venues?: readonly string[];
}

export interface ActSession extends Configured {
  readonly register: Records;
  readonly act: OpenAct;
  /** The act's opening row, as it is on disk. */
  readonly start: ActStart;
}

/**
 * Does an officer's act: `work` begins when the register is open and the act's first row is on disk, and the act ends
 * in the audit log as `work` ended, also if the process is about to exit. If the log cannot be written, `work` does
 * not begin. Error: `….no-reason`, which is recorded too.
 */
export async function act<Input, Result extends ActResult>(
  invocation: Configured,
  request: ActRequest<Input>,
  work: (session: ActSession, input: Input) => Promise<Result>,
): Promise<Result> {
  const { shell, config } = invocation;
  await requireReason(invocation, request);
  const input = await request.read();
  // The log has a connection of its own, so that the register needs no right but to be read.
  return withAudit(invocation, (audit) =>
    withRegister(
      { config, shell },
      request.role,
      async (register) => {
        const scope = await request.scope(registeredIn(register), input);
        const start = startOf(shell, { ...request, scope });
        if (isAboutRows.test(request.command)) await sayElsewhere(invocation);
        if (isMasked(start, request.purpose))
          await writeLine(shell.stderr, `visitlog: ${officerFileWords[shell.language].masked}`);
        return underAudit(audit, start, (openAct) =>
          work({ ...invocation, register, act: openAct, start }, input),
        );
      },
      // What is shown comes from the database whose log says so.
      audit.file,
    ),
  );
}

/** The same for an act whose register is open already, or that needs none. */
export function recordAct<Result extends ActResult>(
  invocation: Configured,
  recorded: RecordedAct,
  work: (openAct: OpenAct) => Promise<Result>,
): Promise<Result> {
  const start = startOf(invocation.shell, recorded);
  return withAudit(invocation, (audit) => underAudit(audit, start, work));
}

/** The opening row of an act: who does it, from where, and the officer's words without telephone numbers. */
export function startOf(
  { env, person }: Pick<Shell, 'env' | 'person'>,
  { command, scope, purpose = {} }: RecordedAct,
): ActStart {
  const { who, where } = person ?? personOf(env);
  const reason = purpose.reason?.trim();
  const caseNumber = purpose.case?.trim();
  return {
    command,
    who,
    where,
    scope,
    ...(reason ? { reason: officerText('--reason', reason) } : {}),
    ...(caseNumber ? { case: officerText('--case', caseNumber) } : {}),
  };
}

function personOf(env: Shell['env']): NonNullable<Shell['person']> {
  const probe = systemProbe(env);
  return { who: actorOf(probe), where: originOf(probe) };
}

/** Refuses an act whose reason is missing, and records the refusal. It is refused even if it cannot be recorded. */
async function requireReason<Input>(invocation: Configured, request: ActRequest<Input>): Promise<void> {
  if (request.reason === 'never') return;
  if (request.purpose?.reason?.trim()) return;
  const [command] = request.command.split(' ', 1) as [Reasoned];
  const scope = await scopeOfRefused(invocation, request);
  throw await refusal(invocation, { ...request, scope }, fault(noReason[command]));
}

/** Records a refusal, if that is possible; it is refused all the same. */
export async function refusal(
  invocation: Configured,
  recorded: RecordedAct,
  why: AppError,
): Promise<AppError> {
  const start = startOf(invocation.shell, recorded);
  await unlessFault(() => withAudit(invocation, async (audit) => audit.refused(start, why.code)));
  return why;
}

/** If the register cannot be opened, no number is known to be a place's. */
async function scopeOfRefused<Input>(
  invocation: Configured,
  { scope }: ActRequest<Input>,
): Promise<AuditScope> {
  const known = await unlessFault(() =>
    withRegister(invocation, 'reader', (register) => scope(registeredIn(register), null)),
  );
  return known ?? scope(async () => false, null);
}

async function unlessFault<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return null;
  }
}

function isMasked(start: ActStart, purpose: Purpose = {}): boolean {
  return (
    start.reason !== (purpose.reason?.trim() || undefined) ||
    start.case !== (purpose.case?.trim() || undefined)
  );
}

/** Opens the audit log for writing, for as long as `work` takes. */
export async function withAudit<T>(
  { config, shell }: Configured,
  work: (audit: Audit) => Promise<T>,
): Promise<T> {
  const systemLog = await openSystemLog(shell.systemLog);
  try {
    const options = registerOptionsOf(config, shell.clock, 'tool');
    const audit = openAudit(options, systemLog === null ? undefined : announcing(systemLog, shell.clock));
    try {
      return await work(audit);
    } finally {
      audit.close();
    }
  } finally {
    systemLog?.close();
  }
}

/** Hands each anchor to the log of the system, which ends where nobody who can write to the data directory can. */
function announcing(systemLog: SystemLog, clock: Clock): AnnounceAnchor {
  return (anchor, about) =>
    systemLog.send(clock.wallMs(), 'audit.anchored', {
      anchor: formatAnchorForLog(anchor),
      act: about === null ? undefined : (about.seq ?? anchor.seq),
      command: about?.start.command,
      person: about === null ? undefined : nameOf(about.start.who),
    });
}

async function underAudit<Result extends ActResult>(
  audit: Audit,
  start: ActStart,
  work: (openAct: OpenAct) => Promise<Result>,
): Promise<Result> {
  const openAct = counting(audit.begin(start));
  const atExit = () => closeQuietly(openAct, { rows: openAct.recorded, outcome: 'interrupted' });
  process.once('exit', atExit);
  let result: Result;
  try {
    result = await work(openAct);
  } catch (thrown) {
    closeQuietly(openAct, { rows: openAct.recorded, ...(await endOf(thrown)) });
    throw thrown;
  } finally {
    process.off('exit', atExit);
  }
  const { complete, venues } = result;
  // Of the rows that were about to go out when the reader left, some may have been read.
  const rows = complete ? result.rows : Math.max(result.rows, openAct.recorded);
  openAct.close({ rows, outcome: complete ? 'complete' : 'interrupted', ...(venues ? { venues } : {}) });
  return result;
}

function counting(openAct: AuditAct): OpenAct {
  let rows = 0;
  return {
    ...openAct,
    get rows() {
      return rows;
    },
    get recorded() {
      return openAct.recorded;
    },
    row(visitor, visitedAtMs) {
      rows += 1;
      if (visitor !== null) openAct.reveal(visitor, visitedAtMs);
    },
  };
}

/** How an act ends that `thrown` ended. The table of faults is loaded only if an act fails. */
async function endOf(thrown: unknown): Promise<Pick<ActEnd, 'outcome' | 'code'>> {
  const { outcomeOf } = await import('../../words/faults/say.ts');
  const outcome = outcomeOf(thrown);
  return outcome === 'failed' ? { outcome, code: codeOf(thrown) } : { outcome };
}

/** The first failure is reported. An act that cannot be closed stays open, and `audit report` shows it. */
function closeQuietly(openAct: OpenAct, end: ActEnd): void {
  try {
    openAct.close(end);
  } catch (second) {
    if (!(second instanceof AppError)) throw second;
  }
}
