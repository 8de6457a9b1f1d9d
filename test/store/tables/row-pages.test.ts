import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collect } from '../../../src/base/batches.ts';
import { databasePath, openDatabase } from '../../../src/store/database/database.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { rowBytes } from '../../../src/store/sealing/visit-row.ts';
import { hourPages, pageRows, piecedRows } from '../../../src/store/tables/row-pages.ts';
import { always, nowMs, type TempRegister, tempRegister, visit } from '../temp-register.ts';

const count = pageRows * 2 + 200;

function filled(): TempRegister {
  const temp = tempRegister();
  const register = temp.open();
  register.transact((unit) => {
    for (let index = 0; index < count; index += 1)
      unit.addVisit(visit({ venue: `031324${2_000 + (index % 7)}`, atMs: nowMs - index }));
  });
  return temp;
}

function pagesOf(temp: TempRegister): string[] {
  const db = openDatabase(temp.dataDir, true);
  onTestFinished(() => void db.close());
  return [...hourPages(db)(hourOf(nowMs))];
}

describe('pages of an hour', () => {
  it('pages of an hour have each of its rows once, in the order of the table', () => {
    const temp = filled();
    const pages = pagesOf(temp);
    expect(pages.map(({ length }) => length / rowBytes / 2)).toEqual([pageRows, pageRows, 200]);
    const db = new Database(databasePath(temp.dataDir), { readonly: true });
    const rows = db
      .prepare<[], string>('SELECT hex(venue_tag || id || visitor_tag || sealed) FROM sealed_visits')
      .pluck()
      .all();
    db.close();
    expect(pages.join('')).toBe(rows.join(''));
    expect(piecedRows(pages).toString('hex').toUpperCase()).toBe(rows.join(''));
  });

  it('pages of an hour have a row that was cut or lengthened, as one that does not open, and all others', async () => {
    const temp = filled();
    const db = new Database(databasePath(temp.dataDir));
    db.exec(`UPDATE sealed_visits SET sealed = x'00' WHERE id IN (SELECT id FROM sealed_visits LIMIT 3)`);
    db.exec(
      `UPDATE sealed_visits SET sealed = zeroblob(58) WHERE id IN (SELECT id FROM sealed_visits LIMIT 2 OFFSET 600)`,
    );
    db.close();
    const batches = temp.open({ role: 'reader' }).visits(always);
    expect((await collect(batches)).length).toBe(count - 5);
    expect(batches.unreadable).toBe(5);
    expect(pagesOf(temp).join('')).toHaveLength(count * rowBytes * 2);
  });
});
