import { randomFillSync } from 'node:crypto';
import { nonceBytes } from './seal.ts';
import { idBytes } from './visit-row.ts';

/** Rows whose octets are drawn at once, at most. */
const mostRows = 64;
const bytesOfRow = idBytes + nonceBytes;

/**
 * The random octets of the rows of one transaction. To ask the system for them costs half of what sealing a row does, so
 * they are drawn for one row first, then for twice as many as the time before. None outlive the transaction: a machine
 * whose snapshot is resumed twice would use those that are left twice. In the middle of a transaction, which waits for
 * nothing, both would go on to write the same rows.
 */
export class RowRandom {
  readonly #drawn = Buffer.alloc(mostRows * bytesOfRow);
  #next = 0;
  #end = 0;

  /** Octets that are drawn and not given yet. */
  get waiting(): number {
    return this.#end - this.#next;
  }

  readonly fill = (octets: Buffer): void => {
    for (let index = 0; index < octets.length; index += 1) {
      if (this.#next === this.#end) this.#draw();
      octets[index] = this.#drawn[this.#next] as number;
      this.#next += 1;
    }
  };

  committed(): void {
    this.#forget();
  }

  rolledBack(): void {
    this.#forget();
  }

  #draw(): void {
    this.#end = Math.min(Math.max(this.#end * 2, bytesOfRow), this.#drawn.length);
    randomFillSync(this.#drawn, 0, this.#end);
    this.#next = 0;
  }

  #forget(): void {
    this.#drawn.fill(0);
    this.#next = 0;
    this.#end = 0;
  }
}
