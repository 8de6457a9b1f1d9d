import { readFileSync } from 'node:fs';
import type { Language } from '../words/bilingual.ts';
import { configIn, defaultConfig } from './command-line.ts';

/**
 * The language that the configuration names (`[general] language`); null if it names none, or cannot be read. It is asked
 * before help and errors are written, whatever else is wrong with the file, and most files are not parsed for it.
 */
export async function usualLanguage(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Language | null> {
  try {
    const text = readFileSync(configIn(args) ?? (env.VISITLOG_CONFIG || defaultConfig), 'utf8');
    if (!/^\s*(?:general\s*\.\s*)?language\s*=/m.test(text) && !/^\s*general\s*=/m.test(text)) return null;
    const { parse } = await import('smol-toml');
    const { general } = parse(text);
    const isTable = typeof general === 'object' && general !== null && 'language' in general;
    const named = isTable ? general.language : null;
    return named === 'ko' || named === 'en' ? named : null;
  } catch {
    // Whoever loads it reports what is wrong.
    return null;
  }
}
