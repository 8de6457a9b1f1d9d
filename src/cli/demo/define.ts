import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { demoWords } from '../../words/commands/demo.ts';
import { summaries } from '../../words/commands/program.ts';
import { addFaultOptions } from '../fault-options.ts';
import { parseCount, parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineDemo(program: Command, run: Runner, language: Language): void {
  const words = demoWords[language];
  const command = program
    .command('demo')
    .description(summaries[language].demo)
    .option('--texts <number>', words.texts, parseCount)
    .addOption(new Option('--city', words.city).conflicts(['fault', 'faultFile']))
    .option('--data <folder>', words.data, parseFileName)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).demo));
  addFaultOptions(command, language);
}
