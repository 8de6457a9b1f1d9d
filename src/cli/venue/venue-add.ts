import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { isIssuedCodeForm } from '../../visits/issued-code.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { mergeVenue } from '../../visits/venue-list/merge-venue.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { configured } from '../configured.ts';
import { placeNumber } from '../officer/places.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { changeLine } from './venue-change-text.ts';
import { receivingNumbers, recordChange, refuseOnSite, requireShort } from './venue-record.ts';

interface AddFlags {
  readonly name?: string;
  readonly address?: string;
  readonly branch?: boolean;
}

export async function addVenue(given: Invocation, typed: string, flags: AddFlags): Promise<ExitCode> {
  requireShort(flags);
  const invocation = await configured(given);
  const { shell, config } = invocation;
  refuseOnSite(invocation, 'venue add');
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
