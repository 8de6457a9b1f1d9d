import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { keptTextWords } from '../../words/commands/kept-texts.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';

/** Gives a `list` the options of every list of texts. */
export function addListOptions(command: Command, language: Language): Command {
  const { format, json, reason } = keptTextWords[language];
  const { from, to } = unresolvedWords[language];
  return command
    .option('--from <time>', from)
    .option('--to <time>', to)
    .option('--reason <text>', reason)
    .addOption(new Option('--format <format>', format).choices(['table', 'csv', 'json']).default('table'))
    .option('--json', json);
}

/** Gives a `show` the options of every command that shows one text. */
export function addShowOptions(command: Command, language: Language): Command {
  const { reason, reveal, showJson, idOne } = keptTextWords[language];
  return command
    .argument('<id>', idOne)
    .option('--reason <text>', reason)
    .option('--reveal', reveal)
    .option('--json', showJson);
}
