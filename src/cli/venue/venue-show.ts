import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Venue } from '../../store/register-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { type Shell, writeLine } from '../shell.ts';

interface ShowFlags {
  readonly json?: boolean;
}

export function defineVenueShow(venue: Command, run: Runner, language: Language): void {
  const { show: words, number, jsonOne } = venueWords[language];
  venue
    .command('show')
    .description(words.summary)
    .argument('<number>', number)
    .option('--json', jsonOne)
    .addHelpText('after', words.examples)
    .action(run(showVenue));
}

async function showVenue(invocation: Invocation, typed: string, flags: ShowFlags): Promise<ExitCode> {
  const { unknownVenue, venueNumber, withRegister } = await import('./venue-register.ts');
  const { openZone } = await import('../../base/zone.ts');
  return withRegister(invocation, 'reader', async ({ config, register }) => {
    const venue = register.venueOf(venueNumber(typed, config.numbering.areaCode));
    if (venue === null) throw unknownVenue(typed);
    const zone = openZone(config.timeZone);
    const removedAt = venue.removedAtMs === null ? null : zone.format(venue.removedAtMs);
    const visits = register.visitsAt(venue.number);
    if (flags.json) await writeJson(invocation.shell, venue, { removed_at: removedAt, visits });
    else await writeText(invocation.shell, venue, removedAt, visits);
    return exitCode.done;
  });
}

async function writeJson({ stdout }: Shell, venue: Venue, rest: object): Promise<void> {
  const { venueJson } = await import('./venue-json.ts');
  await writeLine(stdout, JSON.stringify({ ...venueJson(venue), ...rest }));
}

async function writeText(
  shell: Shell,
  venue: Venue,
  removedAt: string | null,
  visits: number,
): Promise<void> {
  const { printable } = await import('../../base/printable.ts');
  const { formatNational } = await import('../../visits/phone-number.ts');
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
