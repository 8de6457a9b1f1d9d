import { Argument, type Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { completionWords, summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';
import type { LiveKind } from './command-tree.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export function defineCompletion(program: Command, run: Runner, language: Language): void {
  const words = completionWords[language];
  program
    .command('completion')
    .description(summaries[language].completion)
    .addArgument(new Argument('<shell>', words.shell).choices(shells))
    .addHelpText('after', words.help)
    .action(run(async () => (await import('./run.ts')).completion));
}

const kinds = ['lines', 'venues', 'pages', 'families', 'faults'] as const satisfies readonly LiveKind[];

/** What the completion scripts ask at a TAB. People do not type it, so help does not show it. */
export function defineComplete(program: Command, run: Runner): void {
  program
    .command('complete', { hidden: true })
    .addArgument(new Argument('<kind>').choices(kinds))
    .argument('[prefix]')
    .action(run(async () => (await import('./complete.ts')).complete));
}
