import type { Zone } from '../../base/zone.ts';
import { countColumns } from '../../export/counts/count-columns.ts';
import { type CountTable, countJson } from '../../export/counts/count-json.ts';
import { isHidden } from '../../export/counts/small-cells.ts';
import { csvWriter } from '../../export/csv.ts';
import { writeWhole } from '../../export/to/destination.ts';
import { openDestination } from '../../export/to/open-destination.ts';
import { countsWords } from '../../words/commands/counts.ts';
import { type Shell, writeLine } from '../shell.ts';
import { countsTable } from './counts-table.ts';

export interface CountsFlags {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly venue?: readonly string[];
  readonly line?: string;
  readonly format: 'table' | 'csv' | 'json';
  readonly output: string;
  readonly force?: boolean;
}

/** Writes the counts where they may be handed on: small numbers are hidden, and that is said. */
export async function exportCounts(
  shell: Shell,
  flags: CountsFlags,
  table: CountTable,
  zone: Zone,
): Promise<void> {
  const words = countsWords[shell.language];
  const bytes = bytesOf(shell, flags, table, zone);
  const destination = await openDestination(flags.output, {
    stdout: shell.stdout,
    force: flags.force ?? false,
  });
  await writeWhole(destination, bytes);
  const hidden = table.cells.filter(({ visits }) => isHidden(visits, table.smallest)).length;
  const tell = (text: string) => writeLine(shell.stderr, `visitlog: ${text}`);
  if (flags.output !== '-') await tell(words.written(table.cells.length, flags.output));
  if (hidden > 0) await tell(words.hidden(hidden, table.smallest));
}

const pipedWidth = 80;

function bytesOf({ language }: Shell, { format }: CountsFlags, table: CountTable, zone: Zone): Uint8Array {
  if (format === 'json') return Buffer.from(`${JSON.stringify(countJson(table, zone))}\n`);
  if (format === 'table') {
    const lines = countsTable(table, { language, width: pipedWidth, exported: true });
    return Buffer.from(`${lines.join('\n')}\n`);
  }
  const writer = csvWriter(countColumns(table.by, table.smallest), { zone });
  return Buffer.concat([writer.begin(), writer.rows(table.cells), writer.end()]);
}
