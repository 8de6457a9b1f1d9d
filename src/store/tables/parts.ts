import { dayMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { NewPart, PartSet, StoredPart, TimeSource } from '../intake.ts';
import {
  oldParts,
  oldPartsOf,
  oldPartsOfSets,
  type PartOfSet,
  type WaitingSegment,
} from '../old-form/old-parts.ts';
import type { WaitingPart, WaitingSet, Window } from '../records.ts';
import { sealedIn } from '../sealing/bound-data.ts';
import { leastPadded } from '../sealing/padded.ts';
import { leastRecordId, openRecord, randomRecordId, sealRecord } from '../sealing/sealed-record.ts';
import type { LineNames } from './lines.ts';
import type { RowOpener, RowReader, TableWriter } from './row-access.ts';

/** A segment as it is sealed. */
interface PartFields {
  readonly setId: number;
  readonly sender: string;
  readonly ref: number;
  readonly bits: 8 | 16;
  readonly total: number;
  readonly seq: number;
  /** Base64. */
  readonly octets: string;
  readonly at: number;
  readonly source: TimeSource;
  readonly received: number;
  readonly line: number;
}

/** Where a waiting segment lies, and what is asked of it before its set is whole. */
interface HeldPart extends WaitingSegment {
  readonly hour: number;
  readonly id: number;
  readonly receivedAtMs: number;
}

/** What tells long texts apart: sender, reference number and total (TS 23.040 §9.2.3.24.1 and .8). */
function nameOf({ sender, ref, bits, total }: Pick<PartFields, 'sender' | 'ref' | 'bits' | 'total'>): string {
  return `${bits} ${ref} ${total} ${sender}`;
}

function openPart(keys: TableWriter['keys'], hour: number, id: number, sealed: Buffer): PartFields | null {
  return openRecord<PartFields>(keys.forReading(hour), { table: sealedIn.sealedParts, hour, id }, sealed);
}

/**
 * The segments of long texts, each sealed under its own hour, its name too: a tag of it would tell which rows are of one
 * sender. So the names of those that wait are held in memory, and read anew after a start and a rollback. Only one
 * process, the gateway, adds segments. What another process erases meanwhile is missing when its set is taken.
 */
class PartRows {
  readonly #writer: TableWriter;
  readonly #old: ReturnType<typeof oldParts>;
  readonly #insert;
  readonly #take;
  readonly #find;
  /** By name; null: to be read. */
  #held: Map<string, HeldPart[]> | null = null;
  readonly #names = new Map<number, string>();

  constructor(writer: TableWriter) {
    const { db } = writer;
    this.#writer = writer;
    this.#old = oldParts(writer);
    this.#insert = db.prepare<[number, number, Buffer]>(
      'INSERT INTO sealed_parts (hour, id, sealed) VALUES (?, ?, ?)',
    );
    this.#find = db
      .prepare<[number, number], number>('SELECT 1 FROM sealed_parts WHERE hour = ? AND id = ?')
      .pluck();
    this.#take = db
      .prepare<[number, number], Buffer>(
        'DELETE FROM sealed_parts WHERE hour = ? AND id = ? RETURNING sealed',
      )
      .pluck();
  }

  insert(setId: number, part: NewPart): void {
    const { keys, lines } = this.#writer;
    const { sender, ref, bits, total, seq, atMs, source, receivedAtMs } = part;
    const hour = hourOf(atMs);
    const id = randomRecordId();
    const fields: PartFields = {
      ...{ setId, sender, ref, bits, total, seq, source },
      octets: Buffer.from(part.octets).toString('base64'),
      at: atMs,
      received: receivedAtMs,
      line: lines.idOf(part.line),
    };
    const place = { table: sealedIn.sealedParts, hour, id };
    this.#insert.run(hour, id, sealRecord(keys.forWriting(hour), place, fields, leastPadded.part));
    this.#hold(this.#all(), hour, id, fields);
  }

  /** What waits under the name of this segment. */
  named(part: NewPart): WaitingSegment[] {
    const held = this.#all().get(nameOf(part)) ?? [];
    return [...this.#old.named(part), ...held.filter((segment) => this.#isThere(segment))];
  }

  /** Opens a set's segments, in order, and removes them. One that cannot be opened is left out. */
  take(setId: number): { readonly total: number; readonly parts: StoredPart[] } {
    const { lines, keys } = this.#writer;
    const before = this.#old.take(setId);
    const parts = [...before.parts];
    let total = before.total;
    for (const { hour, id } of this.#release(setId)) {
      const sealed = this.#take.get(hour, id);
      const fields = sealed === undefined ? null : openPart(keys, hour, id, sealed);
      if (fields === null) continue;
      total = fields.total;
      parts.push(storedPart(fields, lines));
    }
    return { total, parts: parts.sort((a, b) => a.seq - b.seq) };
  }

  /** Each waiting set with the time its latest segment was received. */
  sets(): { readonly setId: number; readonly receivedAtMs: number }[] {
    const latest = new Map<number, number>();
    for (const { setId, receivedAtMs } of [...this.#old.sets(), ...[...this.#all().values()].flat()])
      latest.set(setId, Math.max(receivedAtMs, latest.get(setId) ?? receivedAtMs));
    return [...latest].map(([setId, receivedAtMs]) => ({ setId, receivedAtMs }));
  }

  rolledBack(): void {
    this.#held = null;
  }

  #isThere({ hour, id }: HeldPart): boolean {
    return this.#find.get(hour, id) !== undefined;
  }

  #all(): Map<string, HeldPart[]> {
    if (this.#held !== null) return this.#held;
    const held = new Map<string, HeldPart[]>();
    const rows = this.#writer.db
      .prepare<[], [number, number, Buffer]>('SELECT hour, id, sealed FROM sealed_parts')
      .raw();
    for (const [hour, id, sealed] of rows.iterate()) {
      const fields = openPart(this.#writer.keys, hour, id, sealed);
      if (fields !== null) this.#hold(held, hour, id, fields);
    }
    this.#held = held;
    return held;
  }

  #hold(held: Map<string, HeldPart[]>, hour: number, id: number, fields: PartFields): void {
    const name = nameOf(fields);
    const part = {
      hour,
      id,
      setId: fields.setId,
      seq: fields.seq,
      atMs: fields.at,
      receivedAtMs: fields.received,
    };
    this.#names.set(fields.setId, name);
    const list = held.get(name);
    if (list === undefined) held.set(name, [part]);
    else list.push(part);
  }

  /** Takes a set's segments out of memory. */
  #release(setId: number): HeldPart[] {
    const held = this.#all();
    const name = this.#names.get(setId);
    const parts = name === undefined ? [] : (held.get(name) ?? []);
    const rest = parts.filter((part) => part.setId !== setId);
    if (name !== undefined && rest.length === 0) held.delete(name);
    else if (name !== undefined) held.set(name, rest);
    this.#names.delete(setId);
    return parts.filter((part) => part.setId === setId);
  }
}

/** A segment of one sender that waits. */
export interface PartOfSender {
  readonly old: boolean;
  readonly id: number;
  readonly seq: number;
  readonly total: number;
  readonly at: number;
  readonly line: number;
}

/** The hours that have waiting segments, ascending. */
export function hoursWithParts(db: Connection): number[] {
  return db
    .prepare<[], number>('SELECT hour FROM parts UNION SELECT hour FROM sealed_parts ORDER BY hour')
    .pluck()
    .all();
}

/** The waiting segments of one sender (canonical) in an hour, of both forms. Opens every sealed one. */
export function partsOfSender(
  { db, keys }: Pick<RowReader, 'db' | 'keys'>,
  hour: number,
  sender: string,
): PartOfSender[] {
  const found: PartOfSender[] = oldPartsOf(db, keys, hour, sender).map((part) => ({ ...part, old: true }));
  const rows = db
    .prepare<[number], [number, Buffer]>('SELECT id, sealed FROM sealed_parts WHERE hour = ?')
    .raw();
  for (const [id, sealed] of rows.iterate(hour)) {
    const fields = openPart(keys, hour, id, sealed);
    if (fields?.sender !== sender) continue;
    const { seq, total, at, line } = fields;
    found.push({ id, seq, total, at, line, old: false });
  }
  return found.sort((a, b) => a.at - b.at || a.seq - b.seq);
}

/** The waiting segments of one sender (canonical). */
export function partsOf(reader: RowReader, visitor: string, { fromMs, toMs }: Window): WaitingPart[] {
  const { db, lines, retentionMs } = reader;
  return hoursWithParts(db)
    .filter((hour) => hour >= hourOf(fromMs) && hour <= hourOf(toMs))
    .flatMap((hour) => partsOfSender(reader, hour, visitor))
    .filter(({ at }) => at >= fromMs && at < toMs)
    .map(({ seq, total, at, line }) => ({
      ...{ seq, total },
      atMs: at,
      line: lines.nameOf(line),
      expiresAtMs: at + retentionMs,
    }));
}

function* waitingParts(reader: RowOpener): Generator<PartOfSet> {
  yield* oldPartsOfSets(reader);
  const rows = reader.db
    .prepare<[], [hour: number, id: number, sealed: Buffer]>('SELECT hour, id, sealed FROM sealed_parts')
    .raw();
  for (const [hour, id, sealed] of rows.iterate()) {
    const fields = openPart(reader.keys, hour, id, sealed);
    if (fields !== null)
      yield { setId: fields.setId, total: fields.total, part: storedPart(fields, reader.lines) };
  }
}

function storedPart(fields: PartFields, lines: LineNames): StoredPart {
  const { seq, at, source, received, line } = fields;
  return {
    ...{ seq, source },
    octets: Buffer.from(fields.octets, 'base64'),
    atMs: at,
    receivedAtMs: received,
    line: lines.nameOf(line),
  };
}

/** All waiting sets of which a segment lies in the window, with the segments that can be opened. */
export function waitingSets(reader: RowReader, { fromMs, toMs }: Window): WaitingSet[] {
  const sets = new Map<number, { readonly total: number; readonly parts: StoredPart[] }>();
  for (const { setId, total, part } of waitingParts(reader)) {
    const set = sets.get(setId) ?? { total, parts: [] };
    set.parts.push(part);
    sets.set(setId, set);
  }
  const startOf = ({ parts }: WaitingSet) => Math.min(...parts.map(({ atMs }) => atMs));
  return [...sets]
    .filter(([, { parts }]) => parts.some(({ atMs }) => atMs >= fromMs && atMs < toMs))
    .map(([id, { total, parts }]) => ({
      ...{ id, total, parts: parts.sort((one, other) => one.seq - other.seq) },
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
 * Waiting is measured by the monotonic clock, so that a leap of the machine's date does not break up a text whose rest is
 * on its way. A set from before a restart waits for what its time of receipt leaves of the 24 hours, at most all.
 */
export class PartSets {
  readonly #rows: PartRows;
  readonly #clock: Clock;
  readonly #dueMs = new Map<number, number>();
  readonly #taken = new Set<number>();
  #latest = 0;

  constructor(writer: TableWriter, clock: Clock) {
    const rows = new PartRows(writer);
    this.#rows = rows;
    this.#clock = clock;
    const nowMs = clock.wallMs();
    const sets = rows.sets();
    for (const { setId } of sets) this.#latest = Math.max(this.#latest, setId);
    for (const { setId, receivedAtMs } of sets)
      this.#wait(setId, Math.min(waitMs, Math.max(0, waitMs - (nowMs - receivedAtMs))));
  }

  add(part: NewPart): PartSet | null {
    const waiting = this.#rows.named(part);
    const setId = nearestLacking(waiting, part) ?? this.#newSetId();
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
    this.#rows.rolledBack();
  }

  /** Above those of before; rising, so that the least is the oldest. */
  #newSetId(): number {
    this.#latest = Math.max(this.#latest + 1, leastRecordId);
    return this.#latest;
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

function nearestLacking(waiting: readonly WaitingSegment[], part: NewPart): number | null {
  const full = new Set(waiting.filter((entry) => entry.seq === part.seq).map((entry) => entry.setId));
  let nearest: WaitingSegment | null = null;
  for (const entry of waiting) {
    if (full.has(entry.setId)) continue;
    if (nearest === null || gap(entry, part) < gap(nearest, part)) nearest = entry;
  }
  return nearest?.setId ?? null;
}

function gap(waiting: WaitingSegment, part: NewPart): number {
  return Math.abs(waiting.atMs - part.atMs);
}
