import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { isIssuedCodeForm, issueCode } from '../../visits/issued-code.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { mergeVenue } from '../../visits/venue-list/merge-venue.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { confirm } from '../ask.ts';
import { configured } from '../configured.ts';
import { placeJson, placeNumber, registeredPlace } from '../officer/places.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { changeLine } from './venue-change-text.ts';
import { receivingNumbers, recordChange, requireShort } from './venue-record.ts';

interface AddFlags {
  readonly name?: string;
  readonly address?: string;
  readonly branch?: boolean;
}

export async function addVenue(given: Invocation, typed: string, flags: AddFlags): Promise<ExitCode> {
  requireShort(flags);
  const invocation = await configured(given);
  const { shell, config } = invocation;
  return withRegister(invocation, 'tool', async (register) => {
    const number = placeNumber(typed, config.numbering.areaCode);
    if (receivingNumbers(config).includes(number)) throw fault('venue.receiving', { typed });
    const before = await register.venueOf(number);
    const { venue, outcome } = mergeVenue(before, {
      number,
      issued: isIssuedCodeForm(number),
      places: [{ name: flags.name ?? null, address: flags.address ?? null }],
      keepBranches: flags.branch ?? false,
    });
    if (outcome !== 'unchanged')
      await recordChange(invocation, {
        command: 'venue add',
        venues: [number],
        change: () => register.putVenues([venue]),
        rows: 1,
      });
    const title = `${formatNational(number)}  ${printable(flags.name ?? '')}`;
    await writeLine(shell.stdout, `${title}: ${venueWords[shell.language].add[outcome]}`);
    if (before !== null && outcome !== 'unchanged')
      await writeLine(shell.stdout, `  ${changeLine({ before, after: venue }, shell.language)}`);
    return exitCode.done;
  });
}

interface IssueFlags {
  readonly name: string;
  readonly address?: string;
  readonly json?: boolean;
}

export async function issueVenue(given: Invocation, flags: IssueFlags): Promise<ExitCode> {
  requireShort(flags);
  const invocation = await configured(given);
  const { shell } = invocation;
  return withRegister(invocation, 'tool', async (register) => {
    const place = { name: flags.name, address: flags.address ?? null };
    const venue = await recordChange(invocation, {
      command: 'venue issue',
      change: () => register.issueVenue(place, issueCode),
      rows: 1,
      issued: ({ number }) => [number],
    });
    const words = venueWords[shell.language].issue;
    const spaced = [...venue.number].join(' ');
    await writeLine(
      shell.stdout,
      flags.json
        ? printableJson(placeJson(venue))
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
  given: Invocation,
  typed: string,
  { dryRun = false, yes = false }: RemoveFlags,
): Promise<ExitCode> {
  const invocation = await configured(given);
  const { shell, config } = invocation;
  return withRegister(invocation, dryRun ? 'reader' : 'tool', async (register) => {
    const words = venueWords[shell.language].remove;
    const venue = await registeredPlace(register, typed, config.numbering.areaCode);
    const visits = await register.visitsAt(venue.number);
    const title = `${formatNational(venue.number)}  ${printable(venue.name ?? '')}`;
    await writeLine(shell.stdout, `${title}: ${words.atStake(visits, venue.issued)}`);
    if (dryRun) return exitCode.done;
    if (visits > 0) await confirm(shell, { command: 'venue', word: 'remove', yes });
    await recordChange(invocation, {
      command: 'venue remove',
      venues: [venue.number],
      change: () => register.removeVenue(venue),
      rows: 1,
    });
    await writeLine(shell.stdout, words.removed);
    return exitCode.done;
  });
}
