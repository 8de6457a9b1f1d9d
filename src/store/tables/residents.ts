import type { Connection } from '../database/database.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { ArrivalFacts, Place } from '../register-types.ts';
import { fingerprintOf } from './fingerprint.ts';

interface Resident {
  readonly hour: number;
  readonly fingerprint: Buffer;
}

/** What the modems' slots held when it was stored, for texts that nothing else tells apart (seen.ts). */
export class Residents {
  readonly #keys: HourKeys;
  readonly #count: () => number;
  readonly #find;
  readonly #put;
  readonly #remove;
  readonly #slots;
  #known: number | null = null;

  constructor(db: Connection, keys: HourKeys) {
    this.#keys = keys;
    const count = db.prepare<[], number>('SELECT count(*) FROM residents').pluck();
    this.#count = () => count.get() as number;
    const place = 'line = ? AND memory = ? AND slot = ?';
    this.#find = db.prepare<[string, string, number], Resident>(
      `SELECT hour, fingerprint FROM residents WHERE ${place}`,
    );
    this.#put = db.prepare<[string, string, number, number, Buffer]>(
      'INSERT OR REPLACE INTO residents (line, memory, slot, hour, fingerprint) VALUES (?, ?, ?, ?, ?)',
    );
    this.#remove = db.prepare<[string, string, number]>(`DELETE FROM residents WHERE ${place}`);
    this.#slots = db
      .prepare<[string, string], number>('SELECT slot FROM residents WHERE line = ? AND memory = ?')
      .pluck();
  }

  /** True on nearly every register, nearly always: most networks give each text its time. */
  get none(): boolean {
    this.#known ??= this.#count();
    return this.#known === 0;
  }

  /** Whether the arrival's slot still holds the text that was stored from it. */
  holds({ line, place, octets }: ArrivalFacts): boolean {
    if (place === null || this.none) return false;
    const resident = this.#find.get(line, place.memory, place.slot);
    if (resident === undefined) return false;
    const keys = this.#keys.forReading(resident.hour);
    if (keys && fingerprintOf(keys, octets).equals(resident.fingerprint)) return true;
    this.remove({ line, ...place });
    return false;
  }

  add({ line, place }: ArrivalFacts, hour: number, fingerprint: Buffer): void {
    if (place === null) return;
    this.#put.run(line, place.memory, place.slot, hour, fingerprint);
    this.#known = null;
  }

  remove({ line, memory, slot }: Place): void {
    this.#remove.run(line, memory, slot);
    this.#known = null;
  }

  /** A complete listing shows these slots of a memory and no others. */
  only(line: string, memory: string, slots: readonly number[]): void {
    if (this.none) return;
    for (const slot of this.#slots.all(line, memory))
      if (!slots.includes(slot)) this.remove({ line, memory, slot });
  }

  /** Whether what one of these places held is remembered. */
  any(places: readonly Place[]): boolean {
    if (this.none) return false;
    return places.some(({ line, memory, slot }) => this.#find.get(line, memory, slot) !== undefined);
  }

  rolledBack(): void {
    this.#known = null;
  }
}
