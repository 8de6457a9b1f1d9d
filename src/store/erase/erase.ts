import { type AuditPlace, auditChain } from '../audit/audit-chain.ts';
import type { Actor } from '../audit/audit-types.ts';
import { destructionLedger } from '../audit/ledger.ts';
import type { Connection } from '../database.ts';
import { HourCounts } from '../hour-counts.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { truncateWal } from '../sweep/sweep-space.ts';
import { transactions } from '../transaction.ts';
import type { Erased, TracedRow } from './erase-types.ts';
import { countTraces, findTraces } from './traces.ts';

/** Rows that go in one transaction: what a text that comes meanwhile waits for. */
const rowsAtOnce = 500;
/** A text that was being joined of parts may turn up behind the first search. */
const searches = 3;

export interface Eraser extends AuditPlace {
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
}

/**
 * Removes every row of a visitor (canonical) from every hour that has a key: visits, texts, parts. Each transaction
 * takes its rows off the hours' counts and writes its line of the destruction ledger. SQLite zeroes what is freed.
 *
 * Fingerprints (seen.ts) stay until their hour's key goes: without them a text that the modem still holds would be
 * taken for a new one. They tell no number.
 */
export function eraseVisitor(eraser: Eraser, visitor: string, who: Actor): Erased {
  const gone: TracedRow[] = [];
  const remove = remover(eraser, who);
  for (let search = 0; search < searches; search += 1) {
    const { rows } = findTraces(eraser.db, eraser.keys, eraser.ring.hours(), visitor);
    if (rows.length === 0) break;
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      gone.push(...remove(rows.slice(from, from + rowsAtOnce)));
  }
  return {
    rows: countTraces(gone),
    hours: hoursOf(gone),
    walTruncated: truncateWal(eraser.db),
  };
}

function remover(eraser: Eraser, who: Actor): (rows: readonly TracedRow[]) => TracedRow[] {
  const { db, keys } = eraser;
  const counts = new HourCounts(db);
  const chain = auditChain(db, eraser);
  const ledger = destructionLedger(chain);
  const transact = transactions(db, [keys, counts]);
  const removeRow = rowRemover(db);

  return (rows) => {
    const gone = transact(() => {
      const removed = rows.filter(removeRow);
      for (const { kind, hour } of removed) if (kind !== 'parts') counts.add(hour, kind, -1);
      const hours = hoursOf(removed);
      const [firstHour, lastHour] = [hours[0], hours.at(-1)];
      if (firstHour !== undefined && lastHour !== undefined)
        ledger.add({
          cause: 'erased',
          firstHour,
          lastHour,
          rows: countTraces(removed),
          keys: 0,
          method: 'rows',
          who,
          command: 'erase',
        });
      return removed;
    });
    chain.anchor();
    return gone;
  };
}

/** Removes a row; false when it is not there any more. */
function rowRemover(db: Connection): (row: TracedRow) => boolean {
  const visits = db.prepare<[number, string, number, number]>(
    'DELETE FROM visits WHERE hour = ? AND venue = ? AND visited_at = ? AND id = ?',
  );
  const texts = db.prepare<[number, number]>('DELETE FROM texts WHERE hour = ? AND id = ?');
  const parts = db.prepare<[number, number]>('DELETE FROM parts WHERE hour = ? AND id = ?');
  return (row) => {
    if (row.kind === 'visits') return visits.run(row.hour, row.venue, row.at, row.id).changes > 0;
    const table = row.kind === 'parts' ? parts : texts;
    return table.run(row.hour, row.id).changes > 0;
  };
}

function hoursOf(rows: readonly TracedRow[]): number[] {
  return [...new Set(rows.map(({ hour }) => hour))].sort((a, b) => a - b);
}
