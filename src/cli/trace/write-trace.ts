import { printableJson } from '../../base/printable.ts';
import { parseColumns, pickColumns, shortTrace, tableTrace, traceKeys } from '../../export/chosen-columns.ts';
import type { Covered } from '../../export/covered.ts';
import { noBytes, writeExport } from '../../export/export.ts';
import type { Trace, TraceQuery } from '../../export/trace/find-contacts.ts';
import { type TraceRow, traceColumns, traceRows } from '../../export/trace/trace-columns.ts';
import { summarise } from '../../export/trace/trace-summary.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { formatCount } from '../../words/counted.ts';
import type { ActResult, ActSession, OpenAct } from '../officer/act.ts';
import { type EachNumber, eachNumber } from '../officer/each-number.ts';
import { type OfficerFile, type OfficerFileFlags, openForAct } from '../officer/officer-file.ts';
import { type OfficerWriter, officerFacts, officerWriter } from '../officer/officer-writer.ts';
import { progressLine } from '../officer/progress-line.ts';
import { windowLines } from '../officer/said-window.ts';
import { type Shell, writeLine } from '../shell.ts';

export interface WrittenTrace {
  readonly flags: OfficerFileFlags & { readonly near: boolean };
  readonly query: TraceQuery & { readonly depth: 1 | 2 };
  readonly file: OfficerFile;
  /** Of the columns: null for all, undefined for those that the form has. */
  readonly keys: readonly string[] | null | undefined;
}

/** What a trace found, and the time of which there are records. */
export interface Found {
  readonly trace: Trace;
  readonly covered: Covered;
}

/** The columns that `--columns` names. Error: `export.columns`. */
export function traceKeysOf({ columns }: Pick<OfficerFileFlags, 'columns'>): WrittenTrace['keys'] {
  return columns === undefined ? undefined : parseColumns(columns, traceKeys);
}

/** How many people the numbers are of. */
export function casesOf({ cases, samePerson = false }: TraceQuery): number {
  return samePerson ? 1 : cases.length;
}

/** Writes what a trace found, in numbers, to where its rows would go. */
export async function writeSummary(
  session: ActSession,
  { flags, query, file }: WrittenTrace,
  { trace, covered }: Found,
): Promise<ActResult> {
  const { shell, zone } = session;
  // Neither a summary nor a workbook is what most traces are.
  const { summaryJson, summaryText } = await import('./summary.ts');
  const summary = summarise(casesOf(query), trace);
  const text =
    flags.format === 'jsonl'
      ? printableJson(summaryJson(summary, { query, covered, zone }))
      : [
          ...(file.kind === 'terminal'
            ? []
            : windowLines(query, covered, { zone, language: shell.language, nowMs: covered.toMs })),
          ...summaryText(summary, query, shell.language),
        ].join('\n');
  const bytes = new TextEncoder().encode(`${text}\n`);
  const writer = { begin: () => bytes, rows: () => noBytes, end: () => noBytes };
  const result = await writeExport([], writer, await openForAct(file, session), { signal: shell.signal });
  const { summaryWritten } = traceWords[shell.language];
  if (file.kind === 'file')
    await writeLine(shell.stderr, `visitlog: ${summaryWritten(file.name, file.encrypted)}`);
  return result;
}

/** Writes the rows of a trace; of its numbers alone, those of the contacts. */
export async function writeRows(session: ActSession, job: WrittenTrace, found: Found): Promise<ActResult> {
  const { shell, act } = session;
  const { flags, file } = job;
  const { trace } = found;
  const writer = await writerOf(session, job, found);
  const destination = await openForAct(file, session);
  const numbers = flags.format === 'numbers' ? eachNumber(act) : null;
  const rows =
    numbers === null
      ? auditedRows(act, traceRows(trace), flags.reveal ?? false)
      : contactRows(traceRows(trace), numbers);
  const total = rowCount(trace);
  const line = progressLine(shell, file.name);
  const onRows = (written: number) => line.at(written, written / total);
  const writing = writeExport(rows, writer, destination, { signal: shell.signal, onRows });
  const result = await writing.finally(line.end);
  await writeWritten(shell, job, trace, { ...result, substituted: writer.substituted?.() ?? 0, numbers });
  return result;
}

function rowCount({ caseVisits, contacts, secondary }: Trace): number {
  return caseVisits.length + meetingsOf(contacts) + meetingsOf(secondary);
}

function meetingsOf(contacts: Trace['contacts']): number {
  return contacts.reduce((sum, { meetings }) => sum + meetings.length, 0);
}

function* auditedRows(act: OpenAct, rows: Iterable<TraceRow>, reveal: boolean): Generator<TraceRow> {
  for (const row of rows) {
    act.row(reveal ? row.visitor : null, row.visitedAtMs);
    yield row;
  }
}

function* contactRows(rows: Iterable<TraceRow>, numbers: EachNumber): Generator<TraceRow> {
  for (const row of rows) if (row.contactNumber !== null) yield* numbers.firstOf([row]);
}

async function writerOf(
  session: ActSession,
  { flags, query: { depth }, keys }: WrittenTrace,
  { trace, covered }: Found,
): Promise<OfficerWriter<TraceRow>> {
  const { language, maskedDigits } = session.shell;
  const shown = { reveal: flags.reveal ?? false, digits: maskedDigits, depth };
  const all = traceColumns({ ...shown, near: flags.near });
  const facts = () => officerFacts(session, covered, () => rowCount(trace));
  if (flags.format === 'xlsx') {
    const columns = keys === null ? all : pickColumns(all, keys ?? shortTrace);
    const { contactWorkbook } = await import('./contact-workbook.ts');
    return contactWorkbook(session, { columns, shown, facts: facts() });
  }
  const chosen = keys ?? (flags.format === 'table' && keys === undefined ? tableTrace : null);
  const title = officerFileWords[language].titles.meetings;
  return officerWriter(chosen ? pickColumns(all, chosen) : all, session, flags, { title, facts });
}

interface Written extends ActResult {
  readonly substituted: number;
  readonly numbers: EachNumber | null;
}

async function writeWritten(
  { stderr, language }: Shell,
  { file }: WrittenTrace,
  trace: Trace,
  { rows, substituted, numbers }: Written,
): Promise<void> {
  const words = traceWords[language];
  const fileWords = officerFileWords[language];
  const print = (text: string) => writeLine(stderr, `visitlog: ${text}`);
  const { name, encrypted } = file;
  if (file.kind === 'file' && numbers !== null) await print(fileWords.numbersWritten(rows, name, encrypted));
  else if (file.kind === 'file') {
    const contacts = trace.contacts.length + trace.secondary.length;
    const meetings = meetingsOf(trace.contacts) + meetingsOf(trace.secondary);
    const parts = [
      words.visits(trace.caseVisits.length),
      words.contacts(contacts),
      words.meetings(meetings),
    ] as const;
    await print(words.written(...parts, name, encrypted));
  }
  if (numbers !== null && numbers.leftOut > 0) await print(fileWords.numbersLeftOut(numbers.leftOut));
  if (substituted > 0) await print(fileWords.substituted(formatCount(substituted)));
}
