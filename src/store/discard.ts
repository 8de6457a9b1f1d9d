import type { Actor } from './audit/audit-types.ts';
import { truncateWal } from './database/space.ts';
import type { TracedRow } from './erase/erase-types.ts';
import { type Eraser, rowRemover } from './erase/remove-rows.ts';
import { hourOf } from './hour.ts';
import type { TextRef } from './intake.ts';
import type { StoredText } from './records.ts';

const kinds = { unresolved: 'unresolved', undecodable: 'undecodable', notice: 'notices' } as const;

/** Removes texts that staff has no use for; how many were still there. */
export function discardTexts(
  eraser: Eraser,
  texts: readonly (TextRef & Pick<StoredText, 'kind'>)[],
  who: Actor,
): number {
  const rows = texts.map(({ id, atMs, kind }): TracedRow => ({ kind: kinds[kind], hour: hourOf(atMs), id }));
  const gone = rowRemover(eraser, { cause: 'discarded', who, command: 'unresolved discard' })(rows);
  truncateWal(eraser.db);
  return gone.length;
}
