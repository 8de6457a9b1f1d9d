import type { Zone } from '../../base/zone.ts';
import { csvWriter } from '../../export/csv.ts';
import { wholeText } from '../../export/export.ts';
import { writeContent } from '../../export/to/destination.ts';
import type { Column } from '../../export/visit-columns.ts';
import { columnRoles, recognizeColumns } from '../../visits/venue-list/headings.ts';
import type { DoubtfulLine, ImportPlan } from '../../visits/venue-list/plan-import.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { openOutput } from '../officer/officer-file.ts';
import { type Shell, writeLine } from '../shell.ts';
import type { VenueList } from './list-file.ts';

interface RejectFlags {
  readonly rejects: string;
  readonly force?: boolean;
  readonly zone: Zone;
}

/**
 * Writes the doubtful lines as they are, each with its number and, first of all, why: corrected there, they can be
 * imported without naming the columns again. A line with more cells than the list has columns keeps them all.
 */
export async function writeRejects(
  shell: Shell,
  { rejects, force = false, zone }: RejectFlags,
  list: VenueList,
  { doubtful }: ImportPlan,
): Promise<void> {
  const words = venueImportWords[shell.language];
  const width = doubtful.reduce(
    (most, { record }) => Math.max(most, record.cells.length),
    list.headings.length,
  );
  const columns: Column<DoubtfulLine>[] = [
    { key: words.rejectHeads.why, kind: 'text', width: 40, value: ({ doubt }) => words.doubts[doubt] },
    { key: words.rejectHeads.line, kind: 'number', width: 8, value: ({ record }) => record.line },
    ...Array.from(
      { length: width },
      (_, at): Column<DoubtfulLine> => ({
        key: headingOf(list, at),
        kind: 'text',
        width: 20,
        value: ({ record }) => record.cells[at] ?? '',
      }),
    ),
  ];
  const encoding = list.form.kind === 'csv' && list.form.encoding === 'cp949' ? 'cp949' : 'utf-8';
  const writer = csvWriter(columns, { zone, encoding });
  const destination = await openOutput(shell, rejects, force);
  await writeContent(destination, wholeText(writer, doubtful));
  if (rejects !== '-') await writeLine(shell.stderr, `visitlog: ${words.rejected(doubtful.length, rejects)}`);
}

/** A column that the list does not name so that `venue import` knows it gets the name of its role. */
function headingOf({ columns, headings }: VenueList, at: number): string {
  const role = columnRoles.find((one) => columns[one] === at);
  const heading = headings[at] ?? '';
  if (role !== undefined && recognizeColumns(headings)[role] !== at) return role;
  return heading === '' ? `column ${at + 1}` : heading;
}
