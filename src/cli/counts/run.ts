import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import {
  type CountTable,
  countCells,
  type Dimension,
  dimensions,
  type NamedCell,
  namedCells,
} from '../../export/counts/count-groups.ts';
import type { Records, VisitQuery } from '../../store/records.ts';
import { type Configured, configured } from '../configured.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { mistypedIn, registeredIn } from '../officer/places.ts';
import { type QueryFlags, visitQuery } from '../officer/visit-query.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, isTerminal, writeLine } from '../shell.ts';
import { type CountsOutput, countsTable, exportCounts } from './counts-table.ts';

interface CountsFlags extends QueryFlags, CountsOutput {
  readonly by: string;
}

/** No personal data is touched and no row is opened, so nothing is recorded in the audit log. */
export async function showCounts(given: Invocation, flags: CountsFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { config } = invocation;
  const by = parseDimensions(flags.by);
  await requireOutside(invocation.shell, config.dataDir, flags.output);
  const query = visitQuery(invocation, flags);
  return withRegister(invocation, 'reader', async (register) => {
    const cells = await cellsOf(register, query, by, invocation);
    if (cells.every(({ visits }) => visits === 0))
      throw fault(
        'counts.nothing',
        await mistypedIn({ query, config, isRegistered: registeredIn(register) }),
      );
    await write(invocation, flags, { cells, by, window: query, smallest: config.export.smallCells });
    return exitCode.done;
  });
}

/** In the order that a table has them. Error: `counts.by`. */
function parseDimensions(typed: string): Dimension[] {
  const wanted = typed.split(',').map((word) => word.trim());
  const unknown = wanted.find((word) => !(dimensions as readonly string[]).includes(word));
  if (unknown !== undefined) throw fault('counts.by', { typed: unknown });
  return dimensions.filter((dimension) => wanted.includes(dimension));
}

async function cellsOf(
  register: Records,
  query: VisitQuery,
  by: readonly Dimension[],
  { zone }: Configured,
): Promise<NamedCell[]> {
  const isOfAll = !by.includes('venue') && query.venues === undefined && query.line === undefined;
  const counts = isOfAll ? register.hourCounts(query) : register.counts(query);
  const cells = await countCells(counts, by, zone, query);
  return namedCells(cells, (venue) => register.venueOf(venue));
}

/** What stays on a terminal is shown whole. */
async function write({ shell, zone }: Configured, flags: CountsFlags, table: CountTable): Promise<void> {
  const staysHere = flags.format === 'table' && flags.output === '-' && isTerminal(shell.stdout);
  if (!staysHere) return exportCounts(shell, flags, table, zone);
  const width = ('columns' in shell.stdout && Number(shell.stdout.columns)) || 80;
  const lines = countsTable(table, { language: shell.language, width, exported: false });
  await writeLine(shell.stdout, lines.join('\n'));
}
