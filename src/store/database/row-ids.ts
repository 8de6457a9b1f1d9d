import type { Connection } from './database.ts';

/** Ids that one write to the database sets aside for this process. */
const blockSize = 1_024;

/**
 * Row ids, rising, unique over all tables and all processes, never given twice while the database lives.
 * A block of them is reserved at a time; what a process does not use of its block is left out.
 */
export class RowIds {
  readonly #reserve: () => number;
  #next = 0;
  #end = 0;
  #kept = { next: 0, end: 0 };

  constructor(db: Connection) {
    const reserve = db
      .prepare<[number, number], number>(
        `INSERT INTO meta (name, value) VALUES ('next_id', 1 + ?)
         ON CONFLICT (name) DO UPDATE SET value = value + ? RETURNING value`,
      )
      .pluck();
    this.#reserve = () => reserve.get(blockSize, blockSize) as number;
  }

  /** Inside a transaction only. */
  take(): number {
    if (this.#next === this.#end) {
      this.#end = this.#reserve();
      this.#next = this.#end - blockSize;
    }
    this.#next += 1;
    return this.#next - 1;
  }

  committed(): void {
    this.#kept = { next: this.#next, end: this.#end };
  }

  /** A reservation that was undone may be made by another process next. */
  rolledBack(): void {
    this.#next = this.#kept.next;
    this.#end = this.#kept.end;
  }
}
