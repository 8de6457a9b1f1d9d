import type { Writable } from 'node:stream';
import { AppError } from '../../base/errors.ts';
import { type Audit, type AuditAct, openAudit } from '../../store/audit/audit.ts';
import { actorOf, originOf, systemProbe } from '../../store/audit/audit-actor.ts';
import type { ActEnd, ActStart, AuditScope, Outcome } from '../../store/audit/audit-types.ts';
import type { Register, RegisterOptions, VisitQuery } from '../../store/register-types.ts';
import { planRowOf } from '../../visits/numbering-plan.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import { isTerminal, type Shell } from '../shell.ts';
import { officerText, withoutNumbers } from './officer-text.ts';

/** What a command says of the act that it is about to do. */
export interface Deed {
  readonly command: string;
  readonly scope: AuditScope;
  readonly reason?: string | undefined;
  readonly case?: string | undefined;
}

/** What there is to tell when an act has ended. */
export interface DeedDone {
  readonly rows: number;
  /** False: the reader went away before the end. */
  readonly complete: boolean;
  /** Codes that it gave to places. */
  readonly venues?: readonly string[];
}

/** An act under way, with its count. */
export interface Doing extends AuditAct {
  /** Notes that a row goes out, whole (`visitor` given) or masked. */
  row(visitor: string | null, visitedAtMs: number): void;
  readonly rows: number;
}

/** The opening row of a deed: with who does it, from where, and the officer's words without telephone numbers. */
export async function startOf(shell: Shell, deed: Deed): Promise<ActStart> {
  const probe = systemProbe(shell.env);
  const reason = deed.reason?.trim();
  const caseNumber = deed.case?.trim();
  return {
    command: deed.command,
    who: actorOf(probe),
    where: originOf(probe),
    scope: deed.scope,
    ...(reason ? { reason: await officerText('--reason', reason) } : {}),
    ...(caseNumber ? { case: await officerText('--case', caseNumber) } : {}),
  };
}

/**
 * Does something under the eyes of the audit log: opens the act, which is on disk before `work` begins, and closes it
 * as `work` ended, also when the process is about to exit. If the log cannot be written, `work` does not begin.
 */
export async function audited(
  audit: Audit,
  start: ActStart,
  work: (doing: Doing) => Promise<DeedDone>,
): Promise<DeedDone> {
  const doing = counting(audit.begin(start));
  const atExit = () => closeQuietly(doing, { rows: doing.rows, outcome: 'interrupted' });
  process.once('exit', atExit);
  let done: DeedDone;
  try {
    done = await work(doing);
  } catch (thrown) {
    closeQuietly(doing, { rows: doing.rows, ...failureOf(thrown) });
    throw thrown;
  } finally {
    process.off('exit', atExit);
  }
  const { rows, complete, venues } = done;
  doing.close({ rows, outcome: complete ? 'complete' : 'interrupted', ...(venues ? { venues } : {}) });
  return done;
}

function counting(act: AuditAct): Doing {
  let rows = 0;
  return {
    ...act,
    get rows() {
      return rows;
    },
    row(visitor, visitedAtMs) {
      rows += 1;
      if (visitor !== null) act.reveal(visitor, visitedAtMs);
    },
  };
}

const outcomes: Readonly<Record<string, Outcome>> = {
  'export.interrupted': 'interrupted',
  'export.nothing': 'nothing',
  'trace.nothing': 'nothing',
  'erase.nothing': 'nothing',
  'erase.not-confirmed': 'interrupted',
  'backup.stopped': 'interrupted',
  'audit.nothing': 'nothing',
  'unresolved.nothing': 'nothing',
  'unresolved.unknown': 'nothing',
  'unresolved.not-confirmed': 'interrupted',
};

function failureOf(thrown: unknown): Pick<ActEnd, 'outcome' | 'code'> {
  const code = thrown instanceof AppError ? thrown.code : 'internal';
  const outcome = outcomes[code];
  return outcome === undefined ? { outcome: 'failed', code } : { outcome };
}

/** What failed first is what is told; an act that cannot be closed either stays open, and the report shows it. */
function closeQuietly(doing: Doing, end: ActEnd): void {
  try {
    doing.close(end);
  } catch (second) {
    if (!(second instanceof AppError)) throw second;
  }
}

/** Writes down that something was refused. It is refused all the same where that cannot be written down. */
export async function recordRefusal(options: RegisterOptions, start: ActStart, code: string): Promise<void> {
  try {
    const audit = openAudit(options);
    try {
      audit.refused(start, code);
    } finally {
      audit.close();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

export interface OutputFlags {
  readonly revealed: boolean;
  readonly format: string;
  /** A file's name, or `-`. */
  readonly output: string;
  readonly stdout: Writable;
  readonly encrypted?: boolean;
}

/** What an act on visits reaches, for the audit log. Null for the register: no venue is known to be one. */
export async function scopeOf(
  register: Register | null,
  { fromMs, toMs, venues, line }: VisitQuery,
  { revealed, format, output, stdout, encrypted = false }: OutputFlags,
): Promise<AuditScope> {
  return {
    ...(venues === undefined ? {} : { venues: venues.map((venue) => auditedVenue(register, venue)) }),
    ...(line === undefined ? {} : { line: await withoutNumbers(line) }),
    from: fromMs,
    to: toMs,
    revealed,
    format,
    output: outputKind(output, stdout),
    ...(encrypted ? { encrypted: true as const } : {}),
  };
}

/** A person's number can be asked for as if it were a place's: masked, unless a place of that number is registered. */
export function auditedVenue(register: Register | null, venue: string): string {
  const kind = planRowOf(venue)?.kind;
  const personal = kind === 'mobile' || kind === 'personal' || kind === 'machine';
  return personal && (register?.venueOf(venue) ?? null) === null ? maskNumber(venue) : venue;
}

function outputKind(output: string, stdout: Writable): NonNullable<AuditScope['output']> {
  if (output !== '-') return 'file';
  return isTerminal(stdout) ? 'terminal' : 'stdout';
}
