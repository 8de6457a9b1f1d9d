import type { Language } from '../../src/words/bilingual.ts';
import type { Worded } from '../../src/words/entry.ts';

/** Facts of any name, each with `<name>` as its value, so that an entry can be worded without its call site. */
const anyFacts = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? `<${name}>` : undefined) });

/** Message and hint of an entry, with `<name>` for each fact. */
export function wordsOf(entry: Worded<never>, language: Language): string {
  return [entry[language](anyFacts as never, () => ({ message: '' }))].flat().join(' ');
}

/** The facts that a text names, in order. */
export function factsIn(text: string): string[] {
  return [...new Set(text.match(/<\w+>/g))].sort();
}
