/** The exit codes of the command line (SPEC.md, Commands). */
export const exitCode = { done: 0, failed: 1, usage: 2, refused: 3, nothing: 4 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export interface AppErrorDetail {
  /** What the reader can do about it: one imperative sentence. */
  readonly hint?: string;
  /** Facts for the log and for `--json`; never a visitor's number or words. */
  readonly context?: Readonly<Record<string, string | number | boolean | null>>;
  /** How the command ends; 1 (failed while working) unless said. */
  readonly exit?: ExitCode;
  readonly cause?: unknown;
}

/**
 * The one kind of error that this program makes on purpose.
 * `code` is stable and dotted (`keyring.missing`): programs, log searches and the error pages know it.
 */
export class AppError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly context: Readonly<Record<string, string | number | boolean | null>>;
  readonly exit: ExitCode;

  constructor(code: string, message: string, detail: AppErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = detail.hint;
    this.context = detail.context ?? {};
    this.exit = detail.exit ?? exitCode.failed;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of a system or database error (`ENOSPC`, `SQLITE_FULL`), or null. */
export function systemCodeOf(thrown: unknown): string | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
