import { writeExport } from '../../export/export.ts';
import { noBytes } from '../../export/to/writer.ts';
import type { Trace } from '../../export/trace/find-contacts.ts';
import { summarise } from '../../export/trace/trace-summary.ts';
import { traceWords } from '../../words/commands/trace.ts';
import type { DeedDone, Doing } from '../officer/audited.ts';
import { openNoted } from '../officer/noted-file.ts';
import { writeLine } from '../shell.ts';
import type { TraceJob } from './trace-job.ts';
import { summaryJson, summaryText } from './trace-summary-text.ts';

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
