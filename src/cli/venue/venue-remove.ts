import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { PlaceChange, Records, Venue } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { formatCount } from '../../words/counted.ts';
import { confirm } from '../ask.ts';
import { configured } from '../configured.ts';
import { registeredPlace } from '../officer/places.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { readVenueList } from './list-file.ts';
import { distinct, listedVenues } from './listed-venues.ts';
import { recordChange, refuseCopied } from './venue-record.ts';

interface RemoveFlags {
  readonly file?: string;
  readonly columns?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function removeVenues(
  given: Invocation,
  typed: readonly string[],
  flags: RemoveFlags,
): Promise<ExitCode> {
  const { file, columns, dryRun = false, yes = false } = flags;
  if ((file === undefined) === (typed.length === 0)) throw fault('venue.remove-what');
  const { shell } = given;
  const list = file === undefined ? null : await readVenueList(shell, file, { needed: 'number', columns });
  const invocation = await configured(given);
  const { areaCode } = invocation.config.numbering;
  return withRegister(invocation, dryRun ? 'reader' : 'tool', async (register) => {
    const venues =
      list === null
        ? await Promise.all(typed.map((number) => registeredPlace(register, number, areaCode)))
        : await listedVenues(shell, register, list, areaCode);
    await refuseCopied(invocation, 'venue remove', register, venues);
    const visits = await writeAtStake(shell, register, distinct(venues));
    if (dryRun) return exitCode.done;
    if (visits > 0 || list !== null) await confirm(shell, { command: 'venue', word: 'remove', yes });
    const changes = removals(distinct(venues), shell.clock.wallMs());
    const only = list === null && changes.length === 1 ? venues[0] : undefined;
    await recordChange(invocation, {
      command: 'venue remove',
      ...(list === null ? { venues: venues.map(({ number }) => number) } : {}),
      // One by one is put right by hand; what is many is remembered, so that it can be undone.
      change: () => (only === undefined ? register.changeVenues(changes) : register.removeVenue(only)),
      rows: changes.length,
    });
    const words = venueWords[shell.language].remove;
    await writeLine(shell.stdout, only === undefined ? words.removedMany(changes.length) : words.removed);
    return exitCode.done;
  });
}

export function removals(venues: readonly Venue[], removedAtMs: number): PlaceChange[] {
  return venues.map((before) => ({ before, after: { ...before, removedAtMs } }));
}

const mostShown = 20;

/** Says of each place what its removal means; how many visits they have in all. */
async function writeAtStake(shell: Shell, register: Records, venues: readonly Venue[]): Promise<number> {
  const words = venueWords[shell.language].remove;
  let sum = 0;
  for (const [at, venue] of venues.entries()) {
    const visits = await register.visitsAt(venue.number);
    sum += visits;
    if (at >= mostShown) continue;
    const title = `${formatNational(venue.number)}  ${printable(venue.name ?? '')}`;
    await writeLine(shell.stdout, `${title}: ${words.atStake(visits, venue.issued)}`);
  }
  if (venues.length > 1) await writeLine(shell.stdout, words.inAll(formatCount(venues.length), sum));
  return sum;
}
