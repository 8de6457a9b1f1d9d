import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { always, nowMs, retentionMs, tempRegister, text, visit } from './temp-register.ts';

describe('a text that is no visit', () => {
  it('a text that is no visit comes back as it came', async () => {
    const register = tempRegister().open();
    const stored = text({
      text: '김밥 두 줄 😀\n',
      pdu: 'not even hexadecimal',
      reason: 'pdu.truncated',
      kind: 'undecodable',
    });
    const id = register.transact((unit) => unit.addText(stored));
    expect(await collect(register.texts(always))).toEqual([
      { ...stored, id, expiresAtMs: nowMs + retentionMs },
    ]);
  });

  it('a text that is no visit may have no sender and no words', async () => {
    const register = tempRegister().open();
    const stored = text({ sender: null, text: null, source: 'received' });
    register.transact((unit) => unit.addText(stored));
    expect((await collect(register.texts(always)))[0]).toMatchObject({
      sender: null,
      text: null,
      source: 'received',
    });
  });

  it('a text that is no visit is listed in order of time, by kind and window', async () => {
    const register = tempRegister().open();
    register.transact((unit) => {
      unit.addText(text({ kind: 'notice', reason: 'mms', atMs: nowMs + hourMs }));
      unit.addText(text({ kind: 'unresolved', reason: 'empty' }));
      unit.addText(text({ kind: 'undecodable', reason: 'pdu.truncated', atMs: nowMs - 3 * hourMs }));
    });
    const reasons = async (query: object) =>
      (await collect(register.texts({ ...always, ...query }))).map(({ reason }) => reason);
    expect(await reasons({})).toEqual(['pdu.truncated', 'empty', 'mms']);
    expect(await reasons({ kinds: ['notice', 'unresolved'] })).toEqual(['empty', 'mms']);
    expect(await reasons({ toMs: nowMs })).toEqual(['pdu.truncated']);
  });

  it('a text that is no visit whose hour has lost its key is counted and passed over', async () => {
    const temp = tempRegister();
    const first = temp.open();
    first.transact((unit) => {
      unit.addText(text());
      unit.addText(text({ atMs: nowMs + hourMs, reason: 'empty' }));
      unit.addVisit(visit());
      unit.addVisit(visit());
    });
    first.close();
    const ring = Keyring.open(temp.keyFile, true);
    ring.destroy(Math.floor(nowMs / hourMs));
    ring.close();
    const register = temp.open();
    const texts = register.texts(always);
    expect((await collect(texts)).map(({ reason }) => reason)).toEqual(['empty']);
    expect(texts.unreadable).toBe(1);
    const visits = register.visits(always);
    expect(await collect(visits)).toEqual([]);
    expect(visits.unreadable).toBe(2);
    expect(await register.health()).toMatchObject({ keylessHours: 1, keys: 1 });
  });
});

describe("the register's health", () => {
  it("the register's health counts what it holds, by kind", async () => {
    const temp = tempRegister();
    const register = temp.open();
    expect(await register.health()).toMatchObject({
      visits: 0,
      oldestHourMs: null,
      keys: 0,
      keylessHours: 0,
    });
    register.transact((unit) => {
      for (const venue of ['0311111111', '0312222222', '0313333333']) unit.addVisit(visit({ venue }));
      unit.addVisit(visit({ atMs: nowMs - 5 * hourMs }));
      unit.addText(text());
      unit.addText(text({ kind: 'notice' }));
      unit.addText(text({ kind: 'notice' }));
      unit.addText(text({ kind: 'undecodable' }));
      unit.addPart({ ...visit(), sender: '0101', ref: 1, bits: 8, total: 2, seq: 1, octets: Buffer.of(1) });
    });
    const health = await register.health();
    expect(health).toMatchObject({
      visits: 4,
      unresolved: 1,
      notices: 2,
      undecodable: 1,
      openParts: 1,
      keys: 2,
    });
    expect(health.oldestHourMs).toBe(Math.floor(nowMs / hourMs - 5) * hourMs);
    expect(health.databaseBytes).toBeGreaterThanOrEqual(4_096);
    expect(health.walBytes).toBeGreaterThan(4_096);
    expect(await temp.open({ role: 'reader' }).health()).toEqual(health);
  });

  it("the register's health counts nothing of a transaction that was undone", async () => {
    const register = tempRegister().open();
    const failing = () =>
      register.transact((unit) => {
        unit.addVisit(visit());
        throw new Error('power cut');
      });
    expect(failing).toThrow('power cut');
    register.transact((unit) => unit.addText(text()));
    expect(await register.health()).toMatchObject({ visits: 0, unresolved: 1 });
  });
});
