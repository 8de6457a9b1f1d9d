import { AppError, fault, systemCodeOf } from '../../base/errors.ts';

/** The first pattern that matches the code of SQLite or of the system decides. */
const codes = [
  { pattern: /^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/, code: 'register.disk-full' },
  { pattern: /^SQLITE_(?:BUSY|LOCKED)/, code: 'register.busy' },
  { pattern: /^(?:SQLITE_CORRUPT|SQLITE_NOTADB)/, code: 'register.corrupt' },
  { pattern: /^(?:SQLITE_READONLY|EROFS|EACCES|EPERM)/, code: 'register.read-only' },
  { pattern: /^(?:SQLITE_IOERR|SQLITE_CANTOPEN|E[A-Z]+$)/, code: 'register.io' },
] as const;

/**
 * The fault that stands for an error of SQLite or of the system; an `AppError` and anything else pass unchanged.
 * SQLite's own message is left out: it may quote the row that it was working on.
 */
export function registerError(thrown: unknown): unknown {
  if (thrown instanceof AppError) return thrown;
  const cause = systemCodeOf(thrown);
  const known = cause === null ? undefined : codes.find(({ pattern }) => pattern.test(cause));
  return known === undefined ? thrown : fault(known.code, { cause }, { cause: thrown });
}

/** Runs `act`; an error comes out as `registerError` says. */
export function guarded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw registerError(error);
  }
}
