import { type AuditPlace, auditChain } from '../audit/audit-chain.ts';
import { makeNoiseOf } from '../audit/audit-noise.ts';
import type { Actor, Destruction } from '../audit/audit-types.ts';
import type { Connection } from '../database/database.ts';
import { truncateWal } from '../database/space.ts';
import { transactions } from '../database/transaction.ts';
import { hourOf } from '../hour.ts';
import type { TextRef } from '../intake.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { StoredText } from '../records.ts';
import { isSealedRecord } from '../sealing/sealed-record.ts';
import { venueTagBytes } from '../sealing/tags.ts';
import { rowNameBytes } from '../sealing/visit-row.ts';
import { HourCounts } from '../tables/hours.ts';
import { sealedVisitRemover } from '../tables/visit-tables.ts';
import type { Erased, TracedRow } from './erase-types.ts';
import { countTraces, findTraces } from './traces.ts';

/** Rows that go in one transaction: what a text that comes meanwhile waits for. */
const rowsAtOnce = 500;

interface Eraser extends AuditPlace {
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
}

/**
 * Removes rows, and says which were still there. Each transaction takes its rows off the hours' counts and writes its
 * line of the destruction ledger. SQLite zeroes what is freed.
 */
function rowRemover(
  eraser: Eraser,
  why: Pick<Destruction, 'cause' | 'who' | 'command'>,
): (rows: readonly TracedRow[]) => TracedRow[] {
  const { db, keys } = eraser;
  const counts = new HourCounts(db, keys);
  const chain = auditChain(db, eraser);
  const transact = transactions(db, [keys, counts]);
  const removeRow = oneRowRemover(db);

  function removeSome(rows: readonly TracedRow[]): TracedRow[] {
    const gone = transact(() => {
      const removed = rows.filter(removeRow);
      for (const row of removed) takeOff(counts, row);
      const hours = hoursOf(removed);
      const [firstHour, lastHour] = [hours[0], hours.at(-1)];
      if (firstHour !== undefined && lastHour !== undefined)
        chain.append({
          kind: 'destroyed',
          cause: why.cause,
          firstHour,
          lastHour,
          rows: countTraces(removed),
          keys: 0,
          method: 'rows',
          who: why.who,
          command: why.command,
        });
      return removed;
    });
    chain.anchor();
    return gone;
  }

  return (rows) => {
    const gone: TracedRow[] = [];
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      gone.push(...removeSome(rows.slice(from, from + rowsAtOnce)));
    return gone;
  };
}

function takeOff(counts: HourCounts, row: TracedRow): void {
  const { kind, hour } = row;
  if (kind === 'visits') {
    counts.addVisits(hour, -1);
    if ('noteId' in row && row.noteId !== null) counts.addTexts(hour, 'notes', -1);
  } else if (kind !== 'parts') {
    if (isSealedRecord(row.id)) counts.addTexts(hour, kind, -1);
    else counts.addOldTexts(hour, kind, -1);
  }
}

/** Removes a row; false when it is not there any more. */
function oneRowRemover(db: Connection): (row: TracedRow) => boolean {
  const oldVisits = db.prepare<[number, string, number, number]>(
    'DELETE FROM visits WHERE hour = ? AND venue = ? AND visited_at = ? AND id = ?',
  );
  const corrections = db.prepare<[number, number]>('DELETE FROM corrections WHERE hour = ? AND id = ?');
  const visits = sealedVisitRemover(db);
  const byId = (table: string) =>
    db.prepare<[number, number]>(`DELETE FROM ${table} WHERE hour = ? AND id = ?`);
  const [oldTexts, oldParts] = [byId('texts'), byId('parts')];
  const [texts, parts] = [byId('sealed_texts'), byId('sealed_parts')];

  function removeVisit(row: Extract<TracedRow, { readonly kind: 'visits' }>): boolean {
    if ('venue' in row) {
      corrections.run(row.hour, row.id);
      return oldVisits.run(row.hour, row.venue, row.at, row.id).changes > 0;
    }
    if (row.noteId !== null) texts.run(row.hour, row.noteId);
    const name = Buffer.from(row.row, 'hex');
    const [tag, id] = [name.subarray(0, venueTagBytes), name.subarray(venueTagBytes, rowNameBytes)];
    return visits(row.hour, tag, id);
  }

  return (row) => {
    if (row.kind === 'visits') return removeVisit(row);
    const isSealed = isSealedRecord(row.id);
    const table = row.kind === 'parts' ? (isSealed ? parts : oldParts) : isSealed ? texts : oldTexts;
    return table.run(row.hour, row.id).changes > 0;
  };
}

/** The hours of rows, ascending. */
function hoursOf(rows: readonly TracedRow[]): number[] {
  return [...new Set(rows.map(({ hour }) => hour))].sort((a, b) => a - b);
}

/** A text that was being joined of parts may turn up behind the first search. */
const searches = 3;

/**
 * Removes every row of a visitor (canonical) from every hour that has a key: visits, texts, parts. Their pseudonyms in the
 * audit log become noise.
 *
 * Fingerprints (seen.ts) stay until their hour's key goes: without them a text that the modem still holds would be
 * taken for a new one. They tell no number.
 */
export function eraseVisitor(
  eraser: Eraser,
  visitor: string,
  who: Actor,
): Omit<Erased, 'starred' | 'forgotten'> {
  const removed: TracedRow[][] = [];
  const remove = rowRemover(eraser, { cause: 'erased', who, command: 'erase' });
  for (let search = 0; search < searches; search += 1) {
    const { rows } = findTraces(eraser.db, eraser.keys, eraser.ring.hours(), visitor);
    if (rows.length === 0) break;
    removed.push(remove(rows));
  }
  const gone = removed.flat();
  // Last: as long as anything is left, the next erasure finds it.
  const { db, keys } = eraser;
  const noise = { db, keys, chain: auditChain(db, eraser), transact: transactions(db, [keys]) };
  const pseudonyms = makeNoiseOf(noise, visitor, { who, command: 'erase' });
  return {
    rows: countTraces(gone),
    hours: hoursOf(gone),
    pseudonyms,
    walTruncated: truncateWal(eraser.db),
  };
}

const kindsOfTexts = { unresolved: 'unresolved', undecodable: 'undecodable', notice: 'notices' } as const;

/** Removes texts that staff has no use for; how many were still there. */
export function discardTexts(
  eraser: Eraser,
  texts: readonly (TextRef & Pick<StoredText, 'kind'>)[],
  who: Actor,
): number {
  const rows = texts.map(
    ({ id, atMs, kind }): TracedRow => ({ kind: kindsOfTexts[kind], hour: hourOf(atMs), id }),
  );
  const gone = rowRemover(eraser, { cause: 'discarded', who, command: 'unresolved discard' })(rows);
  truncateWal(eraser.db);
  return gone.length;
}
