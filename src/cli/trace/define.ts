import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { summaries } from '../../words/commands/program.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { addOfficerFileOptions } from '../officer/officer-options.ts';
import { collect, collectUnwritten } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineTrace(program: Command, run: Runner, language: Language): void {
  const words = traceWords[language];
  const command = program
    .command('trace')
    .description(summaries[language].trace)
    .requiredOption('--visitor <number>', words.visitor, collectUnwritten)
    .requiredOption('--from <time>', words.from)
    .option('--to <time>', words.to, 'now')
    .option('--margin <duration>', words.margin, '30m')
    .option('--same-person', words.samePerson)
    .option('--venue <number>', words.venue, collect)
    .addOption(new Option('--depth <steps>', words.depth).choices(['1', '2']).default('1'))
    .option('--no-near', officerFileWords[language].noNear)
    .option('--summary', words.summary);
  addOfficerFileOptions(command, language)
    .option('--reveal', words.reveal)
    .option('--reason <text>', words.reason)
    .option('--case <number>', words.case)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./run.ts')).traceCases));
}
