import { keysOf, settingKeys } from './schema.ts';

/**
 * The key that was probably meant by one that is unknown: the nearest of the same table by its bare name
 * (`port`), else a key that belongs elsewhere by its full name (`retention.period`); null when none is near.
 */
export function nearestKey(tableName: string, key: string): string | null {
  const wanted = plain(key);
  const tolerance = Math.min(3, Math.ceil(wanted.length / 2));
  const sibling = nearest(wanted, keysOf(tableName) ?? [], tolerance, (candidate) => candidate);
  return sibling ?? nearest(wanted, settingKeys, 1, (full) => full.slice(full.lastIndexOf('.') + 1));
}

function nearest(
  wanted: string,
  candidates: readonly string[],
  tolerance: number,
  nameOf: (candidate: string) => string,
): string | null {
  let best: string | null = null;
  let bestDistance = tolerance + 1;
  for (const candidate of candidates) {
    const name = plain(nameOf(candidate));
    const isShortForm = wanted.length >= 3 && name.startsWith(wanted) && name !== wanted;
    const distance = isShortForm ? 1 : editDistance(wanted, name);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `baudRate`, `baud-rate` and `BAUD_RATE` are one wish. */
const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      current.push(least);
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}
