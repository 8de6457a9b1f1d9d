import { hourMs } from '../../base/amounts.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { parseColumns, pickColumns, shortTrace, traceKeys } from '../../export/chosen-columns.ts';
import type { Covered } from '../../export/covered.ts';
import { noBytes, writeExport } from '../../export/export.ts';
import { nearPlaces } from '../../export/near-places.ts';
import type { Margin } from '../../export/trace/case-visits.ts';
import { findContacts, type Trace, type TraceQuery } from '../../export/trace/find-contacts.ts';
import { type TraceRow, traceColumns, traceRows } from '../../export/trace/trace-columns.ts';
import { isNear, summarise } from '../../export/trace/trace-summary.ts';
import { parseTypedDuration } from '../../export/typed-time.ts';
import { hourOf } from '../../store/hour.ts';
import type { StoredText } from '../../store/records.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { formatCount } from '../../words/counted.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type OpenAct, type Purpose } from '../officer/act.ts';
import { textKindsOf } from '../officer/kept-texts.ts';
import {
  type Formless,
  type OfficerFile,
  type OfficerFileFlags,
  officerFile,
  openForAct,
} from '../officer/officer-file.ts';
import { type OfficerWriter, officerFacts, officerWriter } from '../officer/officer-writer.ts';
import { outputForm, rowEndings } from '../officer/output-form.ts';
import { type IsRegistered, mistypedIn, registeredIn } from '../officer/places.ts';
import { progressLine } from '../officer/progress-line.ts';
import { sayCoverage, windowLines } from '../officer/said-window.ts';
import { caseNumbers } from '../officer/typed-visitors.ts';
import { type QueryFlags, visitQuery, visitScope } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { contactWorkbook } from './contact-workbook.ts';
import { summaryJson, summaryText } from './summary.ts';

interface TraceFlags extends OfficerFileFlags, QueryFlags, Purpose {
  readonly visitor: readonly string[];
  readonly margin: string;
  readonly samePerson?: boolean;
  readonly near: boolean;
  readonly summary?: boolean;
  readonly reveal?: boolean;
}

interface TraceJob {
  readonly flags: TraceFlags;
  readonly query: TraceQuery;
  readonly file: OfficerFile;
  /** Of the columns: null for all, undefined for those that the form has. */
  readonly keys: readonly string[] | null | undefined;
}

export async function traceCases(given: Invocation, typed: Formless<TraceFlags>): Promise<ExitCode> {
  const { summary = false, reveal = false } = typed;
  const invocation = await configured(given);
  if (summary) checkSummary(typed);
  const form = summary ? outputForm(summaryForm(typed), summaryEndings, 'text') : null;
  const format = form === 'text' ? 'csv' : (form ?? outputForm(typed, rowEndings, 'csv'));
  const flags = { ...typed, format };
  const keys = flags.columns === undefined ? undefined : parseColumns(flags.columns, traceKeys);
  const margin = parseMargin(flags.margin);
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
      ...(await visitScope({ query, file, format: form ?? format, revealed }, isRegistered)),
      visitor: true,
      visitors: (cases ?? flags.visitor).length,
    }),
  } as const;
  await act(invocation, request, (session, cases) =>
    writeTrace(session, {
      flags,
      query: { ...query, cases, margin, samePerson: flags.samePerson ?? false },
      file,
      keys,
    }),
  );
  return exitCode.done;
}

const summaryEndings = { text: ['txt'], jsonl: ['json', 'jsonl', 'txt'] } as const;

/** Of a summary, `csv` has always been the text. */
function summaryForm({ format, ...flags }: Formless<TraceFlags>) {
  return {
    ...flags,
    format: format === 'jsonl' ? format : format === undefined ? undefined : ('text' as const),
  };
}

/** Errors: `trace.summary`, `trace.encoding`. */
function checkSummary({ format, encoding }: Formless<TraceFlags>): void {
  if (format === 'xlsx') throw fault('trace.summary');
  if (encoding !== 'utf-8') throw fault('trace.encoding');
}

const longestMarginMs = 24 * hourMs;

/** `30m`, or before and after: `10m,2h`. Error: `trace.margin`. */
function parseMargin(typed: string): Margin {
  const [beforeMs, afterMs = beforeMs, ...rest] = typed.split(',').map(marginMs);
  if (beforeMs == null || afterMs == null || rest.length > 0) throw fault('trace.margin', { typed });
  return { beforeMs, afterMs };
}

function marginMs(typed: string): number | null {
  const ms = parseTypedDuration(typed);
  return ms === null || ms > longestMarginMs ? null : ms;
}

/** What a trace found, and the time of which there are records. */
interface Found {
  readonly trace: Trace;
  readonly covered: Covered;
}

async function writeTrace(session: ActSession, job: TraceJob): Promise<ActResult> {
  const { shell, act, register, config } = session;
  const { query } = job;
  const covered = await sayCoverage(session, register, query);
  const caseTexts = await textsOfCases(session, query);
  const trace = await findShowing(session, job, caseTexts);
  await warnUnreadable(shell, trace);
  await writeUnassigned(session, caseTexts);
  if (trace.caseVisits.length === 0)
    throw fault('trace.nothing', await mistypedIn({ query, config, isRegistered: registeredIn(register) }));
  revealCases(act, trace);
  const result = await (job.flags.summary
    ? writeSummary(session, job, { trace, covered })
    : writeRows(session, job, { trace, covered }));
  await writeNear(shell, trace);
  await writeAbsent(shell, query, trace);
  return result;
}

/** The cases' texts that are no visit yet. */
async function textsOfCases({ register, act }: ActSession, query: TraceQuery): Promise<StoredText[]> {
  const { fromMs, toMs, cases } = query;
  const found: StoredText[] = [];
  for await (const texts of register.texts({ fromMs, toMs, kinds: textKindsOf('unresolved') }))
    for (const text of texts) {
      if (text.sender === null || !cases.includes(text.sender)) continue;
      act.reveal(text.sender, text.atMs);
      found.push(text);
    }
  return found;
}

/** Staff decide what those mean, and trace again. */
async function writeUnassigned({ shell, act }: ActSession, caseTexts: readonly StoredText[]): Promise<void> {
  if (caseTexts.length === 0) return;
  act.flush(act.rows);
  const ids = caseTexts.map(({ id }) => id);
  await writeLine(shell.stderr, `visitlog: ${traceWords[shell.language].unassigned(ids)}`);
}

/** How many contacts rest on a mistyped number alone. */
async function writeNear({ stderr, language }: Shell, { contacts }: Trace): Promise<void> {
  const near = contacts.filter(({ meetings }) => meetings.every(isNear)).length;
  const words = traceWords[language];
  if (near > 0) await writeLine(stderr, `visitlog: ${words.near(words.contacts(near))}`);
}

/** The search, with a line at a terminal that shows how far it is. */
async function findShowing(
  { shell, register, config }: ActSession,
  { query, flags }: TraceJob,
  caseTexts: readonly StoredText[],
): Promise<Trace> {
  const line = progressLine(shell, null);
  const near = flags.near ? await nearPlaces(register, config.numbering.areaCode) : undefined;
  try {
    return await findContacts(register, query, { signal: shell.signal, near, caseTexts, onRows: line.at });
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
  { trace: { caseVisits, contacts }, covered }: Found,
): Promise<ActResult> {
  const { shell, zone } = session;
  const summary = summarise(casesOf(query), caseVisits, contacts);
  const text =
    flags.format === 'jsonl'
      ? printableJson(summaryJson(summary, { query, covered, zone }))
      : [
          ...(file.kind === 'terminal'
            ? []
            : windowLines(query, covered, { zone, language: shell.language, nowMs: covered.toMs })),
          ...summaryText(summary, query.margin, shell.language),
        ].join('\n');
  const bytes = new TextEncoder().encode(`${text}\n`);
  const writer = { begin: () => bytes, rows: () => noBytes, end: () => noBytes };
  const result = await writeExport([], writer, await openForAct(file, session), { signal: shell.signal });
  const { summaryWritten } = traceWords[shell.language];
  if (file.kind === 'file')
    await writeLine(shell.stderr, `visitlog: ${summaryWritten(file.name, file.encrypted)}`);
  return result;
}

async function writeRows(session: ActSession, job: TraceJob, found: Found): Promise<ActResult> {
  const { shell, act } = session;
  const { flags, file } = job;
  const { trace } = found;
  const writer = await writerOf(session, job, found);
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

async function writerOf(
  session: ActSession,
  { flags, keys }: TraceJob,
  { trace: { caseVisits, contacts }, covered }: Found,
): Promise<OfficerWriter<TraceRow>> {
  const met = contacts.flatMap(({ meetings }) => meetings);
  const corrected =
    flags.format === 'jsonl' || [...caseVisits, ...met].some(({ visit }) => visit.correctedBy !== null);
  const shown = { reveal: flags.reveal ?? false, digits: session.shell.maskedDigits };
  const all = traceColumns({ ...shown, corrected, near: flags.near });
  const rows = caseVisits.length + met.length;
  const facts = () => officerFacts(session, covered, () => rows);
  if (flags.format === 'xlsx') {
    const columns = keys === null ? all : pickColumns(all, keys ?? shortTrace);
    return contactWorkbook(session, { columns, shown, facts: facts() });
  }
  return officerWriter(keys ? pickColumns(all, keys) : all, session, flags, facts);
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
  query: TraceQuery,
  { caseVisits }: Trace,
): Promise<void> {
  const { withoutVisit } = traceWords[language];
  const found = new Set(caseVisits.map(({ caseNumber }) => caseNumber));
  for (let number = 1; number <= casesOf(query); number += 1)
    if (!found.has(number)) await writeLine(stderr, `visitlog: ${withoutVisit(number)}`);
}

/** How many people the numbers are of. */
function casesOf({ cases, samePerson = false }: TraceQuery): number {
  return samePerson ? 1 : cases.length;
}
