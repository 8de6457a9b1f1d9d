import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { addListOptions, addShowOptions } from '../officer/kept-text-options.ts';
import type { Runner } from '../shell.ts';

export function defineUnresolved(program: Command, run: Runner, language: Language): void {
  const unresolved = program.command('unresolved').description(summaries[language].unresolved);
  unresolved.addHelpText('after', unresolvedWords[language].list.examples);
  defineList(unresolved, run, language);
  defineShow(unresolved, run, language);
  defineAssign(unresolved, run, language);
  defineReassign(unresolved, run, language);
  defineUnassign(unresolved, run, language);
  defineDiscard(unresolved, run, language);
}

function defineList(unresolved: Command, run: Runner, language: Language): void {
  const { list: words } = unresolvedWords[language];
  addListOptions(unresolved.command('list').description(words.summary), language)
    .option('--assigned', words.assigned)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./unresolved-texts.ts')).listUnresolved));
}

function defineShow(unresolved: Command, run: Runner, language: Language): void {
  const { show: words } = unresolvedWords[language];
  addShowOptions(unresolved.command('show').description(words.summary), language)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./unresolved-texts.ts')).showUnresolved));
}

function defineAssign(unresolved: Command, run: Runner, language: Language): void {
  const { assign: words, allLike, reason, dryRun, yes, idOne } = unresolvedWords[language];
  unresolved
    .command('assign')
    .usage('[options] <id...> <venue>')
    .description(words.summary)
    .argument('<id...>', words.targets)
    .option('--all-like <id>', `${allLike} (${idOne})`)
    .option('--reason <text>', reason)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./unresolved-assign.ts')).assignUnresolved));
}

function defineReassign(unresolved: Command, run: Runner, language: Language): void {
  const { reassign: words, reason, dryRun, yes } = unresolvedWords[language];
  unresolved
    .command('reassign')
    .usage('[options] <id...> <venue>')
    .description(words.summary)
    .argument('<id...>', words.targets)
    .option('--reason <text>', reason)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./change-assigned.ts')).reassign));
}

function defineUnassign(unresolved: Command, run: Runner, language: Language): void {
  const { unassign: words, reason, dryRun, yes } = unresolvedWords[language];
  unresolved
    .command('unassign')
    .description(words.summary)
    .argument('<id...>', words.id)
    .option('--reason <text>', reason)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./change-assigned.ts')).unassign));
}

function defineDiscard(unresolved: Command, run: Runner, language: Language): void {
  const { discard: words, id, reason, dryRun, yes } = unresolvedWords[language];
  unresolved
    .command('discard')
    .description(words.summary)
    .argument('<id...>', id)
    .option('--reason <text>', reason)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(async () => (await import('./unresolved-discard.ts')).discardUnresolved));
}
