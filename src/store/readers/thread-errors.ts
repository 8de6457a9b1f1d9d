import { AppError, fault, messageOf } from '../../base/errors.ts';

/** An error as it passes between threads: a fault keeps its code and facts, any other error its message. */
export type PlainError = Pick<AppError, 'code' | 'facts'> | { readonly message: string };

export function plainError(thrown: unknown): PlainError {
  if (!(thrown instanceof AppError)) return { message: messageOf(thrown) };
  const { code, facts } = thrown;
  return { code, facts };
}

export function revived(error: PlainError): Error {
  return 'code' in error ? new AppError(error.code, error.facts) : new Error(error.message);
}

export function died(cause?: unknown): AppError {
  return fault('register.reader-died', {}, { cause });
}
