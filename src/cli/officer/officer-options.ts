import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { collect, parseFileName, parsePassword } from '../option-values.ts';

/** Gives a command the options of every file that an officer may ask for. */
export function addOfficerFileOptions(command: Command, language: Language): Command {
  const words = officerFileWords[language];
  return command
    .addOption(
      new Option('--format <format>', words.format).choices(['csv', 'xlsx', 'jsonl', 'numbers', 'table']),
    )
    .addOption(new Option('--encoding <name>', words.encoding).choices(['utf-8', 'cp949']).default('utf-8'))
    .option('--output <file>', words.output, parseFileName, '-')
    .option('--columns <list>', words.columns)
    .option('--force', words.force)
    .addOption(
      new Option('--password <source>', words.passwordOption).argParser(parsePassword).conflicts('encryptTo'),
    )
    .option('--encrypt-to <recipient>', words.encryptTo, collect);
}
