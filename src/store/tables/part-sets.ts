import { dayMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { RowIds } from '../database/row-ids.ts';
import type { NewPart, PartSet } from '../register-types.ts';
import type { PartRows, Waiting } from './parts.ts';

/** How long a set waits for a missing segment, counted from the latest that came. */
const waitMs = dayMs;

/**
 * Long texts while segments of them are missing.
 *
 * A set is named by sender, reference number and total. Phones use a reference again, and two long texts may come
 * interleaved, so a name can have several sets: a segment joins the set that lacks its number and whose segments
 * were sent nearest to it in time, and begins a new one when all have that number already.
 *
 * Waiting is measured by the monotonic clock, so a machine's date that leaps does not break up a text whose rest is
 * on its way. A set from before a restart is given what its time of receipt leaves of the 24 hours, at most all.
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
    return held < part.total ? null : this.#take(setId);
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

function nearestLacking(waiting: readonly Waiting[], part: NewPart): number | null {
  const full = new Set(waiting.filter((entry) => entry.seq === part.seq).map((entry) => entry.setId));
  let nearest: Waiting | null = null;
  for (const entry of waiting) {
    if (full.has(entry.setId)) continue;
    if (nearest === null || gap(entry, part) < gap(nearest, part)) nearest = entry;
  }
  return nearest?.setId ?? null;
}

function gap(waiting: Waiting, part: NewPart): number {
  return Math.abs(waiting.atMs - part.atMs);
}
