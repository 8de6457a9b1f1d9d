import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { exportKeys, parseColumns, pickColumns, shortExport } from '../../export/chosen-columns.ts';
import { type ExportResult, writeExport } from '../../export/export.ts';
import type { ExportRow } from '../../export/visit-columns.ts';
import type { VisitQuery } from '../../store/records.ts';
import { exportWords } from '../../words/commands/counts.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type OpenAct, type Purpose, readNothing } from '../officer/act.ts';
import {
  type Formless,
  type OfficerFile,
  type OfficerFileFlags,
  officerFile,
  openForAct,
} from '../officer/officer-file.ts';
import { officerFacts, officerWriter } from '../officer/officer-writer.ts';
import { outputForm, rowEndings } from '../officer/output-form.ts';
import { type IsRegistered, mistypedIn, registeredIn, unregisteredPlaces } from '../officer/places.ts';
import { type ProgressLine, progressLine } from '../officer/progress-line.ts';
import { sayCoverage } from '../officer/said-window.ts';
import { type QueryFlags, visitQuery, visitScope } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { exportContents } from './export-contents.ts';

interface ExportFlags extends OfficerFileFlags, QueryFlags, Purpose {
  readonly includeUnresolved?: boolean;
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

export async function exportVisits(given: Invocation, typed: Formless<ExportFlags>): Promise<ExitCode> {
  const invocation = await configured(given);
  const flags = { ...typed, format: outputForm(typed, rowEndings, 'csv') };
  const { reveal = false, format } = flags;
  const keys =
    flags.columns === undefined
      ? flags.format === 'xlsx'
        ? shortExport
        : null
      : parseColumns(flags.columns, exportKeys);
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
  const exported = await act(invocation, request, (session) =>
    writeVisits(session, { flags, reveal, query, file, keys }),
  );
  await writeSummary(invocation.shell, file, exported);
  return exitCode.done;
}

interface Exported extends ExportResult {
  readonly unreadable: number;
  readonly substituted: number;
  /** Numbers asked for that no row had and no place has; empty if there are none. */
  readonly unregistered: string;
}

async function writeVisits(session: ActSession, job: ExportJob): Promise<Exported> {
  const { shell, register, act } = session;
  const { flags, reveal, query, file, keys } = job;
  const covered = await sayCoverage(session, register, query);
  const contents = await exportContents(session, query, { ...flags, reveal });
  const seen = { rows: 0, lastMs: 0, rowless: new Set(query.venues) };
  const columns = keys === null ? contents.columns : pickColumns(contents.columns, keys);
  const writer = await officerWriter(columns, session, flags, () =>
    officerFacts(session, covered, () => seen.rows),
  );
  const batches = contents.rows[Symbol.asyncIterator]();
  const line = progressLine(shell, file.name);
  try {
    const rows = auditedRows(act, await nonEmpty(batches, session, job), reveal, seen);
    const destination = await openForAct(file, session);
    const onRows = showProgress(line, shell, query, seen);
    const written = await writeExport(rows, writer, destination, { signal: shell.signal, onRows });
    const rowless = { venues: [...seen.rowless] };
    return {
      ...written,
      unreadable: contents.rows.unreadable,
      substituted: writer.substituted?.() ?? 0,
      unregistered: await unregisteredPlaces({ query: rowless, isRegistered: registeredIn(register) }),
    };
  } finally {
    line.end();
    // An unfinished read would keep the register from being closed.
    await batches.return?.();
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

async function* auditedRows(act: OpenAct, batches: Batches, reveal: boolean, seen: ExportProgress): Batches {
  for await (const batch of batches) {
    for (const { visitor, venue, visitedAtMs } of batch) {
      act.row(reveal ? visitor : null, visitedAtMs);
      if (seen.rowless.size > 0) seen.rowless.delete(venue);
    }
    seen.rows += batch.length;
    seen.lastMs = batch.at(-1)?.visitedAtMs ?? seen.lastMs;
    yield batch;
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
  { register, config }: ActSession,
  { query }: ExportJob,
): Promise<Batches> {
  const first = await batches.next();
  if (first.done)
    throw fault('export.nothing', await mistypedIn({ query, config, isRegistered: registeredIn(register) }));
  return (async function* () {
    yield first.value;
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value;
  })();
}

async function writeSummary(
  { stderr, signal, language }: Shell,
  file: OfficerFile,
  { rows, unreadable, substituted, unregistered }: Exported,
): Promise<void> {
  const words = exportWords[language];
  const fileWords = officerFileWords[language];
  const print = (text: string) => writeLine(stderr, `visitlog: ${text}`);
  if (file.kind === 'file') await print(words.written(words.visits(rows), file.name, file.encrypted));
  if (unreadable > 0) await print(fileWords.unreadable(fileWords.rows(unreadable)));
  if (substituted > 0) await print(fileWords.substituted(formatCount(substituted)));
  if (unregistered !== '' && !signal.aborted) await print(words.unregistered(unregistered));
}
