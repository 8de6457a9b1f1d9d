import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { countsWords } from '../../words/commands/counts.ts';
import { summaries } from '../../words/commands/program.ts';
import { collect, parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineCounts(program: Command, run: Runner, language: Language): void {
  const words = countsWords[language];
  program
    .command('counts')
    .description(summaries[language].counts)
    .requiredOption('--from <time>', words.from)
    .option('--to <time>', words.to, 'now')
    .option('--by <list>', words.by, 'day')
    .option('--venue <number>', words.venue, collect)
    .option('--line <name>', words.line)
    .addOption(new Option('--format <format>', words.format).choices(['table', 'csv', 'json']))
    .option('--output <file>', words.output, parseFileName, '-')
    .option('--force', words.force)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./run.ts')).showCounts));
}
