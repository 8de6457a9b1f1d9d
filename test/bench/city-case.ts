import Database from 'better-sqlite3';
import { openRegister } from '../../src/store/register.ts';
import { numberOf } from './city.ts';
import { type MadeRegister, registerOptions } from './make-register.ts';

/** Whom a trace follows. The city's own numbers are nobody's, and no command takes one. */
export const caseNumber = '01055500123';
const companion = numberOf(123_456);

/** Puts a case into the register and the plain table, unless it is there: it goes where somebody of the city went. */
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
