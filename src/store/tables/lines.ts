import type { Connection } from '../database/database.ts';

/** The lines' names, each kept once: rows hold its number. */
export class LineNames {
  readonly #ids = new Map<string, number>();
  readonly #names = new Map<number, string>();
  readonly #find;
  readonly #insert;
  readonly #name;

  constructor(db: Connection) {
    this.#find = db.prepare<[string], number>('SELECT id FROM lines WHERE name = ?').pluck();
    this.#insert = db.prepare<[string], number>('INSERT INTO lines (name) VALUES (?) RETURNING id').pluck();
    this.#name = db.prepare<[number], string>('SELECT name FROM lines WHERE id = ?').pluck();
  }

  /** The line's number, or null when no row was ever of that line. */
  find(name: string): number | null {
    return this.#ids.get(name) ?? this.#find.get(name) ?? null;
  }

  /** The line's number, given now if it has none. Inside a transaction only. */
  idOf(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#find.get(name) ?? (this.#insert.get(name) as number);
    this.#ids.set(name, id);
    return id;
  }

  nameOf(id: number): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const name = this.#name.get(id) ?? '';
    this.#names.set(id, name);
    return name;
  }

  /** A number that was given in an undone transaction is not given yet. */
  rolledBack(): void {
    this.#ids.clear();
    this.#names.clear();
  }
}
