import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { isIssuedCodeForm, issueCode } from '../../visits/issued-code.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { mergeVenue } from '../../visits/venue-list/merge-venue.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { confirm } from '../ask.ts';
import { type Invocation, writeLine } from '../shell.ts';
import {
  changingVenues,
  receivingNumbers,
  registeredVenue,
  venueJson,
  venueNumber,
  withRegister,
} from './venue-register.ts';

interface AddFlags {
  readonly name?: string;
  readonly address?: string;
  readonly branch?: boolean;
}

export async function addVenue(invocation: Invocation, typed: string, flags: AddFlags): Promise<ExitCode> {
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

interface IssueFlags {
  readonly name: string;
  readonly address?: string;
  readonly json?: boolean;
}

export async function issueVenue(invocation: Invocation, flags: IssueFlags): Promise<ExitCode> {
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

interface RemoveFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function removeVenue(
  invocation: Invocation,
  typed: string,
  flags: RemoveFlags,
): Promise<ExitCode> {
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
