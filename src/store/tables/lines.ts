import { createHmac, randomBytes } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import type { LineIdentities, LineIdentity, PinAttempts } from '../intake.ts';

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

  /** The line's number, or null if the line never had a row. */
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

/** The modem and the SIM that each line was last seen with. They are the city's, no visitor's. */
export function lineIdentities(db: Connection): LineIdentities {
  const find = db.prepare<[string], LineIdentity>(
    'SELECT imei, iccid, imsi FROM line_identities WHERE line = ?',
  );
  const put = db.prepare<[string, string | null, string | null, string | null]>(
    'INSERT OR REPLACE INTO line_identities (line, imei, iccid, imsi) VALUES (?, ?, ?, ?)',
  );
  return {
    of: (line) => guarded(() => find.get(line) ?? null),
    put: (line, { imei, iccid, imsi }) => guarded(() => void put.run(line, imei, iccid, imsi)),
  };
}

/** SIMs whose PIN failed once, by a salted hash of their ICCID: a second try might be the one that locks them. */
export function pinAttempts(db: Connection): PinAttempts {
  const find = db.prepare<[Buffer], number>('SELECT 1 FROM pin_attempts WHERE sim = ?').pluck();
  const insert = db.prepare<[Buffer]>('INSERT OR IGNORE INTO pin_attempts (sim) VALUES (?)');
  const remove = db.prepare<[Buffer]>('DELETE FROM pin_attempts WHERE sim = ?');
  const hash = (iccid: string) => createHmac('sha256', salt(db)).update(iccid).digest();
  return {
    failed: (iccid) => guarded(() => find.get(hash(iccid)) !== undefined),
    remember: (iccid) => guarded(() => void insert.run(hash(iccid))),
    forget: (iccid) => guarded(() => void remove.run(hash(iccid))),
  };
}

function salt(db: Connection): Buffer {
  const find = db.prepare<[], Buffer>("SELECT value FROM meta WHERE name = 'pin_salt'").pluck();
  const known = find.get();
  if (known !== undefined) return known;
  db.prepare("INSERT OR IGNORE INTO meta (name, value) VALUES ('pin_salt', ?)").run(randomBytes(32));
  return find.get() as Buffer;
}
