import { dayMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { RowIds } from '../database/transaction.ts';
import { hourOf } from '../hour.ts';
import type { NewPart, PartSet, StoredPart } from '../intake.ts';
import type { WaitingPart, WaitingSet, Window } from '../records.ts';
import {
  associatedData,
  decodeFlags,
  encodeFlags,
  lookupTag,
  partSetTag,
  sealedIn,
} from '../sealing/bound-data.ts';
import { seal, unseal } from '../sealing/seal.ts';
import type { RowReader, TableWriter } from './visits.ts';

type Row = [
  hour: number,
  id: number,
  seq: number,
  total: number,
  at: number,
  sealed: Buffer,
  received: number,
  line: number,
  flags: number,
];

/** A segment that waits, as far as it can be seen without opening it. */
interface WaitingParts {
  readonly setId: number;
  readonly seq: number;
  readonly atMs: number;
}

interface PartRows {
  insert(setId: number, part: NewPart): void;
  /** What waits under this name (sender, reference, total), in all hours that have waiting segments. */
  named(part: NewPart): WaitingParts[];
  /** Opens a set's segments, in order, and removes them. One that cannot be opened is left out. */
  take(setId: number): { readonly total: number; readonly parts: StoredPart[] };
  /** Each waiting set with the time its latest segment was received. */
  sets(): { readonly setId: number; readonly receivedAtMs: number }[];
}

function openPart(
  { keys, lines }: Pick<TableWriter, 'keys' | 'lines'>,
  [hour, id, seq, , atMs, sealed, receivedAtMs, line, flags]: Row,
): StoredPart | null {
  const subkeys = keys.forReading(hour);
  const octets = subkeys && unseal(subkeys, sealed, associatedData(sealedIn.parts, hour, id, atMs));
  if (octets === null) return null;
  return { seq, octets, atMs, source: decodeFlags(flags).source, receivedAtMs, line: lines.nameOf(line) };
}

/** The segments of long texts, each sealed under its own hour. */
export function partRows({ db, keys, ids, lines }: TableWriter): PartRows {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO parts (hour, id, set_id, set_tag, tag, total, seq, at, sealed, received_at, line, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const hourAfter = db.prepare<[number], number | null>('SELECT min(hour) FROM parts WHERE hour > ?').pluck();
  const named = db.prepare<[number, Buffer], WaitingParts>(
    'SELECT set_id AS setId, seq, at AS atMs FROM parts WHERE hour = ? AND set_tag = ?',
  );
  const ofSet = db
    .prepare<[number], Row>(
      `SELECT hour, id, seq, total, at, sealed, received_at, line, flags FROM parts
       WHERE set_id = ? ORDER BY seq`,
    )
    .raw();
  const remove = db.prepare<[number]>('DELETE FROM parts WHERE set_id = ?');
  const sets = db.prepare<[], { setId: number; receivedAtMs: number }>(
    'SELECT set_id AS setId, max(received_at) AS receivedAtMs FROM parts GROUP BY set_id',
  );

  return {
    insert(setId, part) {
      const hour = hourOf(part.atMs);
      const subkeys = keys.forWriting(hour);
      const id = ids.take();
      const sealed = seal(subkeys, part.octets, associatedData(sealedIn.parts, hour, id, part.atMs));
      const setTag = partSetTag(subkeys, part);
      const tag = lookupTag(subkeys, part.sender);
      const flags = encodeFlags({ source: part.source, webSent: false, callback: false });
      const { total, seq, atMs, receivedAtMs } = part;
      const line = lines.idOf(part.line);
      insert.run(hour, id, setId, setTag, tag, total, seq, atMs, sealed, receivedAtMs, line, flags);
    },
    named(part) {
      const found: WaitingParts[] = [];
      for (let hour = hourAfter.get(-1); hour != null; hour = hourAfter.get(hour)) {
        const subkeys = keys.forReading(hour);
        if (subkeys) for (const row of named.iterate(hour, partSetTag(subkeys, part))) found.push(row);
      }
      return found;
    },
    take(setId) {
      const rows = ofSet.all(setId);
      remove.run(setId);
      const parts = rows.map((row) => openPart({ keys, lines }, row)).filter((part) => part !== null);
      return { total: rows[0]?.[3] ?? 0, parts };
    },
    sets: () => sets.all(),
  };
}

/** The waiting segments of one sender (canonical), as far as they can be seen without opening them. */
export function partsOf(
  { db, keys, lines, retentionMs }: RowReader,
  visitor: string,
  { fromMs, toMs }: Window,
): WaitingPart[] {
  const hours = db
    .prepare<[number, number], number>('SELECT DISTINCT hour FROM parts WHERE hour >= ? AND hour <= ?')
    .pluck()
    .all(hourOf(fromMs), hourOf(toMs));
  const rows = db
    .prepare<[number, Buffer, number, number], [seq: number, total: number, at: number, line: number]>(
      'SELECT seq, total, at, line FROM parts WHERE hour = ? AND tag = ? AND at >= ? AND at < ? ORDER BY at',
    )
    .raw();
  return hours.flatMap((hour) => {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) return [];
    return rows.all(hour, lookupTag(subkeys, visitor), fromMs, toMs).map(([seq, total, atMs, line]) => ({
      ...{ seq, total, atMs },
      line: lines.nameOf(line),
      expiresAtMs: atMs + retentionMs,
    }));
  });
}

/** The octets of every segment that waits, as far as they can be opened. */
export function* waitingOctets({ db, keys }: Pick<RowReader, 'db' | 'keys'>): Generator<Buffer> {
  const rows = db
    .prepare<[], [hour: number, id: number, at: number, sealed: Buffer]>(
      'SELECT hour, id, at, sealed FROM parts',
    )
    .raw();
  for (const [hour, id, atMs, sealed] of rows.iterate()) {
    const subkeys = keys.forReading(hour);
    const octets = subkeys && unseal(subkeys, sealed, associatedData(sealedIn.parts, hour, id, atMs));
    if (octets !== null) yield octets;
  }
}

/** All waiting sets of which a segment lies in the window, with the segments that can be opened. */
export function waitingSets(reader: RowReader, { fromMs, toMs }: Window): WaitingSet[] {
  const rows = reader.db
    .prepare<[number, number], [setId: number, ...row: Row]>(
      `SELECT set_id, hour, id, seq, total, at, sealed, received_at, line, flags FROM parts
       WHERE set_id IN (SELECT set_id FROM parts WHERE at >= ? AND at < ?) ORDER BY seq`,
    )
    .raw()
    .all(fromMs, toMs);
  const sets = new Map<number, { readonly total: number; readonly parts: StoredPart[] }>();
  for (const [setId, ...row] of rows) {
    const part = openPart(reader, row);
    if (part === null) continue;
    const set = sets.get(setId) ?? { total: row[3], parts: [] };
    set.parts.push(part);
    sets.set(setId, set);
  }
  const startOf = ({ parts }: WaitingSet) => Math.min(...parts.map(({ atMs }) => atMs));
  return [...sets]
    .map(([id, { total, parts }]) => ({
      ...{ id, total, parts },
      waitsUntilMs: Math.max(...parts.map(({ receivedAtMs }) => receivedAtMs)) + waitMs,
      expiresAtMs: Math.min(...parts.map(({ atMs }) => atMs)) + reader.retentionMs,
    }))
    .sort((one, other) => startOf(one) - startOf(other));
}

/** How long a set waits for a missing segment, counted from the latest that came. */
const waitMs = dayMs;

/**
 * Long texts while segments of them are missing.
 *
 * A set is named by sender, reference number and total. Phones use a reference again, and two long texts may come
 * interleaved, so a name can have several sets: a segment joins the set that lacks its number and whose segments
 * were sent nearest to it in time, and begins a new one when all have that number already. Of one name at most
 * `mostSets` wait: whoever repeats a segment under one reference must not make each further one dearer. The oldest is
 * given out as far as it goes.
 *
 * WaitingParts is measured by the monotonic clock, so that a leap of the machine's date does not break up a text whose rest is
 * on its way. A set from before a restart waits for what its time of receipt leaves of the 24 hours, at most all.
 */
export class PartSets {
  readonly #rows: PartRows;
  readonly #ids: RowIds;
  readonly #clock: Clock;
  readonly #dueMs = new Map<number, number>();
  readonly #taken = new Set<number>();

  constructor(rows: PartRows, ids: RowIds, clock: Clock) {
    this.#rows = rows;
    this.#ids = ids;
    this.#clock = clock;
    const nowMs = clock.wallMs();
    for (const { setId, receivedAtMs } of rows.sets())
      this.#wait(setId, Math.min(waitMs, Math.max(0, waitMs - (nowMs - receivedAtMs))));
  }

  add(part: NewPart): PartSet | null {
    const waiting = this.#rows.named(part);
    const setId = nearestLacking(waiting, part) ?? this.#ids.take();
    this.#rows.insert(setId, part);
    this.#wait(setId, waitMs);
    const held = waiting.filter((entry) => entry.setId === setId).length + 1;
    if (held >= part.total) return this.#take(setId);
    const sets = new Set(waiting.map((entry) => entry.setId)).add(setId);
    if (sets.size <= mostSets) return null;
    const oldest = this.#take(earliest(sets));
    return oldest.parts.length > 0 ? oldest : null;
  }

  takeOverdue(limit: number): PartSet[] {
    const nowMs = this.#clock.monotonicMs();
    const taken: PartSet[] = [];
    for (const [setId, dueMs] of this.#dueMs) {
      if (taken.length >= limit) break;
      if (dueMs > nowMs || this.#taken.has(setId)) continue;
      const set = this.#take(setId);
      if (set.parts.length > 0) taken.push(set);
    }
    return taken;
  }

  committed(): void {
    for (const setId of this.#taken) this.#dueMs.delete(setId);
    this.#taken.clear();
  }

  /** What was taken is still there, and is still waited for. */
  rolledBack(): void {
    this.#taken.clear();
  }

  #take(setId: number): PartSet {
    const { total, parts } = this.#rows.take(setId);
    this.#taken.add(setId);
    return { total, parts, complete: parts.length === total };
  }

  #wait(setId: number, forMs: number): void {
    this.#dueMs.set(setId, this.#clock.monotonicMs() + forMs);
  }
}

/** Sets that wait under one name. A phone that counts its references to 255 uses one again much later. */
const mostSets = 8;

/** Ids only grow. */
function earliest(setIds: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const id of setIds) least = Math.min(least, id);
  return least;
}

function nearestLacking(waiting: readonly WaitingParts[], part: NewPart): number | null {
  const full = new Set(waiting.filter((entry) => entry.seq === part.seq).map((entry) => entry.setId));
  let nearest: WaitingParts | null = null;
  for (const entry of waiting) {
    if (full.has(entry.setId)) continue;
    if (nearest === null || gap(entry, part) < gap(nearest, part)) nearest = entry;
  }
  return nearest?.setId ?? null;
}

function gap(waiting: WaitingParts, part: NewPart): number {
  return Math.abs(waiting.atMs - part.atMs);
}
