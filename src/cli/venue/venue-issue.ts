import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';

interface IssueFlags {
  readonly name: string;
  readonly address?: string;
  readonly json?: boolean;
}

export function defineVenueIssue(venue: Command, run: Runner, language: Language): void {
  const { issue: words, add, json } = venueWords[language];
  venue
    .command('issue')
    .description(words.summary)
    .requiredOption('--name <text>', add.name)
    .option('--address <text>', add.address)
    .option('--json', json)
    .addHelpText('after', words.examples)
    .action(run(issueVenue));
}

async function issueVenue(invocation: Invocation, flags: IssueFlags): Promise<ExitCode> {
  const { changingVenues, withRegister } = await import('./venue-register.ts');
  const { issueCode } = await import('../../visits/issued-code.ts');
  const { printable } = await import('../../base/printable.ts');
  const { venueJson } = await import('./venue-json.ts');
  return withRegister(invocation, 'tool', async (session) => {
    const { shell } = invocation;
    const place = { name: flags.name, address: flags.address ?? null };
    const venue = await changingVenues(invocation, session, {
      command: 'venue issue',
      change: () => session.register.issueVenue(place, issueCode),
      rows: () => 1,
      given: ({ number }) => [number],
    });
    const words = venueWords[shell.language].issue;
    const spaced = [...venue.number].join(' ');
    await writeLine(
      shell.stdout,
      flags.json
        ? JSON.stringify(venueJson(venue))
        : ['', `    ${spaced}`, '', `${printable(flags.name)}: ${words.issued(venue.number)}`].join('\n'),
    );
    return exitCode.done;
  });
}
