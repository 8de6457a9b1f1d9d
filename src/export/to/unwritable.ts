import { type AppError, fault, systemCodeOf } from '../../base/errors.ts';

/** The system would not take a command's bytes. `output`: the file, or null for standard output. */
export function unwritable(
  output: string | null,
  cause: unknown,
  of: 'export' | 'backup' | 'poster' = 'export',
): AppError {
  return fault(`${of}.unwritable`, { output, system: systemCodeOf(cause) }, { cause });
}
