/** The exit codes of the command line (docs/SPEC.md, Commands). */
export const exitCode = { done: 0, failed: 1, usage: 2, refused: 3, nothing: 4 } as const;
export type ExitName = keyof typeof exitCode;
export type ExitCode = (typeof exitCode)[ExitName];

/** What a fault names: for its words, the log and `--json`. Never a visitor's number or words. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The facts of each fault by its code. It is empty here: the tables in `words/faults` extend it, so that a code
 * without words in both languages, or with a fact too few, does not compile, and no room has to import the words.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the tables extend it
export interface FaultFacts {}
export type FaultCode = keyof FaultFacts;

/**
 * The one kind of error that this program makes on purpose: a code and its facts.
 * `code` is stable and dotted (`keyring.missing`): programs, log searches and the error pages know it. The words for
 * a reader and the exit code stand in `words/faults`; `message` is for stack traces only.
 */
export class AppError extends Error {
  readonly code: string;
  readonly facts: Facts;

  constructor(code: string, facts: Facts = {}, options: ErrorOptions = {}) {
    super(Object.keys(facts).length === 0 ? code : `${code} ${JSON.stringify(facts)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }
}

/** A fault without facts takes its code alone. */
type FactsOf<C extends FaultCode> =
  Record<never, never> extends FaultFacts[C]
    ? [facts?: FaultFacts[C], options?: ErrorOptions]
    : [facts: FaultFacts[C], options?: ErrorOptions];

/** The error of `code`, to be thrown. */
export function fault<C extends FaultCode>(code: C, ...[facts, options]: FactsOf<C>): AppError {
  return new AppError(code, (facts as Facts | undefined) ?? {}, options);
}

/** The code of a fault, else of a system or database error (`ENOSPC`, `SQLITE_FULL`), else `internal`. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof AppError ? thrown.code : (systemCodeOf(thrown) ?? 'internal');
}

/** The `code` of a system or database error (`ENOSPC`, `SQLITE_FULL`), or null. */
export function systemCodeOf(thrown: unknown): string | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
