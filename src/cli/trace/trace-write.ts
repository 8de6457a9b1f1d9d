import { formatDuration } from '../../base/amounts.ts';
import { type AppError, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { writeExport } from '../../export/export.ts';
import { noBytes, type RowWriter } from '../../export/to/destination.ts';
import { findContacts, type Trace, type TraceQuery } from '../../export/trace/find-contacts.ts';
import { type TraceRow, traceColumns, traceRows } from '../../export/trace/trace-columns.ts';
import { summarise, type TraceSummary } from '../../export/trace/trace-summary.ts';
import type { ActStart, Audit } from '../../store/audit/audit.ts';
import { hourOf } from '../../store/hour.ts';
import type { Register } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { formatCount } from '../../words/counted.ts';
import { audited, type DeedDone, type Doing } from '../officer/audited.ts';
import { type OfficerFile, type OfficerFileFlags, openNoted } from '../officer/officer-file.ts';
import { officerFacts, officerWriter, substitutedBy } from '../officer/officer-writer.ts';
import { progressLine } from '../officer/progress-line.ts';
import { slipIn } from '../officer/slips.ts';
import { type GlobalOptions, type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

/** What a trace found, in numbers, for a person. */
export function summaryText(summary: TraceSummary, marginMs: number, language: Language): string[] {
  const words = traceWords[language];
  const { heads } = words;
  const cases = summary.visitsOfCases.map((visits, index) => words.caseLine(index + 1, words.visits(visits)));
  const table = formatTable(
    [heads.venue, heads.name, heads.caseVisits, heads.contacts, heads.meetings],
    summary.venues.map(({ venue, venueName, caseVisits, contacts, meetings }) => [
      formatNational(venue),
      printable(venueName ?? ''),
      caseVisits,
      contacts,
      meetings,
    ]),
  );
  const sum = words.sumLine(
    words.contacts(summary.contacts),
    words.meetings(summary.meetings),
    words.margins(formatDuration(marginMs)),
  );
  return [...cases, sum, '', ...table];
}

/** The same for programs. */
export function summaryJson(summary: TraceSummary, marginMs: number): object {
  return {
    cases: summary.visitsOfCases.map((visits, index) => ({ case: index + 1, visits })),
    margin_minutes: marginMs / 60_000,
    contacts: summary.contacts,
    meetings: summary.meetings,
    venues: summary.venues.map(({ venue, venueName, caseVisits, contacts, meetings }) => ({
      venue: formatNational(venue),
      venue_name: venueName,
      case_visits: caseVisits,
      contacts,
      meetings,
    })),
  };
}

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

/** Writes what a trace found, in numbers, to where its rows would go. */
export async function writeSummary(job: TraceJob, trace: Trace, doing: Doing): Promise<DeedDone> {
  const { shell, flags, file } = job;
  const bytes = new TextEncoder().encode(`${summaryOf(job, trace)}\n`);
  const writer = { begin: () => bytes, rows: () => noBytes, end: () => noBytes };
  const destination = await openNoted(file, flags.output, doing);
  const done = await writeExport([], writer, destination, { signal: shell.signal });
  const { summaryWritten } = traceWords[shell.language];
  if (flags.output !== '-')
    await writeLine(shell.stderr, `visitlog: ${summaryWritten(flags.output, file.encrypted)}`);
  return done;
}

function summaryOf({ shell, flags, query }: TraceJob, { caseVisits, contacts }: Trace): string {
  const summary = summarise(query.cases.length, caseVisits, contacts);
  return flags.format === 'jsonl'
    ? JSON.stringify(summaryJson(summary, query.marginMs))
    : summaryText(summary, query.marginMs, shell.language).join('\n');
}

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
