import { parseFault } from './parse-fault.ts';

/**
 * The faults that a file names, one a line as `parseFault` reads it; `#` begins a comment.
 * Throws what `parseFault` throws, with the number of the line.
 */
export function parseFaultFile(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const spec = line.replace(/#.*$/, '').trim();
    if (spec === '') return [];
    parseFault(spec, i + 1);
    return [spec];
  });
}
