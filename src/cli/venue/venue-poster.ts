import { resolve } from 'node:path';
import { type AppError, type ExitCode, exitCode, fault, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { isContact } from '../../config/rules.ts';
import type { Register, Venue } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { requireOutside } from '../officer/officer-file.ts';
import type { Invocation } from '../shell.ts';
import { type PosterPlace, writePosters } from './poster-files.ts';
import { registeredVenue, withRegister } from './venue-register.ts';

interface PosterFlags {
  readonly all?: boolean;
  readonly output?: string;
  readonly single?: string;
  readonly line?: string;
  readonly contact?: string;
  readonly force?: boolean;
}

export async function makePosters(
  invocation: Invocation,
  numbers: readonly string[],
  flags: PosterFlags,
): Promise<ExitCode> {
  checkUsage(numbers, flags);
  return withRegister(invocation, 'reader', async ({ config, register }) => {
    await requireOutside(config.dataDir, resolve(flags.single ?? flags.output ?? ''));
    const told = {
      contact: await contactOf(config, flags.contact),
      receiving: await receivingNumber(config, flags.line),
      retentionMs: config.retention.periodMs,
    };
    const places = (await venuesOf(register, config, numbers)).flatMap(placesOf);
    await writePosters(invocation.shell, places, told, flags);
    return exitCode.done;
  });
}

function checkUsage(numbers: readonly string[], { all = false, output, single }: PosterFlags): void {
  if (all === numbers.length > 0) throw fault('poster.scope');
  if (output === undefined && single === undefined) throw fault('poster.output');
}

async function contactOf(config: Config, given: string | undefined): Promise<string> {
  const contact = (given ?? config.poster.contact ?? '').trim();
  if (contact === '') throw fault('poster.no-contact');
  if (isContact(contact)) return contact;
  throw fault('poster.contact');
}

/** As people of the country type it. */
async function receivingNumber(config: Config, name: string | undefined): Promise<string> {
  const lines = config.lines.filter((line) => line.number !== null && (name ?? line.name) === line.name);
  const numbers = new Set(lines.map(({ number }) => number ?? ''));
  const [number] = numbers;
  if (number === undefined) throw noNumber(name);
  if (numbers.size > 1)
    throw fault('poster.which-line', { lines: lines.map((line) => line.name).join(', ') });
  const canonical = parseVenue(number, config.numbering.areaCode);
  return canonical === null ? number : formatNational(canonical);
}

function noNumber(name: string | undefined): AppError {
  return fault('poster.no-number', { line: name ?? null });
}

async function venuesOf(
  register: Register,
  config: Config,
  numbers: readonly string[],
): Promise<readonly Venue[]> {
  if (numbers.length > 0)
    return numbers.map((number) => registeredVenue(register, number, config.numbering.areaCode));
  const all = register.venues();
  if (all.length > 0) return all;
  throw new WordedError('venue.none', 'no place is registered', {
    hint: 'Register places with `visitlog venue import FILE.csv` or `visitlog venue add`.',
    exit: exitCode.nothing,
  });
}

/** Places that share a number have a poster each. */
function placesOf({ number, issued, name, branches }: Venue): PosterPlace[] {
  return [{ name }, ...branches].map((place) => ({ number, issued, name: place.name }));
}
