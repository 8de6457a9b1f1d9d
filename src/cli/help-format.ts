import type { HelpConfiguration, Option } from 'commander';
import type { Language } from '../words/bilingual.ts';
import { programWords } from '../words/commands/program.ts';

/** How help is laid out: headings and notes in the language of the reader, columns as a terminal shows Hangul. */
export async function helpFormat(language: Language): Promise<HelpConfiguration> {
  const words = programWords[language];
  const headings: Readonly<Record<string, string>> = {
    'Usage:': words.usage,
    'Options:': words.options,
    'Commands:': words.commands,
    'Arguments:': words.arguments,
  };
  return {
    styleTitle: (title) => headings[title] ?? title,
    styleUsage: inUsage,
    styleSubcommandTerm: inUsage,
    argumentDescription: ({ description, argChoices }) =>
      [description, ...(argChoices ? [`(${words.choices(argChoices.join(', '))})`] : [])].join(' '),
    optionDescription: (option) => [option.description, notesOn(option)].filter(Boolean).join(' '),
    // English is as wide as it is long, and its help starts without another module.
    ...(language === 'ko' ? { displayWidth: (await import('string-width')).default } : {}),
  };

  /** What commander itself writes into a usage line. */
  function inUsage(text: string): string {
    return text.replace('[options]', words.someOptions).replace('[command]', words.someCommand);
  }

  function notesOn(option: Option): string {
    const notes = [
      ...(option.argChoices ? [words.choices(option.argChoices.join(', '))] : []),
      ...(option.defaultValue === undefined || option.isBoolean() ? [] : [words.default(shown(option))]),
    ];
    return notes.length === 0 ? '' : `(${notes.join('; ')})`;
  }
}

function shown(option: Option): string {
  return option.defaultValueDescription ?? String(option.defaultValue);
}
