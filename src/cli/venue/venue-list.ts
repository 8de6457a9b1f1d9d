import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { openZone } from '../../base/zone.ts';
import type { Venue } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { venueCsv } from './venue-csv.ts';
import { unknownVenue, venueJson, venueNumber, withRegister } from './venue-register.ts';

interface ListFlags {
  readonly search?: string;
  readonly json?: boolean;
  readonly format: 'table' | 'csv' | 'json';
}

export async function listVenues(invocation: Invocation, flags: ListFlags): Promise<ExitCode> {
  return withRegister(invocation, 'reader', async ({ config, register }) => {
    const { shell } = invocation;
    const all = register.venues();
    const venues = await matching(all, flags.search, config.numbering.areaCode);
    if (venues.length === 0) throw nothing(all.length === 0);
    const format = flags.json ? 'json' : flags.format;
    if (format === 'json') await writeListJson(shell, venues);
    else if (format === 'csv') await writeCsv(shell, venues, config.timeZone);
    else await writeTable(shell, venues);
    return exitCode.done;
  });
}

async function matching(
  venues: readonly Venue[],
  search: string | undefined,
  areaCode: string,
): Promise<readonly Venue[]> {
  if (search === undefined) return venues;
  const number = parseVenue(search, areaCode);
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  const [wanted, digits] = [plain(search), search.replace(/\D/g, '')];
  const holds = (text: string | null) => text !== null && plain(text).includes(wanted);
  return venues.filter((venue) => {
    if (venue.number === number || (digits.length >= 3 && venue.number.includes(digits))) return true;
    return [venue, ...venue.branches].some(({ name, address }) => holds(name) || holds(address));
  });
}

async function writeListJson({ stdout }: Shell, venues: readonly Venue[]): Promise<void> {
  await writeLine(stdout, venues.map((venue) => JSON.stringify(venueJson(venue))).join('\n'));
}

async function writeCsv({ stdout }: Shell, venues: readonly Venue[], timeZone: string): Promise<void> {
  stdout.write(venueCsv(venues, openZone(timeZone)));
}

async function writeTable(shell: Shell, venues: readonly Venue[]): Promise<void> {
  const { heads, andMore } = venueWords[shell.language];
  const rows = venues.map(({ number, name, address, branches }) => {
    const called = printable(name ?? '');
    const title = branches.length === 0 ? called : andMore(called, branches.length);
    return [formatNational(number), title, printable(address ?? '')];
  });
  const table = formatTable([heads.number, heads.name, heads.address], rows);
  await writeLine(shell.stdout, table.join('\n'));
}

function nothing(empty: boolean): AppError {
  return empty
    ? new WordedError('venue.none', 'no place is registered', {
        hint: 'Register places with `visitlog venue import FILE.csv` or `visitlog venue add`.',
        exit: exitCode.nothing,
      })
    : new WordedError('venue.no-match', 'no registered place matches', { exit: exitCode.nothing });
}

interface ShowFlags {
  readonly json?: boolean;
}

export async function showVenue(invocation: Invocation, typed: string, flags: ShowFlags): Promise<ExitCode> {
  return withRegister(invocation, 'reader', async ({ config, register }) => {
    const venue = register.venueOf(venueNumber(typed, config.numbering.areaCode));
    if (venue === null) throw unknownVenue(typed);
    const zone = openZone(config.timeZone);
    const removedAt = venue.removedAtMs === null ? null : zone.format(venue.removedAtMs);
    const visits = register.visitsAt(venue.number);
    if (flags.json) await writeVenueJson(invocation.shell, venue, { removed_at: removedAt, visits });
    else await writeText(invocation.shell, venue, removedAt, visits);
    return exitCode.done;
  });
}

async function writeVenueJson({ stdout }: Shell, venue: Venue, rest: object): Promise<void> {
  await writeLine(stdout, JSON.stringify({ ...venueJson(venue), ...rest }));
}

async function writeText(
  shell: Shell,
  venue: Venue,
  removedAt: string | null,
  visits: number,
): Promise<void> {
  const words = venueWords[shell.language].show;
  const places = [venue, ...venue.branches].map(({ name, address }) =>
    ['  ', printable(name ?? words.noName), ...(address === null ? [] : [` (${printable(address)})`])].join(
      '',
    ),
  );
  const kind = venue.issued ? `  ${words.issued}` : '';
  await writeLine(
    shell.stdout,
    [
      `${formatNational(venue.number)}${kind}`,
      ...places,
      words.visits(visits),
      ...(removedAt === null ? [] : [words.removed(removedAt.slice(0, 16).replace('T', ' '))]),
    ].join('\n'),
  );
}
