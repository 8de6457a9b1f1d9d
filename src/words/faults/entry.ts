import type { ExitName, Facts } from '../../base/errors.ts';

/** The languages that people are spoken to in. */
export type Language = 'en' | 'ko';

/** What a reader is told of a fault: what is wrong and where, and one imperative sentence on what to do. */
export interface Said {
  readonly message: string;
  readonly hint?: string;
}

/** The message alone, or the message and the hint. The values are safe to print; `cause()` is what the fault's cause says. */
export type Wording<F> = (facts: F, cause: () => Said) => string | readonly [message: string, hint: string];

export interface FaultEntry<F extends object = Facts> {
  /** How a command that meets it ends. */
  readonly exit: ExitName;
  /** What the audit log calls an act that ended with it; by `exit` unless given. */
  readonly outcome?: 'interrupted';
  readonly en: Wording<F>;
  readonly ko: Wording<F>;
}

/** One fault with the facts that its words and its log line need. */
export function entry<F extends object = Record<string, never>>(words: FaultEntry<F>): FaultEntry<F> {
  return words;
}

/** What `FaultFacts` is extended with, for a table of entries. */
export type FactsIn<Table> = {
  readonly [Code in keyof Table]: Table[Code] extends FaultEntry<infer F> ? F : never;
};
