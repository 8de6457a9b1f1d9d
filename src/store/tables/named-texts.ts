import type { Clock } from '../../base/clock.ts';
import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import { namedGroupHours } from '../intake.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { nameTag } from '../sealing/tags.ts';

interface NamedText {
  readonly line: string;
  readonly name: string;
  readonly atMs: number;
}

/**
 * The names that senders have given their texts: a text of a name that is known is that text, whatever it says.
 *
 * A name says nothing of its hour, so a text that comes again has to be looked for in all of them. Names are therefore kept
 * by groups of hours, under the key of the first: 33 look-ups instead of 672, and no name outlives its text. A name may be a
 * visitor's number, so there is no tag of it that outlives the hour's key.
 */
export class NamedTexts {
  readonly #keys: HourKeys;
  readonly #clock: Pick<Clock, 'wallMs'>;
  readonly #retentionMs: number;
  readonly #insert;
  readonly #find;
  readonly #next;
  /** Hours that have names; null: to be read. */
  #hours: number[] | null = null;

  constructor(db: Connection, keys: HourKeys, clock: Pick<Clock, 'wallMs'>, retentionMs: number) {
    this.#keys = keys;
    this.#clock = clock;
    this.#retentionMs = retentionMs;
    this.#insert = db.prepare<[number, Buffer]>(
      'INSERT OR IGNORE INTO named_texts (hour, name) VALUES (?, ?)',
    );
    this.#find = db
      .prepare<[number, Buffer], number>('SELECT 1 FROM named_texts WHERE hour = ? AND name = ?')
      .pluck();
    this.#next = db
      .prepare<[number], number | null>('SELECT min(hour) FROM named_texts WHERE hour > ?')
      .pluck();
  }

  /** Whether a text of this name is there already. If not, it is from now on. Inside a transaction only. */
  alreadyHeld({ line, name, atMs }: NamedText): boolean {
    const bound = JSON.stringify([line, name]);
    if (this.#all().some((hour) => this.#isIn(hour, bound))) return true;
    const hour = this.#groupOf(atMs);
    this.#insert.run(hour, nameTag(this.#keys.forWriting(hour), bound));
    if (!this.#all().includes(hour)) this.#all().push(hour);
    return false;
  }

  /** Another process may have added or swept some meanwhile. */
  begun(): void {
    this.#hours = null;
  }

  #isIn(hour: number, bound: string): boolean {
    const keys = this.#keys.forReading(hour);
    return keys !== null && this.#find.get(hour, nameTag(keys, bound)) !== undefined;
  }

  /** The first hour of the text's group, unless that has expired before the text. */
  #groupOf(atMs: number): number {
    const size = namedGroupHours(this.#retentionMs);
    const own = hourOf(atMs);
    const first = own - (own % size);
    return first > hourOf(this.#clock.wallMs() - this.#retentionMs) ? first : own;
  }

  #all(): number[] {
    if (this.#hours !== null) return this.#hours;
    const hours: number[] = [];
    for (let hour = this.#next.get(-1); hour != null; hour = this.#next.get(hour)) hours.push(hour);
    this.#hours = hours;
    return hours;
  }
}
