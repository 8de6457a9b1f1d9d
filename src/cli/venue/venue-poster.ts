import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { isContact } from '../../config/rules.ts';
import type { Records, Venue } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { configured } from '../configured.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { registeredPlace } from '../officer/places.ts';
import { withRegister } from '../register-of.ts';
import type { Invocation } from '../shell.ts';
import { type PosterPlace, writePosters } from './poster-files.ts';

interface PosterFlags {
  readonly all?: boolean;
  readonly output?: string;
  readonly single?: string;
  readonly line?: string;
  readonly contact?: string;
  readonly force?: boolean;
}

export async function makePosters(
  given: Invocation,
  numbers: readonly string[],
  flags: PosterFlags,
): Promise<ExitCode> {
  checkUsage(numbers, flags);
  const invocation = await configured(given);
  const { config, shell } = invocation;
  await requireOutside(shell, config.dataDir, flags.single ?? flags.output ?? '.');
  const common = {
    contact: contactOf(config, flags.contact),
    receiving: receivingNumber(config, flags.line),
    retentionMs: config.retention.periodMs,
  };
  const venues = await withRegister(invocation, 'reader', async (register) =>
    venuesOf(register, config, numbers),
  );
  await writePosters(shell, venues.flatMap(placesOf), common, flags);
  return exitCode.done;
}

function checkUsage(numbers: readonly string[], { all = false, output, single }: PosterFlags): void {
  if (all === numbers.length > 0) throw fault('poster.scope');
  if (output === undefined && single === undefined) throw fault('poster.output');
}

function contactOf(config: Config, given: string | undefined): string {
  const contact = (given ?? config.poster.contact ?? '').trim();
  if (contact === '') throw fault('poster.no-contact');
  if (!isContact(contact)) throw fault('poster.contact');
  return contact;
}

/** In national form, with hyphens. */
function receivingNumber(config: Config, name: string | undefined): string {
  const lines = config.lines.filter((line) => line.number !== null && (name ?? line.name) === line.name);
  const number = lines[0]?.number ?? null;
  if (number === null) throw fault('poster.no-number', { line: name ?? null });
  if (lines.length > 1)
    throw fault('poster.which-line', { lines: lines.map((line) => line.name).join(', ') });
  const canonical = parseVenue(number, config.numbering.areaCode);
  return canonical === null ? number : formatNational(canonical);
}

async function venuesOf(
  register: Records,
  config: Config,
  numbers: readonly string[],
): Promise<readonly Venue[]> {
  if (numbers.length > 0)
    return Promise.all(numbers.map((number) => registeredPlace(register, number, config.numbering.areaCode)));
  const all = await register.venues();
  if (all.length === 0) throw fault('venue.none');
  return all;
}

/** Places that share a number have a poster each. */
function placesOf({ number, issued, name, branches }: Venue): PosterPlace[] {
  return [{ name }, ...branches].map((place) => ({ number, issued, name: place.name }));
}
