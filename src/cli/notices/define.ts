import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { keptTextWords } from '../../words/commands/kept-texts.ts';
import { summaries } from '../../words/commands/program.ts';
import { addListOptions, addShowOptions } from '../officer/kept-text-options.ts';
import type { Runner } from '../shell.ts';

export function defineNotices(program: Command, run: Runner, language: Language): void {
  const words = keptTextWords[language].noticesHelp;
  const notices = program.command('notices').description(summaries[language].notices);
  notices.addHelpText('after', words.listAfter);
  addListOptions(notices.command('list').description(words.list), language)
    .addHelpText('after', words.listAfter)
    .action(run(async () => (await import('./run.ts')).listNotices));
  addShowOptions(notices.command('show').description(words.show), language)
    .addHelpText('after', words.showAfter)
    .action(run(async () => (await import('./run.ts')).showNotice));
}
