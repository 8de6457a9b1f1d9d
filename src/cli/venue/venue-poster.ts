import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AppError, type ExitCode, exitCode } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Register, Venue } from '../../store/register-types.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { parseFileName } from '../option-values.ts';
import type { Language } from '../words/bilingual.ts';
import { posterWords } from '../words/poster.ts';
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
  const { requireOutside } = await import('../officer/outside-data-dir.ts');
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
  if (all === numbers.length > 0)
    throw new AppError('poster.scope', 'either the numbers of places are needed, or --all', {
      hint: 'Such as `visitlog venue poster 031-324-2114 --output ./posters`.',
      exit: exitCode.usage,
    });
  if (output === undefined && single === undefined)
    throw new AppError('poster.output', 'it is not said where the posters go', {
      hint: 'Give --output FOLDER for a file for each place, or --single FILE for one with all of them.',
      exit: exitCode.usage,
    });
}

async function contactOf(config: Config, given: string | undefined): Promise<string> {
  const { isContact } = await import('../../config/values.ts');
  const contact = (given ?? config.poster.contact ?? '').trim();
  if (contact === '')
    throw new AppError(
      'poster.no-contact',
      'it is not said whom visitors ask, which every poster must tell',
      {
        hint: 'Give --contact, or set contact under [poster] in the configuration.',
        exit: exitCode.usage,
      },
    );
  if (isContact(contact)) return contact;
  throw new AppError('poster.contact', 'what was given as --contact does not fit on a poster', {
    hint: 'One line of at most 80 characters is allowed.',
    exit: exitCode.usage,
  });
}

/** As people of the country type it. */
async function receivingNumber(config: Config, name: string | undefined): Promise<string> {
  const { parseVenue } = await import('../../visits/parse-venue.ts');
  const { formatNational } = await import('../../visits/phone-number.ts');
  const lines = config.lines.filter((line) => line.number !== null && (name ?? line.name) === line.name);
  const numbers = new Set(lines.map(({ number }) => number ?? ''));
  const [number] = numbers;
  if (number === undefined) throw noNumber(name);
  if (numbers.size > 1)
    throw new AppError('poster.which-line', 'several lines have a receiving number', {
      hint: `Choose one with --line: ${lines.map((line) => line.name).join(', ')}.`,
      context: { lines: lines.map((line) => line.name).join(', ') },
      exit: exitCode.usage,
    });
  const canonical = parseVenue(number, config.numbering.areaCode);
  return canonical === null ? number : formatNational(canonical);
}

function noNumber(name: string | undefined): AppError {
  const which = name === undefined ? 'no line has' : `there is no line ${JSON.stringify(name)} with`;
  return new AppError('poster.no-number', `${which} a receiving number in the configuration`, {
    hint: 'Set the number that visitors text to as number under [[line]].',
    context: { line: name ?? null },
    exit: exitCode.usage,
  });
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
  throw new AppError('venue.none', 'no place is registered', {
    hint: 'Register places with `visitlog venue import FILE.csv` or `visitlog venue add`.',
    exit: exitCode.nothing,
  });
}

/** Places that share a number have a poster each. */
function placesOf({ number, issued, name, branches }: Venue): PosterPlace[] {
  return [{ name }, ...branches].map((place) => ({ number, issued, name: place.name }));
}
