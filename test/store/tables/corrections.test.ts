import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { visitorFinder } from '../../../src/cli/erase/visitor-finder.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import type { RowBatches, StoredVisit } from '../../../src/store/records.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { downgrade } from '../downgrade.ts';
import { oldRegister, regular } from '../old-form/old-register.ts';
import { always, nowMs, tempRegister, text, visit } from '../temp-register.ts';

const clerk = { user: 'clerk', uid: 1000, sudo: null, login: null, session: null };

async function assign(register: Register): Promise<void> {
  const stored = await register.textOf(register.transact((unit) => unit.addText(text())));
  register.transact((unit) => {
    if (stored && unit.removeText(stored)) unit.addVisit(visit({ correctedBy: 'officer' }));
  });
}

describe('a text that staff assigned to a venue', () => {
  it('a text that staff assigned to a venue is a visit that says who did it, however it is read', async () => {
    const register = tempRegister().open();
    register.transact((unit) => unit.addVisit(visit({ atMs: nowMs - hourMs })));
    await assign(register);
    const names = async (visits: RowBatches<StoredVisit>) =>
      (await collect(visits)).map(({ correctedBy }) => correctedBy);
    expect(await names(register.visits(always))).toEqual([null, 'officer']);
    expect(await names(register.visitsOf('01055500123', always))).toEqual([null, 'officer']);
  });

  it('a text that staff assigned to a venue is no text any more, and the hour counts it so', async () => {
    const register = tempRegister().open();
    await assign(register);
    expect(await collect(register.texts(always))).toEqual([]);
    expect(await register.health()).toMatchObject({ visits: 1, unresolved: 0 });
  });

  it('the words of a text that staff assigned are sealed, and lose the number of whoever is erased', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const words = '친구 010-5550-0777 시청';
    const id = register.transact((unit) => unit.addText(text({ text: words, pdu: 'PDU' })));
    const stored = await register.textOf(id);
    if (stored === null) throw new Error('no text');
    await register.assign([{ text: stored, visit: visit({ correctedBy: 'officer' }) }]);
    const sealed = new Database(databasePath(temp.dataDir), { readonly: true });
    const row = sealed.prepare('SELECT sealed FROM sealed_texts').pluck().get() as Buffer;
    sealed.close();
    expect(row.includes(Buffer.from('친구'))).toBe(false);
    const finder = visitorFinder('01055500777');
    expect((await register.tracesOf(finder)).mentions).toBe(1);
    expect((await register.erase(finder, clerk)).starred).toBe(1);
    const [assigned] = await register.assignedTexts(always);
    expect([assigned?.text.text, assigned?.text.pdu]).toEqual([expect.not.stringContaining('0777'), '']);
    expect(await register.assignedTexts(always)).toHaveLength(1);
    expect(await register.health()).toMatchObject({ visits: 1 });
    expect((await register.tracesOf(finder)).mentions).toBe(0);
  });

  it('a text that staff assigned to a venue leaves nothing of who did it when it is erased or has expired', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const kept = () => {
      const db = new Database(databasePath(temp.dataDir), { readonly: true });
      const rows = db.prepare('SELECT sum(texts) FROM hours').pluck().get();
      db.close();
      return rows;
    };
    await assign(register);
    register.transact((unit) =>
      unit.addVisit(visit({ visitor: '01055500999', correctedBy: 'officer', atMs: nowMs - 60_000 })),
    );
    expect(kept()).toBe(2);
    await register.erase(visitorFinder('01055500999'), clerk);
    expect(kept()).toBe(1);
    await temp.clock.advance(28 * dayMs + hourMs);
    await register.sweep({ who: clerk, command: 'sweep' });
    expect(kept()).toBeNull();
    expect((await register.health()).visits).toBe(0);
  });

  it('a text that staff assigned to a venue is taken out once: a second time it is not there', async () => {
    const register = tempRegister().open();
    const gone = register.transact((unit) => {
      const stored = { id: unit.addText(text()), atMs: nowMs };
      return [unit.removeText(stored), unit.removeText(stored)];
    });
    expect(gone).toEqual([true, false]);
    expect((await register.health()).unresolved).toBe(0);
  });
});

describe('a text', () => {
  it('a text is found by its id while its time lasts', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const id = register.transact((unit) => unit.addText(text({ text: '시청' })));
    expect((await register.textOf(id))?.text).toBe('시청');
    expect(await register.textOf(id + 1)).toBeNull();
    await temp.clock.advance(29 * dayMs);
    expect(await register.textOf(id)).toBeNull();
  });
});

describe('a register from before there were corrections', () => {
  it('a register from before there were corrections is brought up to date, and its visits and venues read as before', async () => {
    const temp = oldRegister();
    downgrade(databasePath(temp.dataDir));
    const again = temp.open();
    const ofRegular = await collect(again.visitsOf(regular, { fromMs: nowMs, toMs: nowMs + 1 }));
    expect(ofRegular).toMatchObject([{ place: { name: '용인시청' }, correctedBy: null }]);
    expect(await again.venues()).toMatchObject([{ branches: [], removedAtMs: null }]);
  });
});
