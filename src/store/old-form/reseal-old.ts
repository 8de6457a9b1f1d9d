import { setImmediate as turn } from 'node:timers/promises';
import { inBatches } from '../../base/batches.ts';
import { type Connection, openDatabase } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import { transactions } from '../database/transaction.ts';
import type { NewText, NewVisit } from '../intake.ts';
import { HourKeys, type Subkeys } from '../keyring/hour-keys.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import type { RegisterOptions } from '../register-types.ts';
import { decodeFlags } from '../sealing/bound-data.ts';
import { RowRandom } from '../sealing/row-random.ts';
import { HourCounts } from '../tables/hours.ts';
import { LineNames } from '../tables/lines.ts';
import type { OpenVisit, TableWriter } from '../tables/row-access.ts';
import { compareTexts, countedAs, storedText, textInserter } from '../tables/texts.ts';
import { visitInserter } from '../tables/visits.ts';
import { oldAssigned, oldVisitRemover } from './old-corrections.ts';
import { oldTextRemover, oldTexts } from './old-texts.ts';
import { oldVisits } from './old-visits.ts';

/** Rows of the form before the sealed one. */
export interface OldRows {
  readonly visits: number;
  readonly texts: number;
}

/** How many there are, and the hours that have any. */
export function findOldRows(options: RegisterOptions): OldRows & { readonly hours: readonly number[] } {
  return guarded(() => {
    const db = openDatabase(options.dataDir, true);
    try {
      return { ...counted(db), hours: hoursWithOld(db) };
    } finally {
      db.close();
    }
  });
}

function counted(db: Connection): OldRows {
  const count = (table: 'visits' | 'texts') =>
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  return { visits: count('visits'), texts: count('texts') };
}

/**
 * Seals rows of the form before as those of today, under the keys that they have, some in each transaction: each is there
 * once at every instant. A text gets a new id; rows of one instant, of both forms, may change places. Parts of long texts stay as they are, until they are joined; so does a row
 * that cannot be opened. Returns what was sealed anew. Errors: as of a transaction.
 */
export async function resealOldRows(
  options: RegisterOptions,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress?: (rows: number) => void },
): Promise<OldRows> {
  const db = guarded(() => openDatabase(options.dataDir, false));
  try {
    const keys = new HourKeys(
      guarded(() => openKeyring(db, options, 'tool')),
      options.algorithm,
    );
    try {
      return await resealAll(writerOn(db, keys), options, signal, onProgress);
    } finally {
      keys.close();
    }
  } finally {
    db.close();
  }
}

function writerOn(db: Connection, keys: HourKeys): TableWriter {
  return { db, keys, lines: new LineNames(db), counts: new HourCounts(db, keys), random: new RowRandom() };
}

async function resealAll(
  writer: TableWriter,
  { retentionMs }: RegisterOptions,
  signal: AbortSignal,
  onProgress?: (rows: number) => void,
): Promise<OldRows> {
  const { db, keys, lines, counts, random } = writer;
  const transact = transactions(db, [keys, lines, counts, random]);
  const addVisit = visitInserter(writer);
  const addText = textInserter(writer);
  const removeVisit = oldVisitRemover(db);
  const removeText = oldTextRemover(db);
  const done = { visits: 0, texts: 0 };

  /** In batches: a gateway that receives meanwhile waits for one of them at most. */
  async function each<T>(items: readonly T[], reseal: (item: T) => boolean): Promise<number> {
    let rows = 0;
    for (const batch of inBatches(items)) {
      signal.throwIfAborted();
      rows += transact(() => batch.filter(reseal).length);
      onProgress?.(batch.length);
      await turn();
    }
    return rows;
  }

  for (const hour of guarded(() => hoursWithOld(db))) {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) continue;
    done.visits += await each(
      guarded(() => visitsOf(writer, hour, subkeys)),
      ({ id, visit }) => {
        if (!removeVisit(hour, { ...visit, id })) return false;
        counts.addVisits(hour, -1);
        addVisit(visit);
        return true;
      },
    );
    done.texts += await each(
      guarded(() => textsOf(writer, hour, subkeys, retentionMs)),
      ({ id, text }) => {
        const kind = removeText(hour, id);
        if (kind === null) return false;
        counts.addOldTexts(hour, countedAs[kind], -1);
        addText(text);
        return true;
      },
    );
  }
  return done;
}

function hoursWithOld(db: Connection): number[] {
  return db
    .prepare<[], number>(
      `SELECT hour FROM hours WHERE EXISTS (SELECT 1 FROM visits v WHERE v.hour = hours.hour)
         OR EXISTS (SELECT 1 FROM texts t WHERE t.hour = hours.hour) ORDER BY hour`,
    )
    .pluck()
    .all();
}

function visitsOf(
  { db, keys, lines }: TableWriter,
  hour: number,
  subkeys: Subkeys,
): { readonly id: number; readonly visit: NewVisit }[] {
  const assigned = new Map([...oldAssigned(db)(subkeys, hour)].map(({ visitId, text }) => [visitId, text]));
  const rows = oldVisits({ db, keys, lines }, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
  return [...rows.of(hour, subkeys, () => {})].map((row) => {
    const madeOf = assigned.get(row.id);
    return { id: row.id, visit: { ...newVisit(row, lines), ...(madeOf === undefined ? {} : { madeOf }) } };
  });
}

function newVisit(
  { visitor, venue, atMs, receivedAtMs, line, flags, correctedBy }: OpenVisit,
  lines: LineNames,
): NewVisit {
  const { source, webSent, callback } = decodeFlags(flags);
  return {
    ...{ visitor, venue, atMs, receivedAtMs, line: lines.nameOf(line) },
    ...{ source, webSent, callback, correctedBy },
  };
}

function textsOf(
  { db, lines }: TableWriter,
  hour: number,
  subkeys: Subkeys,
  retentionMs: number,
): { readonly id: number; readonly text: NewText }[] {
  const opened = [...oldTexts(db, subkeys, hour)].flatMap(({ id, fields }) =>
    fields === null ? [] : [{ id, ...fields }],
  );
  return opened.sort(compareTexts).map(({ id, ...fields }) => {
    const { id: _, expiresAtMs: __, ...text } = storedText({ lines, retentionMs }, id, fields);
    return { id, text };
  });
}
