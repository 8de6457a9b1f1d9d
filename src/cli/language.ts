import type { Language } from '../words/bilingual.ts';

/**
 * The language of what people read: `--lang`, else the locale as POSIX orders its variables. It is read before the
 * command line is parsed, because help and usage errors are in it.
 */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const given = langOption(args);
  if (given === 'ko' || given === 'en') return given;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ko(?:[_.@]|$)/i.test(locale) ? 'ko' : 'en';
}

function langOption(args: readonly string[]): string | undefined {
  const index = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const arg = args[index];
  return arg?.startsWith('--lang=') ? arg.slice('--lang='.length) : args[index + 1];
}
