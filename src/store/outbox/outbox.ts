import { type Connection, openDatabase } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import { transactions } from '../database/transaction.ts';
import { HourKeys, keyIdOf } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import type { Algorithm, RegisterOptions } from '../register-types.ts';
import { idAt, rowBytes, rowNameBytes } from '../sealing/visit-row.ts';
import { HourCounts, type KindCounts } from '../tables/hours.ts';
import { openSealedText } from '../tables/sealed-texts.ts';
import { countedAs } from '../tables/texts.ts';
import { hourHasVisits, sealedVisitRemover, visitTableNames } from '../tables/visit-tables.ts';

/*
 * The rows of a register that are to go to a central one. What is there is what is to go: a row leaves, in one
 * transaction, once the central register has it, and until then nothing has been marked. So a process that dies anywhere
 * sends some rows again, and none is lost. What a text is known by stays (fingerprints, slots, parts): the modem may
 * show it once more.
 */

/** Sealed visits of one hour, as the register has them (sealing/visit-row.ts). */
export interface LeavingVisits {
  readonly hour: number;
  /** Whole rows of `rowBytes`. */
  readonly rows: Buffer;
}

export interface LeavingText {
  readonly hour: number;
  readonly id: number;
  readonly sealed: Buffer;
}

export interface LeavingRows {
  readonly visits: readonly LeavingVisits[];
  readonly texts: readonly LeavingText[];
}

export interface NextRows extends LeavingRows {
  /** There are no others that are to go. */
  readonly isAll: boolean;
}

/** An hour's key, for as long as it is used. */
export interface LeavingKey {
  /** 32 octets, zeroed afterwards. */
  readonly key: Uint8Array;
  readonly algorithm: Algorithm;
}

export interface Outbox {
  /** At most so many rows, of the oldest hours first, but those of `held`; an hour whose key is gone has none. */
  next(rows: number, held?: ReadonlySet<number>): NextRows;
  /** Removes rows that the central register has; those that are not there any more are left out. */
  leave(rows: LeavingRows): void;
  /** How many rows there are, and the oldest hour that has one. */
  waiting(): { readonly rows: number; readonly oldestHour: number | null };
  /** Hours that have any, ascending. */
  hours(): readonly number[];
  /** Calls `use` with the hour's key; null if it is gone. */
  withKey<T>(hour: number, use: (key: LeavingKey) => T): T | null;
  /** Tells an hour's key apart from every other, 16 octets; null if it is gone. */
  keyId(hour: number): Buffer | null;
  /** The bits of the visitor's tag that the hour uses; null if it has no visit yet. */
  tagBits(hour: number): number | null;
  /** The lines that rows name by number. */
  lines(): readonly { readonly id: number; readonly name: string }[];
  close(): void;
}

type VisitRow = [venueTag: Buffer, id: Buffer, visitorTag: Buffer, sealed: Buffer];

/** Texts are a kilobyte or more each, visits 69 octets: of texts fewer go at once. */
const mostTexts = 100;
const mostTextBytes = 262_144;

/** How many rows they are. */
export function rowsIn({ visits, texts }: LeavingRows): number {
  return visits.reduce((sum, { rows }) => sum + rows.length / rowBytes, 0) + texts.length;
}

/**
 * Opens the outbox of a register that a gateway has open, on a connection of its own. Errors: as `openRegister`, for a tool.
 */
export function openOutbox(options: RegisterOptions): Outbox {
  return guarded(() => {
    const db = openDatabase(options.dataDir, false);
    try {
      const ring = openKeyring(db, options, 'tool');
      return outboxOf(db, ring, new HourKeys(ring, options.algorithm));
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function outboxOf(db: Connection, ring: Keyring, keys: HourKeys): Outbox {
  const counts = new HourCounts(db, keys);
  const transact = transactions(db, [keys, counts]);
  const hours = db
    .prepare<[], [hour: number, visits: number, texts: number]>(
      `SELECT hour, ${hourHasVisits},
         EXISTS (SELECT 1 FROM sealed_texts t WHERE t.hour = hours.hour)
       FROM hours WHERE visits > 0 OR texts > 0 ORDER BY hour`,
    )
    .raw();
  // A row of another length is not the register's: the centre would refuse all that goes with it.
  const visitsOf = visitTableNames.map((name) =>
    db
      .prepare<[number, number, number], VisitRow>(
        `SELECT venue_tag, id, visitor_tag, sealed FROM ${name} WHERE hour = ?
           AND length(venue_tag) + length(id) + length(visitor_tag) + length(sealed) = ? LIMIT ?`,
      )
      .raw(),
  );
  const textsOf = db
    .prepare<[number, number], [id: number, sealed: Buffer]>(
      'SELECT id, sealed FROM sealed_texts WHERE hour = ? LIMIT ?',
    )
    .raw();
  const removeVisit = sealedVisitRemover(db);
  const removeText = db.prepare<[number, number]>('DELETE FROM sealed_texts WHERE hour = ? AND id = ?');
  const countLeft = db.prepare<[number, number]>(
    'UPDATE hours SET visits_left = visits_left + ? WHERE hour = ?',
  );
  const waiting = db
    .prepare<[], [rows: number | null, oldest: number | null]>(
      `SELECT sum(visits + texts), min(hour) FROM hours
       WHERE ${hourHasVisits} OR EXISTS (SELECT 1 FROM sealed_texts t WHERE t.hour = hours.hour)`,
    )
    .raw();
  const bits = db.prepare<[number], number | null>('SELECT tag_bits FROM hours WHERE hour = ?').pluck();
  const lines = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM lines ORDER BY id');

  function visitsIn(hour: number, limit: number): LeavingVisits[] {
    const rows: VisitRow[] = [];
    for (const some of visitsOf) rows.push(...some.all(hour, rowBytes, limit - rows.length));
    return rows.length === 0 ? [] : [{ hour, rows: Buffer.concat(rows.flat()) }];
  }

  /** Of one hour. A note belongs to a visit of its hour, so it goes with that or after it. */
  function nextOf(hour: number, hasVisits: boolean, hasTexts: boolean, left: number): NextRows {
    const visits = hasVisits ? visitsIn(hour, left) : [];
    const most = Math.min(left - rowsIn({ visits, texts: [] }), mostTexts);
    const texts = hasTexts && most > 0 ? textsOf.all(hour, most) : [];
    const mayHaveMore = most <= 0 || (hasTexts && texts.length === most);
    return { visits, texts: texts.map(([id, sealed]) => ({ hour, id, sealed })), isAll: !mayHaveMore };
  }

  function next(limit: number, held: ReadonlySet<number>): NextRows {
    const visits: LeavingVisits[] = [];
    const texts: LeavingText[] = [];
    let left = limit;
    let textBytes = 0;
    let isAll = true;
    keys.forgetEnded();
    for (const [hour, hasVisits, hasTexts] of hours.all()) {
      const isFull = left <= 0 || textBytes >= mostTextBytes;
      const isLeft = isFull || held.has(hour);
      if (isLeft && hasVisits + hasTexts > 0) isAll = false;
      if (isFull) break;
      if (isLeft || keys.forReading(hour) === null) continue;
      const found = nextOf(hour, hasVisits === 1, hasTexts === 1, left);
      visits.push(...found.visits);
      texts.push(...found.texts);
      left -= rowsIn(found);
      textBytes += found.texts.reduce((sum, { sealed }) => sum + sealed.length, 0);
      isAll &&= found.isAll;
    }
    return { visits, texts, isAll };
  }

  function leaveVisits({ hour, rows }: LeavingVisits): void {
    let gone = 0;
    for (let at = 0; at < rows.length; at += rowBytes)
      if (removeVisit(hour, rows.subarray(at, at + idAt), rows.subarray(at + idAt, at + rowNameBytes)))
        gone += 1;
    // An hour that has ended meanwhile has no counts any more, and is to get none.
    if (gone === 0) return;
    counts.addVisits(hour, -gone);
    countLeft.run(gone, hour);
  }

  function leaveText({ hour, id, sealed }: LeavingText): void {
    if (removeText.run(hour, id).changes === 0) return;
    const fields = openSealedText(keys.forReading(hour), hour, id, sealed);
    counts.addTexts(hour, fields === null ? null : kindOf(fields.kind), -1);
  }

  function withKey<T>(hour: number, use: (key: LeavingKey) => T): T | null {
    const held = ring.read(hour)?.held ?? null;
    if (held === null) return null;
    try {
      return use(held);
    } finally {
      held.key.fill(0);
    }
  }

  return {
    next: (rows, held = new Set()) => guarded(() => next(rows, held)),
    leave: ({ visits, texts }) =>
      transact(() => {
        for (const each of visits) leaveVisits(each);
        for (const each of texts) leaveText(each);
      }),
    waiting: () =>
      guarded(() => {
        const [rows, oldestHour] = waiting.get() ?? [null, null];
        return { rows: rows ?? 0, oldestHour };
      }),
    hours: () => guarded(() => hours.all().flatMap(([hour, ...has]) => (has.includes(1) ? hour : []))),
    withKey: (hour, use) => guarded(() => withKey(hour, use)),
    keyId: (hour) => guarded(() => withKey(hour, ({ key }) => keyIdOf(key))),
    tagBits: (hour) => guarded(() => bits.get(hour) ?? null),
    lines: () => guarded(() => lines.all()),
    close() {
      keys.close();
      db.close();
    },
  };
}

function kindOf(kind: keyof typeof countedAs | 'note'): keyof KindCounts {
  return kind === 'note' ? 'notes' : countedAs[kind];
}
