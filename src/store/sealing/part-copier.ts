/** From where in a buffer to where, the end not included. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

const longestCopied = 64;

/**
 * Gives parts of buffers, the short ones as copies that the next part of the same length overwrites: a view of a few
 * octets takes five times as long to make as they take to copy.
 */
export function partCopier(): (octets: Buffer, part: Part) => Buffer {
  const copies = Array.from({ length: longestCopied + 1 }, (_, length) => Buffer.alloc(length));
  return (octets, { start, end }) => {
    const copy = copies[end - start];
    if (copy === undefined) return octets.subarray(start, end);
    for (let at = 0; at < copy.length; at += 1) copy[at] = octets[start + at] as number;
    return copy;
  };
}
