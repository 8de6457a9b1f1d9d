import type { Actor } from '../audit/audit-types.ts';
import { truncateWal } from '../database/space.ts';
import type { Erased, TracedRow } from './erase-types.ts';
import { type Eraser, hoursOf, rowRemover } from './remove-rows.ts';
import { countTraces, findTraces } from './traces.ts';

/** A text that was being joined of parts may turn up behind the first search. */
const searches = 3;

/**
 * Removes every row of a visitor (canonical) from every hour that has a key: visits, texts, parts.
 *
 * Fingerprints (seen.ts) stay until their hour's key goes: without them a text that the modem still holds would be
 * taken for a new one. They tell no number.
 */
export function eraseVisitor(eraser: Eraser, visitor: string, who: Actor): Erased {
  const removed: TracedRow[][] = [];
  const remove = rowRemover(eraser, { cause: 'erased', who, command: 'erase' });
  for (let search = 0; search < searches; search += 1) {
    const { rows } = findTraces(eraser.db, eraser.keys, eraser.ring.hours(), visitor);
    if (rows.length === 0) break;
    removed.push(remove(rows));
  }
  const gone = removed.flat();
  return {
    rows: countTraces(gone),
    hours: hoursOf(gone),
    walTruncated: truncateWal(eraser.db),
  };
}
