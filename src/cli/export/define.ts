import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { exportWords } from '../../words/commands/counts.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { summaries } from '../../words/commands/program.ts';
import { addOfficerFileOptions } from '../officer/officer-options.ts';
import { collect } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineExport(program: Command, run: Runner, language: Language): void {
  const words = exportWords[language];
  const command = program
    .command('export')
    .description(summaries[language].export)
    .requiredOption('--from <time>', words.from)
    .option('--to <time>', words.to, 'now')
    .option('--venue <number>', words.venue, collect)
    .option('--line <name>', words.line)
    .option('--no-near', officerFileWords[language].noNear)
    // Near misses are there anyway; command lines of before still have it.
    .addOption(new Option('--include-unresolved', words.includeUnresolved).hideHelp());
  addOfficerFileOptions(command, language)
    .option('--reveal', words.reveal)
    .option('--reason <text>', words.reason)
    .option('--case <number>', words.case)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./run.ts')).exportVisits));
}
