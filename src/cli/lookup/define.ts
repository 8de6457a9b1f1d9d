import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { lookupWords } from '../../words/commands/lookup.ts';
import { summaries } from '../../words/commands/program.ts';
import { parseUnwritten } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineLookup(program: Command, run: Runner, language: Language): void {
  const words = lookupWords[language];
  program
    .command('lookup')
    .description(summaries[language].lookup)
    .argument('<number>', words.number, parseUnwritten)
    .option('--from <time>', words.from, '-3d')
    .option('--reason <text>', words.reason)
    .option('--case <number>', words.case)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).lookUp));
}
