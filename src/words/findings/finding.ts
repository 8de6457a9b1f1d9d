import type { Worded } from '../entry.ts';

/**
 * - `fail`: texts will not arrive, the gateway will not run, or officers cannot work
 * - `warn`: it works, and will go wrong some day
 * - `note`: worth knowing
 * - `ok`: looked at, and well
 */
export type Severity = 'fail' | 'warn' | 'note' | 'ok';

/** What was found, and as hint what to do about it. */
export interface FindingEntry<F extends object> extends Worded<F> {
  readonly severity: Severity | ((facts: F) => Severity);
}

/** One finding of `doctor` with the facts that its words name. */
export function finding<F extends object = Record<string, never>>(words: FindingEntry<F>): FindingEntry<F> {
  return words;
}
