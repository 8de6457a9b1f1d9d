import type { Connection } from '../database/database.ts';
import type { Branch, NamedVenue, NewVenue, Venue, WhichVenues } from '../records.ts';
import { PlaceNames } from './place-names.ts';

interface Row {
  readonly number: string;
  readonly name: string | null;
  readonly address: string | null;
  readonly issued: number;
  readonly branches: string | null;
  readonly removed_at: number | null;
}

const columns = 'number, name, address, issued, branches, removed_at';

/** Words that are looked for; what more of them exclude is the caller's. SQLite refuses a condition of a thousand. */
const mostWords = 20;

/** The registered venues, and those that were removed. Business numbers, so in the clear. */
export class Venues {
  readonly #db: Connection;
  readonly #find;
  readonly #all;
  readonly #here;
  readonly #put;
  readonly #forget;
  readonly #names = new PlaceNames((number) => this.find(number));

  constructor(db: Connection) {
    this.#db = db;
    this.#find = db.prepare<[string], Row>(`SELECT ${columns} FROM venues WHERE number = ?`);
    this.#all = db.prepare<[], Row>(`SELECT ${columns} FROM venues ORDER BY number`);
    this.#here = db.prepare<[], Row>(
      `SELECT ${columns} FROM venues WHERE copied = 0 AND removed_at IS NULL ORDER BY number`,
    );
    this.#forget = db.prepare<[string]>(
      'DELETE FROM venues WHERE number = ? AND issued = 0 AND removed_at IS NOT NULL',
    );
    this.#put = db.prepare<[string, string | null, string | null, number, string | null, number | null]>(
      `INSERT OR REPLACE INTO venues (${columns}) VALUES (?, ?, ?, ?, ?, ?)`,
    );
  }

  find(number: string): Venue | null {
    const row = this.#find.get(number);
    return row === undefined ? null : venueOf(row);
  }

  /** What another process changes is not noticed before `refresh`. */
  namesAt(number: string, visitedAtMs: number): NamedVenue {
    return this.#names.namesAt(number, visitedAtMs);
  }

  refresh(): void {
    this.#names.refresh();
  }

  list(which: WhichVenues): Venue[] {
    if (which === 'here') return this.#here.all().map(venueOf);
    const listed: Venue[] = [];
    for (const row of this.#all.iterate())
      if (which === 'all' || row.removed_at === null) listed.push(venueOf(row));
    return listed;
  }

  /** A city's places take four times as long to be handed over whole. `among`: those of these numbers alone. */
  numbers(which: 'registered' | 'all', among?: readonly string[]): string[] {
    const parts = [
      ...(which === 'all' ? [] : ['removed_at IS NULL']),
      ...(among === undefined ? [] : ['number IN (SELECT value FROM json_each(?))']),
    ];
    const joined = this.#db
      .prepare<string[], string | null>(
        `SELECT group_concat(number, ' ') FROM venues WHERE ${['1', ...parts].join(' AND ')}`,
      )
      .pluck()
      .get(...(among === undefined ? [] : [JSON.stringify(among)]));
    return joined?.split(' ') ?? [];
  }

  /** Registered places with each of the words, and those of which only `matching` can tell (records.ts, `venuesWith`). */
  listWith(given: readonly string[]): Venue[] {
    const words = given.slice(0, mostWords);
    const place = "ifnull(name, '') || char(127) || ifnull(address, '')";
    const plain = `replace(lower(${place}), ' ', '')`;
    const has = words.map(() => `(instr(${plain}, ?) > 0 OR instr(number, ?) > 0)`);
    const rows = this.#db
      .prepare<string[], Row>(
        `SELECT ${columns} FROM venues WHERE removed_at IS NULL
           AND (branches IS NOT NULL OR (${['1', ...has].join(' AND ')}) OR ${place} GLOB '*[^ -\x7f가-힣]*')
         ORDER BY number`,
      )
      .all(...words.flatMap((word) => [word, word]));
    return rows.map(venueOf);
  }

  put(venues: readonly NewVenue[]): void {
    const putAll = this.#db.transaction(() => {
      for (const venue of venues) this.#putOne(venue);
    });
    putAll.immediate();
  }

  /** Codes in order. A code stays in the table for good, so one that is not there was never given. */
  issue(places: readonly Branch[], codeAt: (index: number) => string): Venue[] {
    const issue = this.#db.transaction(() => {
      let index = this.#issued();
      return places.map((place) => {
        while (this.find(codeAt(index)) !== null) index += 1;
        const venue: Venue = {
          number: codeAt(index),
          ...place,
          issued: true,
          branches: [],
          removedAtMs: null,
        };
        this.#putOne(venue);
        return venue;
      });
    });
    return issue.immediate();
  }

  /** As if the number had never been a place's. Not for issued codes. */
  forget(number: string): void {
    this.#db.prepare<[string]>('DELETE FROM venues WHERE number = ?').run(number);
    this.#names.forget(number);
  }

  /** Forgets a removed place under a person's number; the visits of its time have no name then. */
  forgetRemoved(number: string): boolean {
    const { changes } = this.#forget.run(number);
    this.#names.forget(number);
    return changes > 0;
  }

  isIssuedCode(code: string): boolean {
    const row = this.#find.get(code);
    return row?.issued === 1 && row.removed_at === null;
  }

  isRegistered(number: string): boolean {
    const row = this.#find.get(number);
    return row !== undefined && row.removed_at === null;
  }

  /** Codes are given in order, so that the next free one is at or near their number. */
  #issued(): number {
    return this.#db.prepare<[], number>('SELECT count(*) FROM venues WHERE issued = 1').pluck().get() ?? 0;
  }

  #putOne({ number, name, address, issued, branches = [], removedAtMs = null }: NewVenue): void {
    this.#put.run(number, name, address, issued ? 1 : 0, formatBranches(branches), removedAtMs);
    this.#names.forget(number);
  }
}

function venueOf({ number, name, address, issued, branches, removed_at }: Row): Venue {
  return {
    number,
    name,
    address,
    issued: issued === 1,
    branches: parseBranches(branches),
    removedAtMs: removed_at,
  };
}

/** Of nearly every place. */
const none: readonly Branch[] = [];

/** The further places of a number as they are stored. */
export function formatBranches(branches: readonly Branch[]): string | null {
  return branches.length === 0 ? null : JSON.stringify(branches.map(({ name, address }) => [name, address]));
}

export function parseBranches(stored: string | null): readonly Branch[] {
  if (stored === null) return none;
  const further = JSON.parse(stored) as [string | null, string | null][];
  return further.map(([name, address]) => ({ name, address }));
}
