import type { ExitName, Facts } from '../../base/errors.ts';
import type { Worded } from '../entry.ts';

export type { FactsIn } from '../entry.ts';

/** One fault: how a command ends that meets it, and its words in both languages. */
export interface FaultEntry<F extends object = Facts> extends Worded<F> {
  /** Of the facts if they decide. */
  readonly exit: ExitName | ((facts: F) => ExitName);
  /** What the audit log calls an act that ended with it; by `exit` unless given. */
  readonly outcome?: 'interrupted';
}

/** One fault with the facts that its words and its log line need. */
export function entry<F extends object = Record<string, never>>(words: FaultEntry<F>): FaultEntry<F> {
  return words;
}
