import { AppError, systemCodeOf, type WordedDetail, WordedError } from '../../base/errors.ts';

interface Kind {
  readonly pattern: RegExp;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const kinds: readonly Kind[] = [
  {
    pattern: /^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/,
    code: 'register.disk-full',
    message: 'there is no room on the disk for the register',
    hint: 'Free some space under data_dir; nothing else has to be done.',
  },
  {
    pattern: /^SQLITE_(?:BUSY|LOCKED)/,
    code: 'register.busy',
    message: 'another process is writing to the register',
    hint: 'Try again in a moment.',
  },
  {
    pattern: /^(?:SQLITE_CORRUPT|SQLITE_NOTADB)/,
    code: 'register.corrupt',
    message: 'the register is damaged, or is no SQLite database',
    hint: 'Stop the gateway, keep the files as they are, and put a backup of register.sqlite in place.',
  },
  {
    pattern: /^(?:SQLITE_READONLY|EROFS|EACCES|EPERM)/,
    code: 'register.read-only',
    message: 'the register cannot be written to',
    hint: 'Check owner and mode of data_dir, and whether the disk is mounted read-only.',
  },
  {
    pattern: /^(?:SQLITE_IOERR|SQLITE_CANTOPEN|E[A-Z]+$)/,
    code: 'register.io',
    message: 'reading or writing the register failed',
    hint: 'Check the disk that holds data_dir.',
  },
];

/**
 * A database's or system's error in this program's words; an `AppError` and anything else pass unchanged.
 * SQLite's own message is left out: it may quote what it was working on.
 */
export function registerError(thrown: unknown): unknown {
  if (thrown instanceof AppError) return thrown;
  const systemCode = systemCodeOf(thrown);
  const kind = systemCode === null ? undefined : kinds.find((entry) => entry.pattern.test(systemCode));
  if (kind === undefined) return thrown;
  const detail: WordedDetail = { hint: kind.hint, context: { cause: systemCode }, cause: thrown };
  return new WordedError(kind.code, kind.message, detail);
}

/** Runs `act`; what it throws comes out as `registerError` says. */
export function guarded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw registerError(error);
  }
}
