import { hourMs, parseDuration } from '../../base/amounts.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { noBytes, writeExport } from '../../export/export.ts';
import { findContacts, type Trace, type TraceQuery } from '../../export/trace/find-contacts.ts';
import { type TraceRow, traceColumns, traceRows } from '../../export/trace/trace-columns.ts';
import { summarise } from '../../export/trace/trace-summary.ts';
import { hourOf } from '../../store/hour.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { formatCount } from '../../words/counted.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type OpenAct, type Purpose } from '../officer/act.ts';
import { textKindsOf } from '../officer/kept-texts.ts';
import { type OfficerFile, type OfficerFileFlags, officerFile, openForAct } from '../officer/officer-file.ts';
import { type OfficerWriter, officerFacts, officerWriter } from '../officer/officer-writer.ts';
import { type IsRegistered, mistypedIn, registeredIn } from '../officer/places.ts';
import { progressLine } from '../officer/progress-line.ts';
import { caseNumbers } from '../officer/typed-visitors.ts';
import { type QueryFlags, visitQuery, visitScope } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { summaryJson, summaryText } from './summary.ts';

interface TraceFlags extends OfficerFileFlags, QueryFlags, Purpose {
  readonly visitor: readonly string[];
  readonly margin: string;
  readonly summary?: boolean;
  readonly reveal?: boolean;
}

interface TraceJob {
  readonly flags: TraceFlags;
  readonly query: TraceQuery;
  readonly file: OfficerFile;
}

export async function traceCases(given: Invocation, flags: TraceFlags): Promise<ExitCode> {
  const { summary = false, reveal = false, format } = flags;
  if (summary) checkSummary(flags);
  const invocation = await configured(given);
  const marginMs = parseMargin(flags.margin);
  const query = visitQuery(invocation, flags);
  const file = await officerFile(invocation, flags);
  const revealed = reveal && !summary;
  const request = {
    command: summary ? 'trace --summary' : 'trace',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: () => caseNumbers(invocation.shell),
    // The act is about single people, whom the log does not name.
    scope: async (isRegistered: IsRegistered, cases: readonly string[] | null) => ({
      ...(await visitScope({ query, file, format, revealed }, isRegistered)),
      visitor: true,
      visitors: (cases ?? flags.visitor).length,
    }),
  } as const;
  await act(invocation, request, (session, cases) =>
    writeTrace(session, { flags, query: { ...query, cases, marginMs }, file }),
  );
  return exitCode.done;
}

/** Errors: `trace.summary`, `trace.encoding`. */
function checkSummary({ format, encoding }: TraceFlags): void {
  if (format === 'xlsx') throw fault('trace.summary');
  if (encoding !== 'utf-8') throw fault('trace.encoding');
}

const longestMarginMs = 24 * hourMs;

function parseMargin(typed: string): number {
  const marginMs = parseDuration(typed);
  if (marginMs === null || marginMs > longestMarginMs) throw fault('trace.margin', { typed });
  return marginMs;
}

async function writeTrace(session: ActSession, job: TraceJob): Promise<ActResult> {
  const { shell, act, register, config } = session;
  const { query } = job;
  const trace = await findShowing(session, query);
  await warnUnreadable(shell, trace);
  await writeUnassigned(session, query);
  if (trace.caseVisits.length === 0)
    throw fault('trace.nothing', await mistypedIn({ query, config, isRegistered: registeredIn(register) }));
  revealCases(act, trace);
  const result = await (job.flags.summary
    ? writeSummary(session, job, trace)
    : writeRows(session, job, trace));
  await writeAbsent(shell, query, trace);
  return result;
}

/** The cases' texts that are no visit yet: staff decide what they mean, and trace again. */
async function writeUnassigned({ shell, register, act }: ActSession, query: TraceQuery): Promise<void> {
  const { fromMs, toMs, cases } = query;
  const ids: number[] = [];
  for await (const texts of register.texts({ fromMs, toMs, kinds: textKindsOf('unresolved') }))
    for (const { id, sender, atMs } of texts) {
      if (sender === null || !cases.includes(sender)) continue;
      act.reveal(sender, atMs);
      ids.push(id);
    }
  if (ids.length === 0) return;
  act.flush(act.rows);
  await writeLine(shell.stderr, `visitlog: ${traceWords[shell.language].unassigned(ids)}`);
}

/** The search, with a line at a terminal that shows how far it is. */
async function findShowing({ shell, register }: ActSession, query: TraceQuery): Promise<Trace> {
  const line = progressLine(shell, null);
  try {
    return await findContacts(register, query, { signal: shell.signal, onRows: line.at });
  } finally {
    line.end();
  }
}

/** Whoever asked knows the cases' numbers: every form of the answer says where they were. */
function revealCases(act: OpenAct, { caseVisits }: Trace): void {
  const noted = new Set<string>();
  for (const { caseNumber, visit } of caseVisits) {
    const key = `${caseNumber} ${hourOf(visit.visitedAtMs)}`;
    if (!noted.has(key)) act.reveal(visit.visitor, visit.visitedAtMs);
    noted.add(key);
  }
}

/** Writes what a trace found, in numbers, to where its rows would go. */
async function writeSummary(
  session: ActSession,
  { flags, query, file }: TraceJob,
  { caseVisits, contacts }: Trace,
): Promise<ActResult> {
  const { shell } = session;
  const summary = summarise(query.cases.length, caseVisits, contacts);
  const text =
    flags.format === 'jsonl'
      ? printableJson(summaryJson(summary, query.marginMs))
      : summaryText(summary, query.marginMs, shell.language).join('\n');
  const bytes = new TextEncoder().encode(`${text}\n`);
  const writer = { begin: () => bytes, rows: () => noBytes, end: () => noBytes };
  const result = await writeExport([], writer, await openForAct(file, session), { signal: shell.signal });
  const { summaryWritten } = traceWords[shell.language];
  if (file.kind === 'file')
    await writeLine(shell.stderr, `visitlog: ${summaryWritten(file.name, file.encrypted)}`);
  return result;
}

async function writeRows(session: ActSession, { flags, file }: TraceJob, trace: Trace): Promise<ActResult> {
  const { shell, act } = session;
  const writer = await writerOf(session, flags, trace);
  const destination = await openForAct(file, session);
  const rows = auditedRows(act, traceRows(trace.caseVisits, trace.contacts), flags.reveal ?? false);
  const total = trace.caseVisits.length + meetingsOf(trace);
  const line = progressLine(shell, file.name);
  const onRows = (written: number) => line.at(written, written / total);
  const writing = writeExport(rows, writer, destination, { signal: shell.signal, onRows });
  const result = await writing.finally(line.end);
  await writeWritten(shell, file, trace, writer.substituted?.() ?? 0);
  return result;
}

function* auditedRows(act: OpenAct, rows: Iterable<TraceRow>, reveal: boolean): Generator<TraceRow> {
  for (const row of rows) {
    act.row(reveal ? row.visitor : null, row.visitedAtMs);
    yield row;
  }
}

function writerOf(
  session: ActSession,
  flags: TraceFlags,
  { caseVisits, contacts }: Trace,
): Promise<OfficerWriter<TraceRow>> {
  const met = contacts.flatMap(({ meetings }) => meetings);
  const corrected =
    flags.format === 'jsonl' || [...caseVisits, ...met].some(({ visit }) => visit.correctedBy !== null);
  const columns = traceColumns({
    reveal: flags.reveal ?? false,
    digits: session.shell.maskedDigits,
    corrected,
  });
  const rows = caseVisits.length + met.length;
  return officerWriter(columns, session, flags, () => officerFacts(session, () => rows));
}

function meetingsOf({ contacts }: Trace): number {
  return contacts.reduce((sum, { meetings }) => sum + meetings.length, 0);
}

async function writeWritten(
  { stderr, language }: Shell,
  file: OfficerFile,
  trace: Trace,
  substituted: number,
): Promise<void> {
  const words = traceWords[language];
  const print = (text: string) => writeLine(stderr, `visitlog: ${text}`);
  const parts = [
    words.visits(trace.caseVisits.length),
    words.contacts(trace.contacts.length),
    words.meetings(meetingsOf(trace)),
  ] as const;
  if (file.kind === 'file') await print(words.written(...parts, file.name, file.encrypted));
  if (substituted > 0) await print(officerFileWords[language].substituted(formatCount(substituted)));
}

async function warnUnreadable({ stderr, language }: Shell, { unreadable }: Trace): Promise<void> {
  const words = officerFileWords[language];
  if (unreadable > 0) await writeLine(stderr, `visitlog: ${words.unreadable(words.rows(unreadable))}`);
}

/** Names the cases of whom there is no visit. */
async function writeAbsent(
  { stderr, language }: Shell,
  { cases }: TraceQuery,
  { caseVisits }: Trace,
): Promise<void> {
  const { withoutVisit } = traceWords[language];
  const found = new Set(caseVisits.map(({ caseNumber }) => caseNumber));
  for (const index of cases.keys())
    if (!found.has(index + 1)) await writeLine(stderr, `visitlog: ${withoutVisit(index + 1)}`);
}
