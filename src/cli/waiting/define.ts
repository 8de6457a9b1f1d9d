import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { keptTextWords } from '../../words/commands/kept-texts.ts';
import { summaries } from '../../words/commands/program.ts';
import { addListOptions, addShowOptions } from '../officer/kept-text-options.ts';
import type { Runner } from '../shell.ts';

export function defineWaiting(program: Command, run: Runner, language: Language): void {
  const words = keptTextWords[language].waitingHelp;
  const waiting = program.command('waiting').description(summaries[language].waiting);
  waiting.addHelpText('after', words.listAfter);
  addListOptions(waiting.command('list').description(words.list), language)
    .addHelpText('after', words.listAfter)
    .action(run(async () => (await import('./run.ts')).listWaiting));
  addShowOptions(waiting.command('show').description(words.show), language)
    .addHelpText('after', words.showAfter)
    .action(run(async () => (await import('./run.ts')).showWaiting));
}
