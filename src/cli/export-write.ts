import { AppError, exitCode } from '../base/errors.ts';
import type { CsvWriter } from '../export/csv.ts';
import type { ExportRow } from '../export/visit-columns.ts';
import type { RowWriter } from '../export/writer.ts';
import type { ActStart, Audit } from '../store/audit/audit.ts';
import type { BatchStream, StoredVisit } from '../store/register-types.ts';
import type { Doing } from './audited.ts';
import { type Shell, writeLine } from './shell.ts';

export interface ExportFlags {
  readonly from: string;
  readonly to: string;
  readonly venue?: readonly string[];
  readonly line?: string;
  readonly format: 'csv' | 'jsonl';
  readonly encoding: 'utf-8' | 'cp949';
  readonly output: string;
  readonly force?: boolean;
  readonly reveal?: boolean;
  readonly reason?: string;
  readonly case?: string;
}

export interface ExportJob {
  readonly shell: Shell;
  readonly flags: ExportFlags;
  readonly timeZone: string;
  readonly visits: BatchStream<StoredVisit>;
  readonly audit: Audit;
  readonly start: ActStart;
}

/** Writes the visits with the audit log looking on; nothing is read before the act is on disk. */
export async function writeVisits(job: ExportJob): Promise<void> {
  const { shell, flags, timeZone, visits, audit, start } = job;
  const { audited } = await import('./audited.ts');
  const { openDestination } = await import('../export/open-destination.ts');
  const { writeExport } = await import('../export/export.ts');
  const writer = await writerOf(flags, timeZone);
  const batches = visits[Symbol.asyncIterator]();
  const { rows } = await audited(audit, start, async (doing) => {
    try {
      const noted = notedBy(doing, await nonEmpty(batches), flags.reveal ?? false);
      const destination = await openDestination(flags.output, {
        stdout: shell.stdout,
        force: flags.force ?? false,
      });
      const finish = async () => {
        // Whose numbers a file holds is on disk before the file appears.
        if (flags.output !== '-') doing.flush(doing.rows);
        await destination.finish();
      };
      return await writeExport(noted, writer, { ...destination, finish }, shell.signal);
    } finally {
      // A read that was begun and left would keep the register from being closed.
      await batches.return?.();
    }
  });
  await tellRest(shell, flags, rows, visits, writer);
}

type Batches = AsyncIterable<readonly StoredVisit[]>;

async function* notedBy(doing: Doing, batches: Batches, reveal: boolean): Batches {
  for await (const batch of batches) {
    for (const { visitor, visitedAtMs } of batch) doing.row(reveal ? visitor : null, visitedAtMs);
    yield batch;
  }
}

/** The rows, once it is sure that there is one: an empty answer is told, not written. */
async function nonEmpty(batches: AsyncIterator<readonly StoredVisit[]>): Promise<Batches> {
  const first = await batches.next();
  if (first.done) throw new AppError('export.nothing', 'no visit matches', { exit: exitCode.nothing });
  return (async function* () {
    yield first.value;
    for (let next = await batches.next(); !next.done; next = await batches.next()) yield next.value;
  })();
}

async function writerOf(flags: ExportFlags, timeZone: string): Promise<RowWriter<ExportRow>> {
  const { visitColumns } = await import('../export/visit-columns.ts');
  const { openZone } = await import('../export/zone.ts');
  const columns = visitColumns({ reveal: flags.reveal ?? false });
  const zone = openZone(timeZone);
  if (flags.format === 'jsonl') return (await import('../export/jsonl.ts')).jsonlWriter(columns, zone);
  return (await import('../export/csv.ts')).csvWriter(columns, { zone, encoding: flags.encoding });
}

async function tellRest(
  shell: Shell,
  flags: ExportFlags,
  rows: number,
  visits: BatchStream<StoredVisit>,
  writer: RowWriter<ExportRow>,
): Promise<void> {
  const tell = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  if (flags.output !== '-') await tell(`${counted(rows, 'visit')} written to ${flags.output}`);
  if (visits.unreadable > 0)
    await tell(`warning: ${counted(visits.unreadable, 'row')} could not be read and was left out`);
  const substituted = 'substituted' in writer ? (writer as CsvWriter<ExportRow>).substituted() : 0;
  if (substituted > 0)
    await tell(`warning: ${counted(substituted, 'character')} that CP949 lacks, written as 〓`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
