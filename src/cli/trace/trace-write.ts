import { type AppError, fault } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import { writeExport } from '../../export/export.ts';
import type { RowWriter } from '../../export/to/writer.ts';
import { findContacts, type Trace } from '../../export/trace/find-contacts.ts';
import { type TraceRow, traceColumns, traceRows } from '../../export/trace/trace-columns.ts';
import { hourOf } from '../../store/hour.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { formatCount } from '../../words/counted.ts';
import { audited, type DeedDone, type Doing } from '../officer/audited.ts';
import { openNoted } from '../officer/noted-file.ts';
import { officerFacts } from '../officer/officer-facts.ts';
import { officerWriter, substitutedBy } from '../officer/officer-writer.ts';
import { progressLine } from '../officer/progress-line.ts';
import { slipIn } from '../officer/slips.ts';
import { type Shell, writeLine } from '../shell.ts';
import type { TraceJob } from './trace-job.ts';
import { writeSummary } from './trace-summary-write.ts';

/** Traces under the eyes of the audit log: nobody is looked up before the act is on disk. */
export async function writeTrace(job: TraceJob): Promise<void> {
  const { shell, audit, start } = job;
  await audited(audit, start, async (doing) => {
    const trace = await findShowing(job);
    await tellUnreadable(shell, trace);
    if (trace.caseVisits.length === 0) throw nothing(job);
    noteCases(doing, trace);
    const done = await (job.flags.summary ? writeSummary(job, trace, doing) : writeRows(job, trace, doing));
    await tellAbsent(job, trace);
    return done;
  });
}

/** The search, and a line at a terminal that tells how far it is. */
async function findShowing({ shell, register, query }: TraceJob): Promise<Trace> {
  const line = progressLine(shell, null);
  try {
    return await findContacts(register, query, { signal: shell.signal, onRows: line.at });
  } finally {
    line.end();
  }
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

async function writeRows(job: TraceJob, trace: Trace, doing: Doing): Promise<DeedDone> {
  const { shell, flags, file } = job;
  const writer = await writerOf(job, trace);
  const destination = await openNoted(file, flags.output, doing);
  const rows = notedBy(doing, traceRows(trace.caseVisits, trace.contacts), flags.reveal ?? false);
  const total = trace.caseVisits.length + meetingsOf(trace);
  const line = progressLine(shell, flags.output);
  const onRows = (written: number) => line.at(written, written / total);
  const writing = writeExport(rows, writer, destination, { signal: shell.signal, onRows });
  const done = await writing.finally(line.end);
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

function meetingsOf({ contacts }: Trace): number {
  return contacts.reduce((sum, { meetings }) => sum + meetings.length, 0);
}

async function tellWritten(
  { shell, flags, file }: TraceJob,
  trace: Trace,
  substituted: number,
): Promise<void> {
  const words = traceWords[shell.language];
  const tell = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  const parts = [
    words.visits(trace.caseVisits.length),
    words.contacts(trace.contacts.length),
    words.meetings(meetingsOf(trace)),
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

function nothing({ register, query, config }: TraceJob): AppError {
  const isRegistered = (venue: string) => register.venueOf(venue) !== null;
  return fault('trace.nothing', slipIn({ query, config, isRegistered }));
}
