import type { Connection } from '../database/database.ts';

/** How many texts came on one local day, by the line that brought them. */
export interface DayTexts {
  /** As the gateway numbers its days (`localDay`). */
  readonly day: number;
  /** False if texts of that day came before they were counted: under a visitlog that did not count them. */
  readonly isWhole: boolean;
  readonly lines: Readonly<Record<string, number>>;
}

/** The day on which a text came last; null if none was ever counted. */
export function latestDay(db: Connection): DayTexts | null {
  const kept = db.prepare<[], string>("SELECT value FROM meta WHERE name = 'day'").pluck().get();
  return kept === undefined ? null : (JSON.parse(kept) as DayTexts);
}

/** Counts the texts of the day in the transaction that stores them, so that a restart forgets none. */
export class DayCount {
  readonly #db;
  readonly #put;
  readonly #isNew: boolean;
  #latest: DayTexts | null | undefined;

  constructor(db: Connection) {
    this.#db = db;
    this.#put = db.prepare<[string]>("INSERT OR REPLACE INTO meta (name, value) VALUES ('day', ?)");
    this.#isNew = db.prepare('SELECT 1 FROM hours LIMIT 1').get() === undefined;
  }

  /** Inside a transaction only. */
  add(line: string, day: number, texts: number): void {
    this.#latest ??= latestDay(this.#db);
    const before = this.#latest;
    const isWhole = before === null ? this.#isNew : before.day !== day || before.isWhole;
    const lines = before?.day === day ? before.lines : {};
    this.#latest = { day, isWhole, lines: { ...lines, [line]: (lines[line] ?? 0) + texts } };
    this.#put.run(JSON.stringify(this.#latest));
  }

  /** Another process may have counted meanwhile. */
  begun(): void {
    this.#latest = undefined;
  }
}
