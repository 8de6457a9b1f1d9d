import { hourStartMs } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { type OpenedRows, type Opening, openedBytes, openInto, sortOpened } from '../sealing/opened-rows.ts';
import { rowBytes } from '../sealing/visit-row.ts';
import type { ToReader } from './sealed-batch.ts';

/** An hour while its rows come. */
export class HourInWork {
  readonly hour: number;
  readonly #opening: Opening | null;
  #opened: Buffer;
  #end = 0;
  #unreadable = 0;

  constructor(keys: HourKeys, { hour, filter, room }: Extract<ToReader, { readonly kind: 'hour' }>) {
    // The hour's key may have gone since its rows were found.
    const subkeys = keys.forReading(hour);
    this.#opening = subkeys && { keys: subkeys, hour, startMs: hourStartMs(hour), filter };
    this.hour = hour;
    this.#opened = Buffer.from(room);
  }

  add(rows: Buffer): void {
    const count = rows.length / rowBytes;
    if (this.#opening === null) {
      this.#unreadable += count;
      return;
    }
    this.#reserve(this.#end + count * openedBytes);
    const { end, unreadable } = openInto(this.#opened, this.#end, this.#opening, rows);
    this.#end = end;
    this.#unreadable += unreadable;
  }

  inOrder(): OpenedRows {
    const octets = this.#opened.subarray(0, this.#end);
    sortOpened(octets);
    return { octets, unreadable: this.#unreadable };
  }

  /** Of its own, not of the pool that Node's small buffers share: it is handed over. */
  #reserve(bytes: number): void {
    if (bytes <= this.#opened.length) return;
    const larger = Buffer.from(new ArrayBuffer(bytes * 2));
    this.#opened.copy(larger, 0, 0, this.#end);
    this.#opened = larger;
  }
}
