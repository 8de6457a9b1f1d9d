import { type AppError, fault } from '../../base/errors.ts';
import { openZone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { writeExport } from '../../export/export.ts';
import type { ExportRow } from '../../export/visit-columns.ts';
import type { ActStart, Audit } from '../../store/audit/audit.ts';
import type { VisitQuery } from '../../store/register-types.ts';
import { exportWords } from '../../words/commands/counts.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import { audited, type Doing } from '../officer/audited.ts';
import { type OfficerFile, type OfficerFileFlags, openNoted } from '../officer/officer-file.ts';
import { officerFacts, officerWriter, substitutedBy } from '../officer/officer-writer.ts';
import { type ProgressLine, progressLine } from '../officer/progress-line.ts';
import { slipIn, strangeVenues } from '../officer/slips.ts';
import { type GlobalOptions, type Shell, writeLine } from '../shell.ts';
import type { ExportContents } from './export-contents.ts';

export interface ExportFlags extends OfficerFileFlags {
  readonly from: string;
  readonly to: string;
  readonly venue?: readonly string[];
  readonly line?: string;
  readonly includeUnresolved?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
  readonly case?: string;
}

export interface ExportJob {
  readonly shell: Shell;
  readonly globals: GlobalOptions;
  readonly flags: ExportFlags;
  readonly config: Config;
  readonly query: VisitQuery;
  readonly contents: ExportContents;
  /** Whether a place is registered under that number. */
  readonly isRegistered: (venue: string) => boolean;
  readonly file: OfficerFile;
  readonly audit: Audit;
  readonly start: ActStart;
}

/** Writes the visits with the audit log looking on; nothing is read before the act is on disk. */
export async function writeVisits(job: ExportJob): Promise<void> {
  const { shell, globals, flags, config, query, contents, file, audit, start } = job;
  const { timeZone, retention } = config;
  const zone = openZone(timeZone);
  const seen = { rows: 0, lastMs: 0, strange: new Set(query.venues) };
  const facts = () =>
    officerFacts({ shell, zone, timeZone, retentionMs: retention.periodMs, start, rows: () => seen.rows });
  const writer = await officerWriter(contents.columns, { shell, globals, flags, zone, facts });
  const batches = contents.rows[Symbol.asyncIterator]();
  const line = progressLine(shell, flags.output);
  const { rows } = await audited(audit, start, async (doing) => {
    try {
      const noted = notedBy(doing, await nonEmpty(batches, job), flags.reveal ?? false, seen);
      const destination = await openNoted(file, flags.output, doing);
      const onRows = tellProgress(line, job, seen);
      return await writeExport(noted, writer, destination, { signal: shell.signal, onRows });
    } finally {
      line.end();
      // A read that was begun and left would keep the register from being closed.
      await batches.return?.();
    }
  });
  await tellRest(job, rows, substitutedBy(writer));
  const isRegistered = (venue: string) => !seen.strange.has(venue) || job.isRegistered(venue);
  const strange = strangeVenues({ query: job.query, isRegistered });
  if (strange !== '' && !shell.signal.aborted)
    await writeLine(shell.stderr, `visitlog: ${exportWords[shell.language].strange(strange)}`);
}

/** The rows read so far, and the time of the last of them. */
interface Seen {
  rows: number;
  lastMs: number;
  /** The numbers asked for that no row had yet. */
  readonly strange: Set<string>;
}

type Batches = AsyncIterable<readonly ExportRow[]>;

async function* notedBy(doing: Doing, batches: Batches, reveal: boolean, seen: Seen): Batches {
  for await (const batch of batches) {
    for (const { visitor, venue, visitedAtMs } of batch) {
      doing.row(reveal ? visitor : null, visitedAtMs);
      if (seen.strange.size > 0) seen.strange.delete(venue);
    }
    seen.rows += batch.length;
    seen.lastMs = batch.at(-1)?.visitedAtMs ?? seen.lastMs;
    yield batch;
  }
}

/** Visits come in order of time: how far the last one is into the window tells the share, and nothing is counted. */
function tellProgress(line: ProgressLine, { shell, query }: ExportJob, seen: Seen): (rows: number) => void {
  const untilMs = Math.min(query.toMs, shell.clock.wallMs());
  const spanMs = untilMs - query.fromMs;
  return (rows) => line.at(rows, spanMs > 0 ? Math.min(1, (seen.lastMs - query.fromMs) / spanMs) : null);
}

/** The rows, once it is sure that there is one: an empty answer is told, not written. */
async function nonEmpty(batches: AsyncIterator<readonly ExportRow[]>, job: ExportJob): Promise<Batches> {
  const first = await batches.next();
  if (first.done) throw nothing(job);
  return (async function* () {
    yield first.value;
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value;
  })();
}

function nothing(job: ExportJob): AppError {
  return fault('export.nothing', slipIn(job));
}

async function tellRest(job: ExportJob, rows: number, substituted: number): Promise<void> {
  const { shell, flags, contents, file } = job;
  const words = exportWords[shell.language];
  const fileWords = officerFileWords[shell.language];
  const tell = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  if (flags.output !== '-') await tell(words.written(words.visits(rows), flags.output, file.encrypted));
  const { unreadable } = contents.rows;
  if (unreadable > 0) await tell(fileWords.unreadable(fileWords.rows(unreadable)));
  if (substituted > 0) await tell(fileWords.substituted(formatCount(substituted)));
}
