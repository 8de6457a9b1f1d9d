import { type Begun, begin } from '../../base/begun-ahead.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import {
  exportKeys,
  parseColumns,
  pickColumns,
  shortExport,
  tableExport,
} from '../../export/chosen-columns.ts';
import { type ExportResult, writeExport } from '../../export/export.ts';
import { nearPlaces } from '../../export/near-places.ts';
import { matchColumns } from '../../export/near-rows.ts';
import { type ExportRow, visitColumns } from '../../export/visit-columns.ts';
import type { RowBatches, VisitQuery } from '../../store/records.ts';
import { exportWords } from '../../words/commands/counts.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type OpenAct, type Purpose, readNothing } from '../officer/act.ts';
import { type EachNumber, eachNumber } from '../officer/each-number.ts';
import {
  type Formless,
  type OfficerFile,
  type OfficerFileFlags,
  officerFile,
  openForAct,
} from '../officer/officer-file.ts';
import { officerFacts, officerWriter } from '../officer/officer-writer.ts';
import { type RowForm, rowForm } from '../officer/output-form.ts';
import { type IsRegistered, mistypedIn, registeredIn, unregisteredPlaces } from '../officer/places.ts';
import { type ProgressLine, progressLine } from '../officer/progress-line.ts';
import { type NearCount, sayNear } from '../officer/said-near.ts';
import { sayCoverage } from '../officer/said-window.ts';
import { type QueryFlags, visitQuery, visitScope } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { exportRows } from './export-contents.ts';

interface ExportFlags extends OfficerFileFlags, QueryFlags, Purpose {
  readonly near: boolean;
  readonly reveal?: boolean;
}

interface ExportJob {
  readonly flags: ExportFlags;
  readonly reveal: boolean;
  readonly query: VisitQuery;
  readonly file: OfficerFile;
  /** Of the columns; null for all. */
  readonly keys: readonly string[] | null;
}

/** The columns of forms that people read. */
const shortOf: Partial<Record<RowForm, readonly string[]>> = { xlsx: shortExport, table: tableExport };

export async function exportVisits(given: Invocation, typed: Formless<ExportFlags>): Promise<ExitCode> {
  const invocation = await configured(given);
  const flags = { ...typed, format: rowForm(given.shell, typed) };
  const { reveal = false, format } = flags;
  const keys =
    flags.columns === undefined ? (shortOf[format] ?? null) : parseColumns(flags.columns, exportKeys);
  const query = visitQuery(invocation, flags);
  const file = await officerFile(invocation, flags);
  const request = {
    command: 'export',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: (isRegistered: IsRegistered) =>
      visitScope({ query, file, format, revealed: reveal }, isRegistered),
  } as const;
  const job = { flags, reveal, query, file, keys };
  const exported = await act(invocation, request, (session) => writeVisits(session, job));
  await writeSummary(invocation.shell, job, exported);
  return exitCode.done;
}

interface Exported extends ExportResult {
  readonly unreadable: number;
  readonly substituted: number;
  /** Numbers asked for that no row had and no place has; empty if there are none. */
  readonly unregistered: string;
  readonly near: NearCount;
  /** Senders without a number to call, of a file of numbers. */
  readonly leftOut: number;
}

async function writeVisits(session: ActSession, job: ExportJob): Promise<Exported> {
  const { register, config } = session;
  const { flags, query } = job;
  const near = { visits: 0, texts: 0 };
  const contents = exportRows(register, query, {
    near: nearPlaces(register, config.numbering.areaCode),
    shown: flags.near,
    count: near,
  });
  // While the first rows are looked for, what writes them is made.
  const begun = begin(contents);
  try {
    return await writeBegun(session, job, { begun, near });
  } finally {
    // An unfinished read would keep the register from being closed.
    await begun.end();
  }
}

async function writeBegun(
  session: ActSession,
  job: ExportJob,
  { begun, near }: { readonly begun: Begun<RowBatches<ExportRow>>; readonly near: NearCount },
): Promise<Exported> {
  const { shell, register, act } = session;
  const { flags, reveal, query, file, keys } = job;
  const covered = await sayCoverage(session, register, query);
  const seen = { rows: 0, lastMs: 0, rowless: new Set(query.venues) };
  const shown = { reveal, digits: shell.maskedDigits };
  const all = [...visitColumns(shown), ...(flags.near ? matchColumns(shown) : [])];
  const numbers = flags.format === 'numbers' ? eachNumber(act) : null;
  const writer = await officerWriter(keys === null ? all : pickColumns(all, keys), session, flags, {
    title: officerFileWords[shell.language].titles.visits,
    facts: () => officerFacts(session, covered, () => seen.rows),
  });
  const line = progressLine(shell, file.name);
  try {
    const batches = begun.pieces[Symbol.asyncIterator]();
    const rows = auditedRows(act, await nonEmpty(batches, session, { job, near }), reveal, { seen, numbers });
    const destination = await openForAct(file, session);
    const onRows = showProgress(line, shell, query, seen);
    const written = await writeExport(rows, writer, destination, { signal: shell.signal, onRows });
    const rowless = { venues: [...seen.rowless] };
    return {
      ...written,
      unreadable: begun.source.unreadable,
      substituted: writer.substituted?.() ?? 0,
      unregistered: await unregisteredPlaces({ query: rowless, isRegistered: registeredIn(register) }),
      near,
      leftOut: numbers?.leftOut ?? 0,
    };
  } finally {
    line.end();
  }
}

/** What has been read so far. */
interface ExportProgress {
  rows: number;
  /** The time of the last row. */
  lastMs: number;
  /** The numbers asked for that no row had yet. */
  readonly rowless: Set<string>;
}

type Batches = AsyncIterable<readonly ExportRow[]>;

interface Passing {
  readonly seen: ExportProgress;
  /** Null: rows go out, not numbers. */
  readonly numbers: EachNumber | null;
}

async function* auditedRows(
  act: OpenAct,
  batches: Batches,
  reveal: boolean,
  { seen, numbers }: Passing,
): Batches {
  for await (const batch of batches) {
    if (seen.rowless.size > 0) for (const { venue } of batch) seen.rowless.delete(venue);
    if (numbers === null)
      for (const { visitor, visitedAtMs } of batch) act.row(reveal ? visitor : null, visitedAtMs);
    seen.rows += batch.length;
    seen.lastMs = batch.at(-1)?.visitedAtMs ?? seen.lastMs;
    yield numbers === null ? batch : numbers.firstOf(batch);
  }
}

/** Visits come in order of time: how far the last one is into the window tells the share, and nothing is counted. */
function showProgress(
  line: ProgressLine,
  { clock }: Shell,
  query: VisitQuery,
  seen: ExportProgress,
): (rows: number) => void {
  const spanMs = Math.min(query.toMs, clock.wallMs()) - query.fromMs;
  return (rows) => line.at(rows, spanMs > 0 ? Math.min(1, (seen.lastMs - query.fromMs) / spanMs) : null);
}

/** The rows, once it is sure that there is one: an empty answer is a fault, and no file is made. */
async function nonEmpty(
  batches: AsyncIterator<readonly ExportRow[]>,
  { register, config, shell }: ActSession,
  { job: { query }, near }: { readonly job: ExportJob; readonly near: NearCount },
): Promise<Batches> {
  const first = await batches.next();
  if (first.done) await sayNear(shell, near, { shown: false, places: query.venues?.length });
  if (first.done)
    throw fault('export.nothing', await mistypedIn({ query, config, isRegistered: registeredIn(register) }));
  return (async function* () {
    yield first.value;
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value;
  })();
}

async function writeSummary(
  shell: Shell,
  { file, flags, query }: ExportJob,
  { rows, unreadable, substituted, unregistered, near, leftOut }: Exported,
): Promise<void> {
  const { stderr, signal, language } = shell;
  const words = exportWords[language];
  const fileWords = officerFileWords[language];
  const print = (text: string) => writeLine(stderr, `visitlog: ${text}`);
  const { name, encrypted } = file;
  if (file.kind === 'file' && flags.format === 'numbers')
    await print(fileWords.numbersWritten(rows, name, encrypted));
  else if (file.kind === 'file') await print(words.written(words.visits(rows), name, encrypted));
  await sayNear(shell, near, { shown: flags.near, places: query.venues?.length });
  if (leftOut > 0) await print(fileWords.numbersLeftOut(leftOut));
  if (unreadable > 0) await print(fileWords.unreadable(fileWords.rows(unreadable)));
  if (substituted > 0) await print(fileWords.substituted(formatCount(substituted)));
  if (unregistered !== '' && !signal.aborted) await print(words.unregistered(unregistered));
}
