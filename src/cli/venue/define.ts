import { type Command, Option } from 'commander';
import { fault } from '../../base/errors.ts';
import type { Language } from '../../words/bilingual.ts';
import {
  type PosterLanguage,
  posterLanguages,
  posterWords,
  usualLanguages,
} from '../../words/commands/poster-text.ts';
import { summaries } from '../../words/commands/program.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineVenue(program: Command, run: Runner, language: Language): void {
  const venue = program.command('venue').description(summaries[language].venue);
  venue.addHelpText('after', venueWords[language].list.examples);
  defineAdd(venue, run, language);
  defineImport(venue, run, language);
  defineList(venue, run, language);
  defineShow(venue, run, language);
  defineSilent(venue, run, language);
  defineRemove(venue, run, language);
  defineIssue(venue, run, language);
  definePoster(venue, run, language);
}

function defineAdd(venue: Command, run: Runner, language: Language): void {
  const { add: words, number } = venueWords[language];
  venue
    .command('add')
    .description(words.summary)
    .argument('<number>', number)
    .requiredOption('--name <text>', words.name)
    .option('--address <text>', words.address)
    .option('--branch', words.branch)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-add.ts')).addVenue));
}

function defineImport(venue: Command, run: Runner, language: Language): void {
  const words = venueImportWords[language];
  venue
    .command('import')
    .description(words.summary)
    .argument('[file]', words.file)
    .option('--columns <list>', words.columns)
    .option('--branch', words.branch)
    .option('--include-closed', words.includeClosed)
    .option('--replace', words.replace)
    .option('--undo', words.undo.option)
    .option('--yes', venueWords[language].yes)
    .option('--dry-run', venueWords[language].dryRun)
    .option('--rejects <file>', words.rejects, parseFileName)
    .option('--force', words.force)
    .option('--json', words.json)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-import.ts')).importVenues));
}

function defineList(venue: Command, run: Runner, language: Language): void {
  const { list: words, json } = venueWords[language];
  venue
    .command('list')
    .description(words.summary)
    .option('--search <text>', words.search)
    .option('--unregistered', venueWords[language].list.unregistered.option)
    .option('--json', json)
    .addOption(
      new Option('--format <format>', words.format).choices(['table', 'csv', 'json']).default('table'),
    )
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-list.ts')).listVenues));
}

function defineShow(venue: Command, run: Runner, language: Language): void {
  const { show: words, number, jsonOne } = venueWords[language];
  venue
    .command('show')
    .description(words.summary)
    .argument('<number>', number)
    .option('--json', jsonOne)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-list.ts')).showVenue));
}

function defineSilent(venue: Command, run: Runner, language: Language): void {
  const { silent: words, list, json } = venueWords[language];
  venue
    .command('silent')
    .description(words.summary)
    .option('--for <duration>', words.span, '7d')
    .option('--json', json)
    .addOption(
      new Option('--format <format>', list.format).choices(['table', 'csv', 'json']).default('table'),
    )
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-silent.ts')).listSilent));
}

function defineRemove(venue: Command, run: Runner, language: Language): void {
  const { remove: words, number, dryRun, yes } = venueWords[language];
  const { columns } = venueImportWords[language];
  venue
    .command('remove')
    .description(words.summary)
    .argument('[number...]', number)
    .option('--file <file>', words.file, parseFileName)
    .option('--columns <list>', columns)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-remove.ts')).removeVenues));
}

function defineIssue(venue: Command, run: Runner, language: Language): void {
  const { issue: words, add, json, dryRun } = venueWords[language];
  const { columns } = venueImportWords[language];
  venue
    .command('issue')
    .description(words.summary)
    .option('--name <text>', add.name)
    .option('--address <text>', add.address)
    .option('--missing <file>', words.missing, parseFileName)
    .option('--columns <list>', columns)
    .option('--output <file>', words.output, parseFileName, '-')
    .option('--posters <file>', words.posters, parseFileName)
    .option('--line <name>', posterWords[language].line)
    .option('--contact <text>', posterWords[language].contact)
    .option('--issuer <text>', posterWords[language].issuer)
    .option('--force', words.force)
    .option('--dry-run', dryRun)
    .option('--json', json)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-issue.ts')).issueVenue));
}

/** `en,vi`, or `none`. Error: `poster.languages`. */
function parseLanguages(text: string): PosterLanguage[] {
  const given = text.split(',').map((word) => word.trim());
  if (given.length === 1 && given[0] === 'none') return [];
  const known = posterLanguages.filter((language) => given.includes(language));
  if (known.length !== given.length)
    throw fault('poster.languages', { given: text, known: posterLanguages.join(', ') });
  return known;
}

function definePoster(venue: Command, run: Runner, language: Language): void {
  const words = posterWords[language];
  venue
    .command('poster')
    .description(words.summary)
    .argument('[number...]', words.numbers)
    .option('--all', words.all)
    .option('--search <text>', words.search)
    .option('--file <file>', words.file, parseFileName)
    .option('--columns <list>', words.columns)
    .option('--output <folder>', words.output, parseFileName)
    .addOption(new Option('--single <file>', words.single).argParser(parseFileName).conflicts('output'))
    .option('--line <name>', words.line)
    .option('--contact <text>', words.contact)
    .option('--issuer <text>', words.issuer)
    .option('--logo <file>', words.logo, parseFileName)
    .addOption(
      new Option('--languages <list>', words.languages)
        .argParser(parseLanguages)
        .default(usualLanguages, usualLanguages.join(',')),
    )
    .option('--force', words.force)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./venue-poster.ts')).makePosters));
}
