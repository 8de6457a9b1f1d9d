import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { visitorFinder } from '../../../src/cli/erase/visitor-finder.ts';
import { copyDatabase } from '../../../src/store/backup.ts';
import { checkRegister } from '../../../src/store/check/check.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { associatedData } from '../../../src/store/sealing/bound-data.ts';
import { seal } from '../../../src/store/sealing/seal.ts';
import { sweep, tables, who } from '../sweep/sweeping.ts';
import { always, arrival, nowMs, part, type TempRegister, text, visit } from '../temp-register.ts';
import { oldContents, oldRegister, regular } from './old-register.ts';

const rowsIn = ({ dataDir }: TempRegister, table: string) => {
  const db = new Database(databasePath(dataDir), { readonly: true });
  const rows = db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();
  db.close();
  return rows;
};

/** Everything that officers read of visits, by what they ask. */
async function read(register: Register) {
  const visits = await collect(register.visits(always));
  return {
    visits: visits.map(
      ({ visitor, venue, visitedAtMs, line }) => `${visitedAtMs} ${visitor} ${venue} ${line}`,
    ),
    regular: (await collect(register.visitsOf(regular, always))).length,
    texts: (await collect(register.texts(always))).map(
      ({ kind, sender, reason }) => `${kind} ${sender} ${reason}`,
    ),
  };
}

/** The same again, an hour later, in the form of today. */
function receiveMore(register: Register, atMs: number): void {
  register.transact((unit) => {
    unit.addVisit(visit({ atMs, visitor: regular }));
    unit.addVisit(visit({ atMs: atMs + 1_000, visitor: '01055509999', venue: '0313242115', line: 'line2' }));
    unit.addText(text({ atMs, sender: regular }));
  });
}

/** The visit that `kim` assigned gets the text that it was made of, as the version before this form kept it. */
async function assignedBefore(temp: TempRegister): Promise<{ readonly id: number; readonly venue: string }> {
  const db = new Database(databasePath(temp.dataDir));
  const [hour, id, at] = db.prepare('SELECT hour, id, visited_at FROM corrections').raw().get() as [
    number,
    number,
    number,
  ];
  const venue = db.prepare('SELECT venue FROM visits WHERE hour = ? AND id = ?').pluck().get(hour, id);
  const made = visit({ atMs: at, venue: String(venue), visitor: '01055504000', correctedBy: 'kim' });
  const kept = { ...text({ atMs: at, sender: '01055504000', text: '시청' }), id: 12 };
  const keys = new HourKeys(Keyring.open(temp.keyFile, true), 'aes-256-gcm');
  const subkeys = keys.forReading(hour);
  if (subkeys === null) throw new Error('no key');
  const bound = associatedData(5, hour, id, at);
  const sealed = seal(subkeys, Buffer.from(JSON.stringify({ visit: made, text: kept })), bound);
  db.prepare('UPDATE corrections SET sealed = ?').run(sealed);
  keys.close();
  db.close();
  return { id, venue: String(venue) };
}

describe('a register of the form before rows were sealed whole', () => {
  it('a register of the form before is read as it was written', async () => {
    const register = oldRegister().open();
    const health = await register.health();
    expect(health).toMatchObject({ ...oldContents, keylessHours: 0 });
    const visits = await collect(register.visits(always));
    expect(visits).toHaveLength(oldContents.visits);
    expect(visits.map(({ visitedAtMs }) => visitedAtMs)).toEqual(
      visits.map(({ visitedAtMs }) => visitedAtMs).sort((a, b) => a - b),
    );
    expect(visits.filter(({ visitor }) => visitor === regular)).toHaveLength(12);
    expect(visits.find(({ visitor }) => visitor === '01055502003')).toMatchObject({
      venue: '0313242114',
      place: { name: '용인시청' },
      visitedAtMs: nowMs - 24 * hourMs + 60_000,
      receivedAtMs: nowMs - 24 * hourMs + 63_000,
      line: 'line2',
      webSent: true,
      timeSource: 'network',
      correctedBy: null,
    });
    expect(visits.find(({ visitor }) => visitor === 'Yongin-Si')).toMatchObject({ timeSource: 'received' });
    expect(visits.find(({ visitor }) => visitor === '01055504000')).toMatchObject({ correctedBy: 'kim' });
    expect(await collect(register.visitsOf(regular, always))).toHaveLength(12);
    expect(await register.visitsAt('0313242115')).toBe(16);
    const texts = await collect(register.texts(always));
    expect(texts.map(({ kind }) => kind).sort()).toEqual([
      'notice',
      'undecodable',
      'unresolved',
      'unresolved',
    ]);
    for (const { id, ...rest } of texts) expect(await register.textOf(id)).toEqual({ id, ...rest });
    expect(await register.partsOf(regular, always)).toMatchObject([
      { seq: 1, total: 3 },
      { seq: 2, total: 3 },
    ]);
  });

  it('a register of the form before gets new rows in the sealed form, and both are read as one, in order', async () => {
    const temp = oldRegister();
    const register = temp.open();
    const before = await read(register);
    // Into an hour that has old rows, between them, and into one of its own.
    receiveMore(register, nowMs + 60_000 + 1);
    receiveMore(register, nowMs - 3 * hourMs);
    expect([rowsIn(temp, 'visits'), rowsIn(temp, 'sealed_visits')]).toEqual([38, 4]);
    const after = await read(register);
    const times = after.visits.map((row) => Number(row.split(' ')[0]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(after.visits).toHaveLength(42);
    expect(after.visits).toEqual(expect.arrayContaining(before.visits));
    expect(after.regular).toBe(before.regular + 2);
    expect(after.texts).toHaveLength(6);
    expect(await register.health()).toMatchObject({ visits: 42, unresolved: 4, undecodable: 1, notices: 1 });
    const counts = await collect(register.counts(always));
    const sum = (list: readonly { readonly visits: number }[]) =>
      list.reduce((all, { visits }) => all + visits, 0);
    expect(sum(counts)).toBe(42);
    expect(sum(counts.filter(({ venue }) => venue === '0313242115'))).toBe(18);
    expect(sum(await collect(register.hourCounts(always)))).toBe(42);
    expect(await register.visitsAt('0313242115')).toBe(18);
    const partly = { fromMs: nowMs, toMs: nowMs + 61_000 };
    expect(sum(await collect(register.hourCounts(partly)))).toBe(3);
    expect(sum(await collect(register.counts({ ...always, line: 'line2' })))).toBe(14);
  });

  it('a register of the form before lists, moves and takes back what staff assigned in it with its text', async () => {
    const temp = oldRegister();
    temp.open().close();
    const of = await assignedBefore(temp);
    const register = temp.open();
    const assigned = await register.assignedTexts(always);
    expect(assigned).toMatchObject([{ visitId: of.id, visit: { venue: of.venue }, text: { text: '시청' } }]);
    expect(await register.reassign(assigned, { venue: '022123456', correctedBy: 'lee' })).toBe(1);
    expect([rowsIn(temp, 'corrections'), rowsIn(temp, 'visits'), rowsIn(temp, 'sealed_visits')]).toEqual([
      0, 37, 1,
    ]);
    const moved = await register.assignedTexts(always);
    expect(moved).toMatchObject([{ visit: { venue: '022123456', correctedBy: 'lee' } }]);
    expect(await register.unassign(moved)).toHaveLength(1);
    expect(await register.health()).toMatchObject({ visits: 37, unresolved: oldContents.unresolved + 1 });
    expect(await register.assignedTexts(always)).toEqual([]);
    register.close();
    const asked = { ...temp.options, configFile: null, sweepIntervalMs: hourMs, full: true };
    expect(checkRegister(asked).findings.filter(({ id }) => id !== 'check.audit')).toEqual([]);
  });

  it('a register of the form before knows the texts that it has seen, and joins a text whose first parts it has', () => {
    const register = oldRegister().open();
    const known = arrival({ octets: Buffer.from(`.${regular} 0313242114`), atMs: nowMs, sentAtMs: nowMs });
    const inSlot = arrival({
      place: { memory: 'SM', slot: 30 },
      octets: Buffer.from('.without a time'),
      source: 'received',
      sentAtMs: null,
    });
    register.transact((unit) => {
      expect(unit.alreadyHeld({ ...known, place: { memory: 'SM', slot: 44 } })).toBe(true);
      expect(unit.alreadyHeld(inSlot)).toBe(true);
      // The same words a second later are another text.
      expect(unit.alreadyHeld({ ...known, atMs: nowMs + 1_000, sentAtMs: nowMs + 1_000 })).toBe(false);
      const set = unit.addPart(part({ sender: regular, ref: 7, total: 3, seq: 3 }));
      expect(set?.parts.map(({ seq, octets }) => [seq, Buffer.from(octets).toString()])).toEqual([
        [1, `segment 1 of ${regular}`],
        [2, `segment 2 of ${regular}`],
        [3, 'segment 3'],
      ]);
      expect(set?.complete).toBe(true);
      unit.slotsInUse('line1', 'SM', []);
      expect(unit.alreadyHeld(inSlot)).toBe(false);
    });
  });

  it('a register of the form before is checked, backed up and read from the backup', async () => {
    const temp = oldRegister();
    const register = temp.open();
    receiveMore(register, nowMs + 60_000);
    const check = () =>
      checkRegister({ ...temp.options, configFile: null, sweepIntervalMs: hourMs, full: true });
    // No gateway began the log of this register: that is a finding of its own.
    expect(check().findings.filter(({ id }) => id !== 'check.audit')).toEqual([]);
    expect(check().database).toMatchObject({
      visits: 40,
      unresolved: 3,
      undecodable: 1,
      notices: 1,
      parts: 3,
    });
    const copy = oldRegister();
    const signal = new AbortController().signal;
    await copyDatabase({ dataDir: temp.dataDir, draft: databasePath(copy.dataDir), signal });
    const restored = copy.open({ keyFile: temp.keyFile, role: 'reader' });
    expect(await read(restored)).toEqual(await read(register));
  });

  it('a register of the form before forgets a visitor in both forms, and the ledger counts each row once', async () => {
    const temp = oldRegister();
    const register = temp.open();
    receiveMore(register, nowMs + 60_000);
    const traces = await register.tracesOf(visitorFinder(regular));
    const erased = await register.erase(visitorFinder(regular), who);
    expect(erased.rows).toEqual({ visits: 13, unresolved: 2, undecodable: 0, notices: 0, parts: 2 });
    expect(traces.rows).toHaveLength(17);
    expect((await register.tracesOf(visitorFinder(regular))).rows).toEqual([]);
    expect(await collect(register.visitsOf(regular, always))).toEqual([]);
    expect(await register.health()).toMatchObject({ visits: 27, unresolved: 1, openParts: 1 });
    expect((await register.erase(visitorFinder('01055504000'), who)).rows.visits).toBe(1);
    expect(rowsIn(temp, 'corrections')).toBe(0);
  });

  it('a register of the form before has none of it left after four weeks, and goes on in the sealed form', async () => {
    const temp = oldRegister();
    const register = temp.open();
    receiveMore(register, nowMs + 60_000);
    for (let week = 0; week < 4; week += 1) {
      await temp.clock.advance(7 * dayMs + hourMs);
      await sweep(register);
    }
    const recent = temp.clock.wallMs() - hourMs;
    receiveMore(register, recent);
    await sweep(register);
    expect(await register.health()).toMatchObject({
      visits: 2,
      unresolved: 1,
      undecodable: 0,
      keylessHours: 0,
    });
    for (const table of ['visits', 'texts', 'parts', 'seen', 'residents', 'corrections'])
      expect([table, rowsIn(temp, table)]).toEqual([table, 0]);
    expect(tables(temp)).toMatchObject({ visits: 2, texts: 1, parts: 0, hours: 1 });
  });

  it('a register of the form before ends rows that are past in hours that go on, as it did', async () => {
    const temp = oldRegister();
    const register = temp.open();
    // Its first hour's three visits are at 20, 21 and 22 minutes past.
    await temp.clock.advance(28 * dayMs - 88 * hourMs + 60_000);
    expect((await sweep(register)).rows.visits).toBe(2);
    expect((await sweep(register)).rows.visits).toBe(0);
    expect((await register.health()).visits).toBe(oldContents.visits - 2);
  });
});
