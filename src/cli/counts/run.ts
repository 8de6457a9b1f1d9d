import { type AppError, type ExitCode, exitCode, fault, WordedError } from '../../base/errors.ts';
import { openZone, type Zone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import {
  type CountTable,
  countCells,
  type Dimension,
  dimensions,
  type NamedCell,
  namedCells,
} from '../../export/counts/count-groups.ts';
import { parseWindow } from '../../export/window.ts';
import type { Register, VisitQuery } from '../../store/register-types.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { slipIn } from '../officer/slips.ts';
import { openRegisterOf } from '../register-of.ts';
import { type Invocation, isTerminal, type Shell, writeLine } from '../shell.ts';
import { venueNumber } from '../venue/venue-register.ts';
import { type CountsFlags, countsTable, exportCounts } from './counts-table.ts';

/** No personal data is touched, no row is opened: nothing is noted in the audit log. */
export async function showCounts({ shell, globals }: Invocation, flags: CountsFlags): Promise<ExitCode> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const by = await dimensionsOf(flags.by);
  await requireOutside(config.dataDir, flags.output);
  const zone = openZone(config.timeZone);
  const query = await queryOf(flags, config, shell, zone);
  const register = openRegisterOf(config, shell.clock, 'reader');
  try {
    const cells = await cellsOf(register, query, by, zone);
    if (cells.every(({ visits }) => visits === 0)) throw await nothing(register, query, config);
    const table = { cells, by, window: query, smallest: config.export.smallCells };
    await write(shell, flags, table, zone);
    return exitCode.done;
  } finally {
    register.close();
  }
}

/** In the order that a table has them. Error: `counts.by`. */
async function dimensionsOf(typed: string): Promise<Dimension[]> {
  const wanted = typed.split(',').map((word) => word.trim());
  const unknown = wanted.find((word) => !(dimensions as readonly string[]).includes(word));
  if (unknown === undefined) return dimensions.filter((dimension) => wanted.includes(dimension));
  throw new WordedError('counts.by', `--by ${JSON.stringify(unknown)} is nothing to count by`, {
    hint: 'Allowed are venue, day and hour, with commas between.',
    context: { typed: unknown },
    exit: exitCode.usage,
  });
}

async function queryOf(flags: CountsFlags, config: Config, shell: Shell, zone: Zone): Promise<VisitQuery> {
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const venues = flags.venue?.map((typed) => venueNumber(typed, config.numbering.areaCode));
  return {
    ...window,
    ...(venues ? { venues } : {}),
    ...(flags.line === undefined ? {} : { line: flags.line }),
  };
}

async function cellsOf(
  register: Register,
  query: VisitQuery,
  by: readonly Dimension[],
  zone: Zone,
): Promise<NamedCell[]> {
  const isOfAll = !by.includes('venue') && query.venues === undefined && query.line === undefined;
  const counts = isOfAll ? register.hourCounts(query) : register.counts(query);
  const cells = countCells(counts, by, zone, query);
  return namedCells(cells, (venue) => register.venueOf(venue) ?? { name: null, address: null });
}

/** What stays on a terminal is shown whole. */
async function write(shell: Shell, flags: CountsFlags, table: CountTable, zone: Zone): Promise<void> {
  const staysHere = flags.format === 'table' && flags.output === '-' && isTerminal(shell.stdout);
  if (!staysHere) {
    return exportCounts(shell, flags, table, zone);
  }
  const width = ('columns' in shell.stdout && Number(shell.stdout.columns)) || 80;
  const lines = countsTable(table, { language: shell.language, width, exported: false });
  await writeLine(shell.stdout, lines.join('\n'));
}

async function nothing(register: Register, query: VisitQuery, config: Config): Promise<AppError> {
  const isRegistered = (venue: string) => register.venueOf(venue) !== null;
  return fault('counts.nothing', slipIn({ query, config, isRegistered }));
}
