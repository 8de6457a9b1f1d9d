import { AppError, messageOf, systemCodeOf } from '../base/errors.ts';

/** The system would not take a command's bytes. */
export function unwritable(
  where: string,
  cause: unknown,
  of: 'export' | 'backup' | 'poster' = 'export',
): AppError {
  const system = systemCodeOf(cause);
  const reason = reasons.get(system ?? '') ?? system ?? messageOf(cause);
  return new AppError(`${of}.unwritable`, `${where}: cannot be written (${reason})`, {
    context: { output: where, system },
    cause,
  });
}

const reasons = new Map([
  ['ENOENT', 'there is no such folder'],
  ['ENOTDIR', 'there is no such folder'],
  ['EACCES', 'no permission'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota is used up'],
]);
