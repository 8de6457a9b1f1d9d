import { type Command, Option } from 'commander';
import { type AppError, type ExitCode, exitCode, fault, WordedError } from '../../base/errors.ts';
import type { Zone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import type { CountTable, Dimension, NamedCell } from '../../export/counts/count-groups.ts';
import type { Register, VisitQuery } from '../../store/register-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { countsWords } from '../../words/commands/counts.ts';
import { summaries } from '../../words/commands/program.ts';
import { collect, parseFileName } from '../option-values.ts';
import { type Invocation, isTerminal, type Runner, type Shell, writeLine } from '../shell.ts';
import type { CountsFlags } from './counts-table.ts';

/** No personal data is touched, no row is opened: nothing is noted in the audit log. */
export function defineCounts(program: Command, run: Runner, language: Language): void {
  const words = countsWords[language];
  program
    .command('counts')
    .description(summaries[language].counts)
    .requiredOption('--from <time>', words.from)
    .requiredOption('--to <time>', words.to)
    .option('--by <list>', words.by, 'day')
    .option('--venue <number>', words.venue, collect)
    .option('--line <name>', words.line)
    .addOption(
      new Option('--format <format>', words.format).choices(['table', 'csv', 'json']).default('table'),
    )
    .option('--output <file>', words.output, parseFileName, '-')
    .option('--force', words.force)
    .addHelpText('after', words.examples)
    .action(run(showCounts));
}

async function showCounts({ shell, globals }: Invocation, flags: CountsFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../../config/load.ts');
  const { openRegisterOf } = await import('../register-of.ts');
  const { openZone } = await import('../../base/zone.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const { requireOutside } = await import('../officer/officer-file.ts');
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
  const { dimensions } = await import('../../export/counts/count-groups.ts');
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
  const { parseWindow } = await import('../../export/window.ts');
  const { venueNumber } = await import('../venue/venue-register.ts');
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
  const { countCells, namedCells } = await import('../../export/counts/count-groups.ts');
  const isOfAll = !by.includes('venue') && query.venues === undefined && query.line === undefined;
  const counts = isOfAll ? register.hourCounts(query) : register.counts(query);
  const cells = countCells(counts, by, zone, query);
  return namedCells(cells, (venue) => register.venueOf(venue) ?? { name: null, address: null });
}

/** What stays on a terminal is shown whole. */
async function write(shell: Shell, flags: CountsFlags, table: CountTable, zone: Zone): Promise<void> {
  const staysHere = flags.format === 'table' && flags.output === '-' && isTerminal(shell.stdout);
  if (!staysHere) {
    const { exportCounts } = await import('./counts-table.ts');
    return exportCounts(shell, flags, table, zone);
  }
  const { countsTable } = await import('./counts-table.ts');
  const width = ('columns' in shell.stdout && Number(shell.stdout.columns)) || 80;
  const lines = countsTable(table, { language: shell.language, width, exported: false });
  await writeLine(shell.stdout, lines.join('\n'));
}

async function nothing(register: Register, query: VisitQuery, config: Config): Promise<AppError> {
  const { slipIn } = await import('../officer/slips.ts');
  const isRegistered = (venue: string) => register.venueOf(venue) !== null;
  return fault('counts.nothing', slipIn({ query, config, isRegistered }));
}
