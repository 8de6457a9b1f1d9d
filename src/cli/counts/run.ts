import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Zone } from '../../base/zone.ts';
import {
  type CountCell,
  type CountTable,
  countCells,
  type Dimension,
  dimensions,
  sumUnderCells,
} from '../../export/counts/count-groups.ts';
import type { Covered } from '../../export/covered.ts';
import type { Branch, Records, VisitQuery } from '../../store/records.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { type Configured, configured } from '../configured.ts';
import { refusal } from '../officer/act.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { outputForm } from '../officer/output-form.ts';
import { auditedPlaces, mistypedIn, registeredIn } from '../officer/places.ts';
import { sayCoverage } from '../officer/said-window.ts';
import { type QueryFlags, visitQuery } from '../officer/visit-query.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, isTerminal, type Shell, writeLine } from '../shell.ts';
import { type CountsOutput, countsTable, exportCounts } from './counts-table.ts';

interface CountsFlags extends QueryFlags, CountsOutput {
  readonly by: string;
}

type TypedCountsFlags = Omit<CountsFlags, 'format'> & Partial<Pick<CountsFlags, 'format'>>;

const endings = { table: ['txt'], csv: ['csv'], json: ['json'] } as const;

/**
 * Counts of places tell of no person, so nothing is recorded in the audit log. How often a person's number was named would:
 * that is refused, and the refusal recorded.
 */
export async function showCounts(given: Invocation, typed: TypedCountsFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const flags = { ...typed, format: outputForm(typed, endings, 'table') };
  const { config } = invocation;
  const by = parseDimensions(flags.by);
  await requireOutside(invocation.shell, config.dataDir, flags.output);
  const query = visitQuery(invocation, flags);
  return withRegister(invocation, 'reader', async (register) => {
    await refusePersons(invocation, register, query);
    const covered = await sayCoverage(invocation, register, query);
    const { shell, zone } = invocation;
    const cells = await cellsOf(register, { query, by, covered, zone, shell });
    if (cells.every(({ visits }) => !visits))
      throw fault(
        'counts.nothing',
        await mistypedIn({ query, config, isRegistered: registeredIn(register) }),
      );
    const smallest = config.export.smallCells;
    await write(invocation, flags, { cells, by, window: query, covered, smallest });
    return exitCode.done;
  });
}

interface Asked {
  readonly query: VisitQuery;
  readonly by: readonly Dimension[];
  readonly covered: Covered;
  readonly zone: Zone;
  readonly shell: Shell;
}

/** Error: `counts.person`. */
async function refusePersons(invocation: Configured, register: Records, query: VisitQuery): Promise<void> {
  for (const number of query.venues ?? []) {
    if (!isPrivateNumber(number) || (await register.venueOf(number)) !== null) continue;
    const venues = await auditedPlaces(query.venues ?? [], registeredIn(register));
    const scope = { revealed: false, venues, from: query.fromMs, to: query.toMs };
    throw await refusal(invocation, { command: 'counts', scope }, fault('counts.person'));
  }
}

/** In the order that a table has them. Error: `counts.by`. */
function parseDimensions(typed: string): Dimension[] {
  const wanted = typed.split(',').map((word) => word.trim());
  const unknown = wanted.find((word) => !(dimensions as readonly string[]).includes(word));
  if (unknown !== undefined) throw fault('counts.by', { typed: unknown });
  return dimensions.filter((dimension) => wanted.includes(dimension));
}

async function cellsOf(register: Records, asked: Asked): Promise<CountCell[]> {
  const { query, by } = asked;
  const isOfAll = !by.includes('venue') && query.venues === undefined && query.line === undefined;
  const counts = isOfAll ? register.hourCounts(query) : register.counts(query, sumUnderCells(asked));
  const places = by.includes('venue') ? await placesOf(register, query) : new Map();
  const cells = await countCells(counts, { ...asked, window: query, places });
  if (counts.unreadable > 0) await warnUnreadable(asked.shell, counts.unreadable);
  return cells;
}

/** The places that a count can name, by their number. */
async function placesOf(
  register: Records,
  { venues }: Pick<VisitQuery, 'venues'>,
): Promise<ReadonlyMap<string, Branch>> {
  const places = venues
    ? await Promise.all(venues.map((venue) => register.venueOf(venue)))
    : await register.venues('all');
  return new Map(places.filter((place) => place !== null).map((place) => [place.number, place]));
}

/** Of an hour without its key, nothing tells which place its visits are of. */
async function warnUnreadable({ stderr, language }: Shell, visits: number): Promise<void> {
  const words = officerFileWords[language];
  await writeLine(stderr, `visitlog: ${words.unreadable(words.rows(visits))}`);
}

/** What stays on a terminal is shown whole. */
async function write(invocation: Configured, flags: CountsFlags, table: CountTable): Promise<void> {
  const { shell } = invocation;
  const staysHere = flags.format === 'table' && flags.output === '-' && isTerminal(shell.stdout);
  if (!staysHere) return exportCounts(invocation, flags, table);
  const width = ('columns' in shell.stdout && Number(shell.stdout.columns)) || 80;
  const lines = countsTable(table, { language: shell.language, width, exported: false });
  await writeLine(shell.stdout, lines.join('\n'));
}
