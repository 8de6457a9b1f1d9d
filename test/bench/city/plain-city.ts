import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { hourMs } from '../../../src/base/amounts.ts';
import { hourOf, hourStartMs } from '../../../src/store/hour.ts';
import { openRegister } from '../../../src/store/register.ts';
import { type MadeRegister, registerOptions } from '../make-register.ts';
import { cityVenues, numberOf, venueNumber, visitsByHour, visitsOfHour } from './city.ts';
import { putCityVenues } from './make-city.ts';

/**
 * The same visits in a plain table in the clear, with the indexes that the measured questions need.
 * What the `sqlite3` shell takes for a question on it is what the machine can do at the most.
 */
export function makePlainCity(made: MadeRegister, tell: (done: number) => void): string {
  const path = join(made.dataDir, '..', 'plain.sqlite');
  if (existsSync(path)) return path;
  rmSync(`${path}.new`, { force: true });
  const db = new Database(`${path}.new`);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -131072');
  db.exec(`
    CREATE TABLE venues (number TEXT PRIMARY KEY, name TEXT, address TEXT, issued INTEGER) WITHOUT ROWID;
    CREATE TABLE lines (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE visits (id INTEGER PRIMARY KEY, visited_at INTEGER, visitor TEXT, venue TEXT, received_at INTEGER);
  `);
  putCityVenues(db);
  fill(db, made, tell);
  db.exec(`
    CREATE INDEX by_time ON visits (visited_at);
    CREATE INDEX by_venue ON visits (venue, visited_at);
    CREATE INDEX by_visitor ON visits (visitor, visited_at);
  `);
  db.close();
  renameSync(`${path}.new`, path);
  return path;
}

function fill(db: Database.Database, made: MadeRegister, tell: (done: number) => void): void {
  const insert = db.prepare(
    'INSERT INTO visits (visited_at, visitor, venue, received_at) VALUES (?, ?, ?, ?)',
  );
  const venues = Array.from({ length: cityVenues }, (_, index) => venueNumber(index));
  const firstMs = made.nowMs - made.retentionMs;
  const addHour = db.transaction((hour: number, count: number) => {
    for (const { visitor, venue, second, delayMs } of visitsOfHour(hour, count)) {
      const atMs = hourStartMs(hour) + second * 1_000;
      insert.run(atMs, visitor, venues[venue], atMs + delayMs);
    }
  });
  let done = 0;
  for (const [index, count] of visitsByHour(firstMs, made.retentionMs / hourMs, made.visits).entries()) {
    addHour(hourOf(firstMs) + index, count);
    done += count;
    tell(done / made.visits);
  }
}

/** The person that a trace follows. The city's own numbers are unassigned, and no command accepts one. */
export const caseNumber = '01055500123';
export const companion = numberOf(123_456);

/** Adds a case to the register and the plain table, unless it is there: the case visits what a visitor of the city did. */
export function addCase(made: MadeRegister, plain: string): void {
  const db = new Database(plain);
  const register = openRegister(registerOptions(made, { role: 'tool' }));
  try {
    if (db.prepare('SELECT 1 FROM visits WHERE visitor = ?').get(caseNumber) !== undefined) return;
    const visits = db
      .prepare<[string], { venue: string; at: number; received: number }>(
        'SELECT venue, visited_at AS at, received_at AS received FROM visits WHERE visitor = ?',
      )
      .all(companion);
    register.transact((unit) => {
      for (const { venue, at, received } of visits)
        unit.addVisit({
          visitor: caseNumber,
          venue,
          atMs: at,
          receivedAtMs: received,
          source: 'network',
          line: 'line1',
          webSent: false,
          callback: false,
        });
    });
    const insert = db.prepare(
      'INSERT INTO visits (visited_at, visitor, venue, received_at) VALUES (?, ?, ?, ?)',
    );
    db.transaction(() => {
      for (const { venue, at, received } of visits) insert.run(at, caseNumber, venue, received);
    })();
  } finally {
    db.close();
    register.close();
  }
}
