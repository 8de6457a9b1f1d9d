import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { databasePath } from '../../src/store/database/database.ts';
import type { NewVisit } from '../../src/store/intake.ts';
import type { Register } from '../../src/store/register-types.ts';
import { always, nowMs, retentionMs, tempRegister, text, visit } from './temp-register.ts';

function add(register: Register, ...visits: Partial<NewVisit>[]): number[] {
  return register.transact((unit) => visits.map((changes) => unit.addVisit(visit(changes))));
}

const visitorsOf = async (visits: AsyncIterable<readonly { visitor: string }[]>) =>
  (await collect(visits)).map(({ visitor }) => visitor);

describe('a visit', () => {
  it('a visit comes back with all that was stored', async () => {
    const register = tempRegister().open();
    const [id] = add(register, {
      source: 'received',
      webSent: true,
      callback: true,
      visitor: '+8613055500123',
    });
    expect(await collect(register.visits(always))).toEqual([
      {
        correctedBy: null,
        id,
        visitor: '+8613055500123',
        venue: '0313242114',
        place: { number: '0313242114', name: null, address: null },
        visitedAtMs: nowMs,
        receivedAtMs: nowMs + 3_000,
        expiresAtMs: nowMs + retentionMs,
        line: 'line1',
        timeSource: 'received',
        webSent: true,
        callback: true,
      },
    ]);
  });

  it('a visit is there after the register was closed and opened again', async () => {
    const temp = tempRegister();
    const first = temp.open();
    add(first, {});
    first.close();
    expect(await visitorsOf(temp.open().visits(always))).toEqual(['01055500123']);
  });

  it('a visit has the name and address of its venue as they are when it is read', async () => {
    const register = tempRegister().open();
    add(register, {});
    const stream = register.visits(always);
    await collect(stream);
    await register.putVenues([
      { number: '0313242114', name: '용인시청', address: '중부대로 1199', issued: false },
    ]);
    expect((await collect(stream))[0]).toMatchObject({
      place: { name: '용인시청', address: '중부대로 1199' },
    });
  });

  it('a visit gets an id that tells nothing of when it came: a random one', () => {
    const temp = tempRegister();
    const register = temp.open();
    const ids = add(register, ...Array.from({ length: 100 }, () => ({})));
    const texts = Array.from({ length: 100 }, () => register.transact((unit) => unit.addText(text())));
    for (const drawn of [ids, texts]) {
      expect(new Set(drawn).size).toBe(100);
      const rises = drawn.filter((id, index) => index > 0 && id > (drawn[index - 1] ?? 0)).length;
      expect(rises).toBeGreaterThan(25);
      expect(rises).toBeLessThan(75);
    }
    // Short enough to be typed.
    expect(texts.every((id) => String(id).length === 10)).toBe(true);
  });
});

describe('visits in a window', () => {
  it('visits in a window come in order of visit time across hours and venues, whatever order they were stored in', async () => {
    const register = tempRegister().open();
    const times = [5, -3, 61, -120, 0, 59.5, 4, -60, 60].map((minutes) => nowMs + minutes * 60_000);
    add(register, ...times.map((atMs, index) => ({ atMs, venue: `03132421${10 + index}` })));
    expect((await collect(register.visits(always))).map(({ visitedAtMs }) => visitedAtMs)).toEqual(
      [...times].sort((a, b) => a - b),
    );
  });

  it('visits in a window of one second keep the order in which they were stored', async () => {
    const register = tempRegister().open();
    add(register, { visitor: '0101', venue: '0319999999' }, { visitor: '0102' }, { visitor: '0103' });
    expect(await visitorsOf(register.visits(always))).toEqual(['0101', '0102', '0103']);
  });

  it('visits in a window begin with its first millisecond and end before its last', async () => {
    const register = tempRegister().open();
    const hour = Math.ceil(nowMs / hourMs) * hourMs;
    const offsets = [-1, 0, 1, hourMs - 1, hourMs, hourMs + 1];
    add(register, ...offsets.map((offset) => ({ atMs: hour + offset })));
    const window = { fromMs: hour, toMs: hour + hourMs };
    expect((await collect(register.visits(window))).map(({ visitedAtMs }) => visitedAtMs - hour)).toEqual([
      0,
      1,
      hourMs - 1,
    ]);
    expect(await collect(register.visits({ fromMs: hour, toMs: hour }))).toEqual([]);
  });

  it('visits in a window can be those of some venues, or of one line', async () => {
    const register = tempRegister().open();
    add(
      register,
      { visitor: '0101', venue: '0311111111', line: 'north' },
      { visitor: '0102', venue: '0312222222', line: 'south', atMs: nowMs + 60_000 },
      { visitor: '0103', venue: '0313333333', line: 'north', atMs: nowMs - 60_000 },
    );
    const of = (query: object) => visitorsOf(register.visits({ ...always, ...query }));
    expect(await of({ venues: ['0312222222', '0313333333'] })).toEqual(['0103', '0102']);
    expect(await of({ venues: ['0311111111'], line: 'south' })).toEqual([]);
    expect(await of({ line: 'north' })).toEqual(['0103', '0101']);
    expect(await of({ line: 'unheard of' })).toEqual([]);
    expect(await of({ venues: [] })).toEqual([]);
  });

  it('visits in a window leave out what is past its four weeks, even before a sweep', async () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, { visitor: '0101' }, { visitor: '0102', atMs: nowMs + 1_000 });
    const window = { fromMs: 0, toMs: nowMs + dayMs };
    temp.clock.setWall(nowMs + retentionMs - 1);
    expect(await visitorsOf(register.visits(window))).toEqual(['0101', '0102']);
    temp.clock.setWall(nowMs + retentionMs);
    expect(await visitorsOf(register.visits(window))).toEqual(['0102']);
    expect(await visitorsOf(register.visitsOf('0101', window))).toEqual([]);
  });

  it('visits in a window may be left before their end, and the register writes again', async () => {
    const register = tempRegister().open();
    add(register, {}, {}, {});
    for (const { visitor } of await collect(register.visits(always))) {
      expect(visitor).toBe('01055500123');
      break;
    }
    expect(add(register, {})).toHaveLength(1);
  });
});

describe("one visitor's visits", () => {
  it("one visitor's visits are found in every hour, at every venue, and no one else is", async () => {
    const register = tempRegister().open();
    const own = [0, 1, 30, 24 * 20].map((hours) => ({
      atMs: nowMs - hours * hourMs,
      visitor: '01055500001',
    }));
    add(register, ...own, { venue: '0311111111', visitor: '01055500001' });
    add(register, ...own.map(({ atMs }) => ({ atMs, visitor: '01055500002' })));
    const found = await collect(register.visitsOf('01055500001', always));
    expect(found.map(({ visitedAtMs }) => (nowMs - visitedAtMs) / hourMs)).toEqual([480, 30, 1, 0, 0]);
    expect(new Set(found.map(({ visitor }) => visitor))).toEqual(new Set(['01055500001']));
  });
});

describe('counts', () => {
  it('counts are by hour and venue, of the window and filter asked for', async () => {
    const register = tempRegister().open();
    const hour = Math.floor(nowMs / hourMs) * hourMs;
    add(
      register,
      {},
      {},
      { venue: '0311111111' },
      { atMs: hour - 1 },
      { atMs: hour + 2 * hourMs, line: 'north' },
    );
    const found = await collect(register.counts(always));
    expect(found.sort((a, b) => a.hourStartMs - b.hourStartMs || (a.venue < b.venue ? -1 : 1))).toEqual([
      { hourStartMs: hour - hourMs, venue: '0313242114', visits: 1 },
      { hourStartMs: hour, venue: '0311111111', visits: 1 },
      { hourStartMs: hour, venue: '0313242114', visits: 2 },
      { hourStartMs: hour + 2 * hourMs, venue: '0313242114', visits: 1 },
    ]);
    const filtered = register.counts({
      fromMs: hour,
      toMs: hour + dayMs,
      venues: ['0313242114'],
      line: 'line1',
    });
    expect(await collect(filtered)).toEqual([{ hourStartMs: hour, venue: '0313242114', visits: 2 }]);
  });

  it('counts by venue are right among thousands of places, registered and not, hour by hour', async () => {
    const register = tempRegister().open();
    const number = (place: number) => `031${String(3_000_000 + place)}`;
    const places = Array.from({ length: 3_000 }, (_, place) => place);
    await register.putVenues(
      places.map((place) => ({ number: number(place), name: `P${place}`, address: null, issued: false })),
    );
    const hour = Math.floor(nowMs / hourMs) * hourMs;
    const expected = new Map<string, number>();
    // Some of them are not registered, and the second hour has some that the first did not have.
    const visited = [0, 1].flatMap((later) =>
      Array.from({ length: 400 }, (_, index) => ({
        venue: number((index * index * 7 + later * 100) % 3_500),
        atMs: hour + later * hourMs,
      })),
    );
    add(register, ...visited);
    for (const { venue, atMs } of visited) {
      const key = `${atMs} ${venue}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const found = await collect(register.counts(always));
    expect(new Map(found.map((one) => [`${one.hourStartMs} ${one.venue}`, one.visits]))).toEqual(expected);
    expect(found).toHaveLength(expected.size);
  });
});

describe('a row that cannot be opened', () => {
  function tampered(sql: string) {
    const temp = tempRegister();
    const register = temp.open();
    add(
      register,
      { visitor: '0101' },
      { visitor: '0102', venue: '0311111111' },
      { visitor: '0103', atMs: nowMs + hourMs },
    );
    register.close();
    const db = new Database(databasePath(temp.dataDir));
    db.exec(sql);
    db.close();
    return temp.open();
  }
  const hour = Math.floor(nowMs / hourMs);
  const second = `hour = ${hour} AND venue_tag = (SELECT max(venue_tag) FROM sealed_visits WHERE hour = ${hour})`;

  it.each([
    ['its bytes changed', `UPDATE sealed_visits SET sealed = zeroblob(57) WHERE ${second}`],
    ['fewer bytes than it had', `UPDATE sealed_visits SET sealed = zeroblob(3) WHERE ${second}`],
    ["its venue's tag changed", `UPDATE sealed_visits SET venue_tag = x'010203040506' WHERE ${second}`],
    ['its id changed', `UPDATE sealed_visits SET id = x'01020304' WHERE ${second}`],
    ["its visitor's tag changed", `UPDATE sealed_visits SET visitor_tag = x'0102' WHERE ${second}`],
    [
      "another row's content in it",
      `UPDATE sealed_visits SET sealed = (SELECT sealed FROM sealed_visits WHERE NOT (${second}))
      WHERE ${second}`,
    ],
  ])(
    'a row that cannot be opened because it has %s is passed over and counted, and the rest comes',
    async (_, sql) => {
      const stream = tampered(sql).visits(always);
      for (const _ of [1, 2]) {
        const left = await visitorsOf(stream);
        expect([
          ['0101', '0103'],
          ['0102', '0103'],
        ]).toContainEqual(left);
        expect(stream.unreadable).toBe(1);
      }
    },
  );
});

describe('the visits of each hour', () => {
  it('the visits of each hour are the same in number as one by one, in whole hours and in parts of them', async () => {
    const register = tempRegister().open();
    const times = [0, 1, 20, 39, 40, 41, 59, 60, 100, 170, 600].map((minutes) => nowMs - minutes * 60_000);
    add(register, ...times.map((atMs, index) => ({ atMs, venue: `03132421${10 + index}` })));
    for (const [from, to] of [
      [700, -60],
      [41, 0],
      [40, 20],
      [110, 59],
      [20, 19],
    ] as const) {
      const window = { fromMs: nowMs - from * 60_000, toMs: nowMs - to * 60_000 };
      const expected = new Map<number, number>();
      for (const { visitedAtMs } of await collect(register.visits(window))) {
        const startMs = Math.floor(visitedAtMs / hourMs) * hourMs;
        expected.set(startMs, (expected.get(startMs) ?? 0) + 1);
      }
      const told = (await collect(register.hourCounts(window))).map(({ hourStartMs, visits }) => [
        hourStartMs,
        visits,
      ]);
      expect(told).toEqual([...expected]);
    }
  });

  it('the visits of each hour leave out what is past its four weeks', async () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, { atMs: nowMs - 60_000 }, {});
    temp.clock.setWall(nowMs + retentionMs - 30_000);
    expect(
      (await collect(register.hourCounts({ fromMs: 0, toMs: nowMs + dayMs }))).map(({ visits }) => visits),
    ).toEqual([1]);
  });
});
