import type { Connection } from './database.ts';
import type { Venue } from './register-types.ts';

interface Row {
  readonly number: string;
  readonly name: string | null;
  readonly address: string | null;
  readonly issued: number;
}

/** The registered venues. Business numbers, so in the clear. */
export class Venues {
  readonly #find;
  readonly #all;
  readonly #put;
  readonly #cache = new Map<string, Venue | null>();

  constructor(db: Connection) {
    const columns = 'number, name, address, issued';
    this.#find = db.prepare<[string], Row>(`SELECT ${columns} FROM venues WHERE number = ?`);
    this.#all = db.prepare<[], Row>(`SELECT ${columns} FROM venues ORDER BY number`);
    this.#put = db.prepare<[string, string | null, string | null, number]>(
      `INSERT OR REPLACE INTO venues (${columns}) VALUES (?, ?, ?, ?)`,
    );
  }

  find(number: string): Venue | null {
    const row = this.#find.get(number);
    return row === undefined ? null : venueOf(row);
  }

  /** As `find`, but what another process changes is not noticed before `refresh`. */
  cached(number: string): Venue | null {
    const known = this.#cache.get(number);
    if (known !== undefined) return known;
    const venue = this.find(number);
    this.#cache.set(number, venue);
    return venue;
  }

  refresh(): void {
    this.#cache.clear();
  }

  all(): Venue[] {
    return this.#all.all().map(venueOf);
  }

  put({ number, name, address, issued }: Venue): void {
    this.#put.run(number, name, address, issued ? 1 : 0);
    this.#cache.delete(number);
  }

  isIssuedCode(code: string): boolean {
    return this.#find.get(code)?.issued === 1;
  }
}

function venueOf({ number, name, address, issued }: Row): Venue {
  return { number, name, address, issued: issued === 1 };
}
