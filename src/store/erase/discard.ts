import type { Actor } from '../audit/audit-types.ts';
import { hourOf } from '../hour.ts';
import type { StoredText } from '../register-types.ts';
import { truncateWal } from '../sweep/sweep-space.ts';
import type { TracedRow } from './erase-types.ts';
import { type Eraser, rowRemover } from './remove-rows.ts';

const kinds = { unresolved: 'unresolved', undecodable: 'undecodable', notice: 'notices' } as const;

/** Throws texts away that staff has no use for; says how many were still there. */
export function discardTexts(
  eraser: Eraser,
  texts: readonly Pick<StoredText, 'id' | 'atMs' | 'kind'>[],
  who: Actor,
): number {
  const rows = texts.map(({ id, atMs, kind }): TracedRow => ({ kind: kinds[kind], hour: hourOf(atMs), id }));
  const gone = rowRemover(eraser, { cause: 'discarded', who, command: 'unresolved discard' })(rows);
  truncateWal(eraser.db);
  return gone.length;
}
