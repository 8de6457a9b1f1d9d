import { AppError, exitCode } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import { writeExport } from '../export/export.ts';
import { findContacts, type Trace, type TraceQuery } from '../export/trace/find-contacts.ts';
import { type TraceRow, traceColumns, traceRows } from '../export/trace/trace-columns.ts';
import { summarise } from '../export/trace/trace-summary.ts';
import type { RowWriter } from '../export/writer.ts';
import { openZone } from '../export/zone.ts';
import type { ActStart, Audit } from '../store/audit/audit.ts';
import { hourOf } from '../store/hour.ts';
import type { Register } from '../store/register-types.ts';
import { audited, type DeedDone, type Doing } from './audited.ts';
import { formatCount } from './counted.ts';
import { officerFacts } from './officer-facts.ts';
import type { OfficerFile, OfficerFileFlags } from './officer-file.ts';
import { officerWriter, substitutedBy } from './officer-writer.ts';
import { type GlobalOptions, type Shell, writeLine } from './shell.ts';
import { summaryJson, summaryText } from './trace-summary-text.ts';
import { officerFileWords } from './words/officer-file.ts';
import { traceWords } from './words/trace.ts';

export interface TraceFlags extends OfficerFileFlags {
  readonly visitor: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly margin: string;
  readonly venue?: readonly string[];
  readonly summary?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
  readonly case?: string;
}

export interface TraceJob {
  readonly shell: Shell;
  readonly globals: GlobalOptions;
  readonly flags: TraceFlags;
  readonly config: Config;
  readonly register: Register;
  readonly query: TraceQuery;
  readonly file: OfficerFile;
  readonly audit: Audit;
  readonly start: ActStart;
}

/** Traces under the eyes of the audit log: nobody is looked up before the act is on disk. */
export async function writeTrace(job: TraceJob): Promise<void> {
  const { shell, register, query, audit, start } = job;
  await audited(audit, start, async (doing) => {
    const trace = await findContacts(register, query, shell.signal);
    await tellUnreadable(shell, trace);
    if (trace.caseVisits.length === 0) throw nothing();
    noteCases(doing, trace);
    const done = await (job.flags.summary ? tellSummary(job, trace) : writeRows(job, trace, doing));
    await tellAbsent(job, trace);
    return done;
  });
}

/** Whoever asked knows the cases' numbers: where they were is told in every form of the answer. */
function noteCases(doing: Doing, { caseVisits }: Trace): void {
  const noted = new Set<string>();
  for (const { caseNumber, visit } of caseVisits) {
    const key = `${caseNumber} ${hourOf(visit.visitedAtMs)}`;
    if (!noted.has(key)) doing.reveal(visit.visitor, visit.visitedAtMs);
    noted.add(key);
  }
}

async function tellSummary({ shell, flags, query }: TraceJob, trace: Trace): Promise<DeedDone> {
  const summary = summarise(query.cases.length, trace.caseVisits, trace.contacts);
  const text =
    flags.format === 'jsonl'
      ? JSON.stringify(summaryJson(summary, query.marginMs))
      : summaryText(summary, query.marginMs, shell.language).join('\n');
  await writeLine(shell.stdout, text);
  return { rows: 0, complete: true };
}

async function writeRows(job: TraceJob, trace: Trace, doing: Doing): Promise<DeedDone> {
  const { shell, flags, file } = job;
  const writer = await writerOf(job, trace);
  const destination = await file.open();
  const finish = async () => {
    // Whose numbers a file holds is on disk before the file appears.
    if (flags.output !== '-') doing.flush(doing.rows);
    await destination.finish();
  };
  const rows = notedBy(doing, traceRows(trace.caseVisits, trace.contacts), flags.reveal ?? false);
  const done = await writeExport(rows, writer, { ...destination, finish }, { signal: shell.signal });
  await tellWritten(job, trace, substitutedBy(writer));
  return done;
}

function* notedBy(doing: Doing, rows: Iterable<TraceRow>, reveal: boolean): Generator<TraceRow> {
  for (const row of rows) {
    doing.row(reveal ? row.visitor : null, row.visitedAtMs);
    yield row;
  }
}

async function writerOf(
  { shell, globals, flags, config, start }: TraceJob,
  { caseVisits, contacts }: Trace,
): Promise<RowWriter<TraceRow>> {
  const { timeZone, retention } = config;
  const met = contacts.flatMap(({ meetings }) => meetings);
  const corrected =
    flags.format === 'jsonl' || [...caseVisits, ...met].some(({ visit }) => visit.correctedBy !== null);
  const columns = traceColumns({ reveal: flags.reveal ?? false, corrected });
  const zone = openZone(timeZone);
  const rows = () => caseVisits.length + met.length;
  const facts = () => officerFacts({ shell, zone, timeZone, retentionMs: retention.periodMs, start, rows });
  return officerWriter(columns, { shell, globals, flags, zone, facts });
}

async function tellWritten(
  { shell, flags, file }: TraceJob,
  { caseVisits, contacts }: Trace,
  substituted: number,
): Promise<void> {
  const words = traceWords[shell.language];
  const tell = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  const meetings = contacts.reduce((sum, contact) => sum + contact.meetings.length, 0);
  const parts = [
    words.visits(caseVisits.length),
    words.contacts(contacts.length),
    words.meetings(meetings),
  ] as const;
  if (flags.output !== '-') await tell(words.written(...parts, flags.output, file.encrypted));
  if (substituted > 0) await tell(officerFileWords[shell.language].substituted(formatCount(substituted)));
}

async function tellUnreadable({ stderr, language }: Shell, { unreadable }: Trace): Promise<void> {
  const words = officerFileWords[language];
  if (unreadable > 0) await writeLine(stderr, `visitlog: ${words.unreadable(words.rows(unreadable))}`);
}

async function tellAbsent({ shell, query }: TraceJob, { caseVisits }: Trace): Promise<void> {
  const { withoutVisit } = traceWords[shell.language];
  const found = new Set(caseVisits.map(({ caseNumber }) => caseNumber));
  for (const index of query.cases.keys())
    if (!found.has(index + 1)) await writeLine(shell.stderr, `visitlog: ${withoutVisit(index + 1)}`);
}

function nothing(): AppError {
  return new AppError('trace.nothing', 'no visit of the case is in that time', { exit: exitCode.nothing });
}
