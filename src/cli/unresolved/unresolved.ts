import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import type { Runner } from '../shell.ts';
import { defineUnresolvedAssign, defineUnresolvedDiscard } from './unresolved-assign.ts';
import { defineUnresolvedList } from './unresolved-list.ts';
import { defineUnresolvedShow } from './unresolved-show.ts';

export function defineUnresolved(program: Command, run: Runner, language: Language): void {
  const unresolved = program.command('unresolved').description(summaries[language].unresolved);
  unresolved.addHelpText('after', unresolvedWords[language].list.examples);
  defineUnresolvedList(unresolved, run, language);
  defineUnresolvedShow(unresolved, run, language);
  defineUnresolvedAssign(unresolved, run, language);
  defineUnresolvedDiscard(unresolved, run, language);
}
