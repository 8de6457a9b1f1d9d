import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type AppError, type ExitCode, exitCode, fault, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Register, Venue } from '../../store/register-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { posterWords } from '../../words/commands/poster-text.ts';
import { parseFileName } from '../option-values.ts';
import type { Invocation, Runner } from '../shell.ts';
import type { PosterPlace } from './poster-files.ts';

interface PosterFlags {
  readonly all?: boolean;
  readonly output?: string;
  readonly single?: string;
  readonly line?: string;
  readonly contact?: string;
  readonly force?: boolean;
}

export function defineVenuePoster(venue: Command, run: Runner, language: Language): void {
  const words = posterWords[language];
  venue
    .command('poster')
    .description(words.summary)
    .argument('[number...]', words.numbers)
    .option('--all', words.all)
    .option('--output <folder>', words.output, parseFileName)
    .addOption(new Option('--single <file>', words.single).argParser(parseFileName).conflicts('output'))
    .option('--line <name>', words.line)
    .option('--contact <text>', words.contact)
    .option('--force', words.force)
    .addHelpText('after', words.examples)
    .action(run(makePosters));
}

async function makePosters(
  invocation: Invocation,
  numbers: readonly string[],
  flags: PosterFlags,
): Promise<ExitCode> {
  checkUsage(numbers, flags);
  const { withRegister } = await import('./venue-register.ts');
  const { writePosters } = await import('./poster-files.ts');
  const { requireOutside } = await import('../officer/officer-file.ts');
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
  const { isContact } = await import('../../config/values.ts');
  const contact = (given ?? config.poster.contact ?? '').trim();
  if (contact === '') throw fault('poster.no-contact');
  if (isContact(contact)) return contact;
  throw fault('poster.contact');
}

/** As people of the country type it. */
async function receivingNumber(config: Config, name: string | undefined): Promise<string> {
  const { parseVenue } = await import('../../visits/resolve.ts');
  const { formatNational } = await import('../../visits/phone-number.ts');
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
  const { registeredVenue } = await import('./venue-register.ts');
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
