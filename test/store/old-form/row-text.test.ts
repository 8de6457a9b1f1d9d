import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { parseRow, rowText } from '../../../src/store/old-form/old-visits.ts';

/** What a row of these values is read as, by way of SQLite. */
function asRead(at: number, id: number, received: number, line: number, flags: number, venue: string) {
  const db = new Database(':memory:');
  db.exec(
    'CREATE TABLE visits (visited_at INTEGER, id INTEGER, received_at INTEGER, line INTEGER, flags INTEGER, sealed BLOB, venue TEXT) STRICT',
  );
  db.prepare('INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    at,
    id,
    received,
    line,
    flags,
    Buffer.from('0aff', 'hex'),
    venue,
  );
  const text = db.prepare<[], string>(`SELECT ${rowText} FROM visits`).pluck().get();
  db.close();
  return parseRow(text as string);
}

describe('a row as one text', () => {
  it.each([
    ['of today', [1_795_410_000_123, 30_000_000, 1_795_410_004_567, 1, 0], '0313242114'],
    ['of a clock that stood at nought', [0, 1, 0, 12, 15], '02112'],
    ['of a clock before its epoch', [-1, 1, -86_400_000, 1, 9], '284713'],
    ['with the largest numbers', [Number.MAX_SAFE_INTEGER, 2 ** 52 + 1, 2 ** 53 - 2, 2 ** 31, 8], '1577'],
    ['of a venue that no gateway writes', [1, 2, 3, 4, 5], ' 시청 1 2'],
    ['of no venue', [1, 2, 3, 4, 5], ''],
  ] as const)(
    'a row as one text %s is read as it was written',
    (_, [at, id, received, line, flags], venue) => {
      expect(asRead(at, id, received, line, flags, venue)).toEqual([
        venue,
        at,
        id,
        '0AFF',
        received,
        line,
        flags,
      ]);
    },
  );
});
