import { AppError } from '../../base/errors.ts';
import { parseFault } from './parse-fault.ts';

/**
 * The faults that a file names, one a line as `parseFault` reads it; `#` begins a comment.
 * Throws what `parseFault` throws, with the line's number (from 1) in front.
 */
export function parseFaultFile(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const spec = line.replace(/#.*$/, '').trim();
    if (spec === '') return [];
    try {
      parseFault(spec);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      const { code, message, hint, exit, context } = thrown;
      throw new AppError(code, `line ${i + 1}: ${message}`, {
        exit,
        context: { ...context, line: i + 1 },
        ...(hint ? { hint } : {}),
      });
    }
    return [spec];
  });
}
