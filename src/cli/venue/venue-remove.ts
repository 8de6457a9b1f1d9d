import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';

interface RemoveFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function defineVenueRemove(venue: Command, run: Runner, language: Language): void {
  const { remove: words, number, dryRun, yes } = venueWords[language];
  venue
    .command('remove')
    .description(words.summary)
    .argument('<number>', number)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(removeVenue));
}

async function removeVenue(invocation: Invocation, typed: string, flags: RemoveFlags): Promise<ExitCode> {
  const { changingVenues, registeredVenue, withRegister } = await import('./venue-register.ts');
  const { confirm } = await import('../ask.ts');
  const { formatNational } = await import('../../visits/phone-number.ts');
  const { printable } = await import('../../base/printable.ts');
  const { dryRun = false, yes = false } = flags;
  return withRegister(invocation, dryRun ? 'reader' : 'tool', async (session) => {
    const { shell } = invocation;
    const { register, config } = session;
    const words = venueWords[shell.language].remove;
    const venue = registeredVenue(register, typed, config.numbering.areaCode);
    const visits = register.visitsAt(venue.number);
    const title = `${formatNational(venue.number)}  ${printable(venue.name ?? '')}`;
    await writeLine(shell.stdout, `${title}: ${words.atStake(visits, venue.issued)}`);
    if (dryRun) return exitCode.done;
    if (visits > 0) await confirm(shell, { command: 'venue', word: 'remove', yes });
    const removed = { ...venue, removedAtMs: register.clock.wallMs() };
    await changingVenues(invocation, session, {
      command: 'venue remove',
      venues: [venue.number],
      change: () => register.putVenues([removed]),
      rows: () => 1,
    });
    await writeLine(shell.stdout, words.removed);
    return exitCode.done;
  });
}
