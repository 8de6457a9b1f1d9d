import type { Command } from 'commander';
import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';

interface AddFlags {
  readonly name?: string;
  readonly address?: string;
  readonly branch?: boolean;
}

export function defineVenueAdd(venue: Command, run: Runner, language: Language): void {
  const { add: words, number } = venueWords[language];
  venue
    .command('add')
    .description(words.summary)
    .argument('<number>', number)
    .requiredOption('--name <text>', words.name)
    .option('--address <text>', words.address)
    .option('--branch', words.branch)
    .addHelpText('after', words.examples)
    .action(run(addVenue));
}

async function addVenue(invocation: Invocation, typed: string, flags: AddFlags): Promise<ExitCode> {
  const { changingVenues, receivingNumbers, venueNumber, withRegister } = await import('./venue-register.ts');
  const { isIssuedCodeForm } = await import('../../visits/issued-code.ts');
  const { mergeVenue } = await import('../../visits/venue-list/merge-venue.ts');
  const { formatNational } = await import('../../visits/phone-number.ts');
  const { printable } = await import('../../base/printable.ts');
  return withRegister(invocation, 'tool', async (session) => {
    const { shell } = invocation;
    const number = venueNumber(typed, session.config.numbering.areaCode);
    if (receivingNumbers(session.config).includes(number)) throw receiving(typed);
    const place = { name: flags.name ?? null, address: flags.address ?? null };
    const known = session.register.venueOf(number);
    const { venue, outcome } = mergeVenue(known, {
      number,
      issued: isIssuedCodeForm(number),
      places: [place],
      keepBranches: flags.branch ?? false,
    });
    if (outcome !== 'unchanged')
      await changingVenues(invocation, session, {
        command: 'venue add',
        venues: [number],
        change: () => session.register.putVenues([venue]),
        rows: () => 1,
      });
    const words = venueWords[shell.language].add;
    await writeLine(
      shell.stdout,
      `${formatNational(number)}  ${printable(flags.name ?? '')}: ${words[outcome]}`,
    );
    return exitCode.done;
  });
}

function receiving(typed: string): AppError {
  return new WordedError(
    'venue.receiving',
    `${typed} is the number that visitors text to, not that of a place`,
    {
      hint: 'A place without a number of its own gets a code: `visitlog venue issue`.',
      context: { typed },
      exit: exitCode.usage,
    },
  );
}
