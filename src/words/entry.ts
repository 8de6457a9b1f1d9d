import type { Facts } from '../base/errors.ts';
import { printable } from '../base/printable.ts';
import type { Language } from './bilingual.ts';

/** What a reader sees: the fact, and one imperative sentence on what to do. */
export interface Said {
  readonly message: string;
  readonly hint?: string;
}

/** The message alone, or the message and the hint. The facts are safe to print; `cause()` is what a fault's cause says. */
type Wording<F> = (facts: F, cause: () => Said) => string | readonly [message: string, hint: string];

/** The words of one entry of a table, made from its facts. */
export type Worded<F> = Readonly<Record<Language, Wording<F>>>;

/** The facts of each entry of a table, by its id. */
export type FactsIn<Table> = {
  readonly [Id in keyof Table]: Table[Id] extends Worded<infer F> ? F : never;
};

/** The words of one entry with these facts. */
export function sayEntry(
  entry: Worded<never>,
  language: Language,
  facts: Facts,
  sayCause: () => Said = () => ({ message: '' }),
): Said {
  const safe = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? printable(value) : value,
    ]),
  );
  const said = entry[language](safe as never, sayCause);
  if (typeof said === 'string') return { message: said };
  const [message, hint] = said;
  return { message, hint };
}
