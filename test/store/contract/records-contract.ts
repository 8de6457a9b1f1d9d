import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { visitorFinder } from '../../../src/cli/erase/visitor-finder.ts';
import type { Unit } from '../../../src/store/intake.ts';
import { always, nowMs, text, visit } from '../temp-register.ts';
import type { ContractBench, MakeRegister } from './contract-bench.ts';

const who = { user: 'officer', uid: 1000, sudo: null, login: null, session: null };
const hour = Math.floor(nowMs / hourMs) * hourMs;
const hall = { number: '0313242114', name: '용인시청', address: null, issued: false };

async function take<T>({ intake, settle }: ContractBench, work: (unit: Unit) => T): Promise<T> {
  const taken = intake.transact(work);
  await settle();
  return taken;
}

async function addVisits(bench: ContractBench, ...visits: Parameters<typeof visit>[0][]): Promise<void> {
  await take(bench, (unit) => visits.map((changes) => unit.addVisit(visit(changes))));
}

/** What every engine has to keep of `Records`: run with a factory that makes an empty register. */
export function recordsContract(engine: string, make: MakeRegister): void {
  describe(`the records of a register on ${engine}`, () => {
    it('gives visits in order of time, in batches, each time anew', async () => {
      const bench = await make();
      const count = 600;
      await addVisits(
        bench,
        ...Array.from({ length: count }, (_, index) => ({ atMs: nowMs - ((index * 7) % count) * 60_000 })),
      );
      const batches = bench.records.visits(always);
      let rows = 0;
      let lastMs = 0;
      for await (const batch of batches) {
        expect(batch.length).toBeLessThan(count);
        for (const { visitedAtMs } of batch) {
          expect(visitedAtMs).toBeGreaterThanOrEqual(lastMs);
          lastMs = visitedAtMs;
        }
        rows += batch.length;
      }
      expect([rows, batches.unreadable]).toEqual([count, 0]);
      expect(await collect(batches)).toHaveLength(count);
    });

    it('finds visits by window, venue, line and visitor', async () => {
      const bench = await make();
      await addVisits(
        bench,
        { visitor: '0101', venue: '0311111111', line: 'north' },
        { visitor: '0102', venue: '0312222222', line: 'south', atMs: nowMs + 1 },
        { visitor: '0101', venue: '0313333333', line: 'north', atMs: nowMs + hourMs },
      );
      const { records } = bench;
      const venues = async (rows: ReturnType<typeof records.visits>) =>
        (await collect(rows)).map(({ venue }) => venue);
      expect(await venues(records.visits({ fromMs: nowMs, toMs: nowMs + 1 }))).toEqual(['0311111111']);
      expect(await venues(records.visits({ ...always, venues: ['0312222222'] }))).toEqual(['0312222222']);
      expect(await venues(records.visits({ ...always, line: 'south' }))).toEqual(['0312222222']);
      expect(await venues(records.visitsOf('0101', always))).toEqual(['0311111111', '0313333333']);
      expect(await venues(records.visitsOf('0199', always))).toEqual([]);
    });

    it('shows nothing past its retention, also before a sweep', async () => {
      const bench = await make();
      await addVisits(bench, {});
      await bench.clock.advance(28 * dayMs);
      const whole = { fromMs: 0, toMs: nowMs + 60 * dayMs };
      expect(await collect(bench.records.visits(whole))).toEqual([]);
      expect(await collect(bench.records.counts(whole))).toEqual([]);
      expect(await bench.records.health()).toMatchObject({ visits: 1 });
    });

    it('counts visits by hour, and by venue', async () => {
      const bench = await make();
      await addVisits(bench, {}, {}, { venue: '0311111111' }, { atMs: hour + hourMs });
      // By hour; the places of an hour are in no order.
      const counts = await collect(bench.records.counts(always));
      expect(counts.at(-1)?.hourStartMs).toBe(hour + hourMs);
      expect(counts.toSorted((a, b) => a.hourStartMs - b.hourStartMs || a.visits - b.visits)).toEqual([
        { hourStartMs: hour, venue: '0311111111', visits: 1 },
        { hourStartMs: hour, venue: hall.number, visits: 2 },
        { hourStartMs: hour + hourMs, venue: hall.number, visits: 1 },
      ]);
      expect(await collect(bench.records.hourCounts(always))).toEqual([
        { hourStartMs: hour, visits: 3 },
        { hourStartMs: hour + hourMs, visits: 1 },
      ]);
      expect(await bench.records.visitsAt(hall.number)).toBe(3);
    });

    it('sums hours under another where that is wanted', async () => {
      const bench = await make();
      const places = [hall.number, '0311111111', hall.number, hall.number];
      await addVisits(bench, ...places.map((venue, later) => ({ venue, atMs: hour + later * hourMs })));
      const even = (hourStartMs: number) => hour + ((hourStartMs - hour) % (2 * hourMs));
      const sums = new Map<string, number>();
      for (const { hourStartMs, venue, visits } of await collect(bench.records.counts(always, even))) {
        const key = `${(even(hourStartMs) - hour) / hourMs} ${venue}`;
        sums.set(key, (sums.get(key) ?? 0) + visits);
      }
      expect(Object.fromEntries(sums)).toEqual({
        [`0 ${hall.number}`]: 2,
        '1 0311111111': 1,
        [`1 ${hall.number}`]: 1,
      });
    });

    it('counts whole hours and parts of hours alike, of all places, of some, and of a line', async () => {
      const bench = await make();
      await bench.records.putVenues([hall]);
      const at = (minutes: number) => ({ atMs: hour + minutes * 60_000 });
      await addVisits(
        bench,
        at(5),
        at(50),
        { ...at(70), venue: '0311111111' },
        { ...at(75), line: 'south' },
        { ...at(80), venue: '1234567890123456' },
        at(125),
        at(170),
      );
      const counted = async (query: Parameters<typeof bench.records.counts>[0]) =>
        (await collect(bench.records.counts(query)))
          .map(({ hourStartMs, venue, visits }) => `${(hourStartMs - hour) / hourMs} ${venue} ${visits}`)
          .sort();
      const part = { fromMs: hour + 30 * 60_000, toMs: hour + 150 * 60_000 };
      expect(await counted(part)).toEqual([
        `0 ${hall.number} 1`,
        '1 0311111111 1',
        `1 ${hall.number} 1`,
        '1 1234567890123456 1',
        `2 ${hall.number} 1`,
      ]);
      expect(await counted({ ...part, venues: [hall.number, '0319999999'] })).toEqual([
        `0 ${hall.number} 1`,
        `1 ${hall.number} 1`,
        `2 ${hall.number} 1`,
      ]);
      expect(await counted({ ...part, line: 'south' })).toEqual([`1 ${hall.number} 1`]);
      const within = { fromMs: hour + 60_000, toMs: hour + 20 * 60_000 };
      expect(await counted(within)).toEqual([`0 ${hall.number} 1`]);
      expect((await collect(bench.records.hourCounts(part))).map(({ visits }) => visits)).toEqual([1, 3, 1]);
      expect((await collect(bench.records.hourCounts(within))).map(({ visits }) => visits)).toEqual([1]);
    });

    it('assigns texts that are still there, and says who did it', async () => {
      const bench = await make();
      const { records } = bench;
      const ids = await take(bench, (unit) => [unit.addText(text()), unit.addText(text())]);
      const assignments = (await collect(records.texts(always))).map((stored) => ({
        text: stored,
        visit: visit({ correctedBy: 'officer' }),
      }));
      expect(assignments.map((one) => one.text.id)).toEqual(ids);
      expect(await records.assign(assignments.slice(0, 1))).toBe(1);
      expect(await records.assign(assignments)).toBe(1);
      expect(await collect(records.texts(always))).toEqual([]);
      expect((await collect(records.visits(always))).map(({ correctedBy }) => correctedBy)).toEqual([
        'officer',
        'officer',
      ]);
    });

    it('moves an assigned text to another place, and takes the assignment back with every word', async () => {
      const bench = await make();
      const { records } = bench;
      await take(bench, (unit) => unit.addText(text()));
      const [stored] = await collect(records.texts(always));
      if (stored === undefined) throw new Error('no text');
      await records.assign([{ text: stored, visit: visit({ correctedBy: 'officer' }) }]);
      const first = await records.assignedTexts(always);
      expect(first).toMatchObject([{ text: stored, visit: visit({ correctedBy: 'officer' }) }]);
      expect(await records.assignedTexts({ fromMs: 0, toMs: 1 })).toEqual([]);
      expect(await records.reassign(first, { venue: '022123456', correctedBy: 'clerk' })).toBe(1);
      expect(await records.reassign(first, { venue: '022123457', correctedBy: 'clerk' })).toBe(0);
      const visits = await collect(records.visits(always));
      expect(visits.map(({ venue, correctedBy }) => [venue, correctedBy])).toEqual([['022123456', 'clerk']]);
      const second = await records.assignedTexts(always);
      const [id = 0, ...others] = await records.unassign(second);
      expect([others, await records.unassign(second)]).toEqual([[], []]);
      expect(await collect(records.texts(always))).toEqual([{ ...stored, id }]);
      expect([await collect(records.visits(always)), await records.assignedTexts(always)]).toEqual([[], []]);
      expect(await records.health()).toMatchObject({ visits: 0, unresolved: 1 });
    });

    it('undoes the last lists of places, except what was changed since', async () => {
      const { records } = await make();
      const place = (number: string, name: string) => ({
        number,
        name,
        address: null,
        issued: false,
        branches: [],
        removedAtMs: null,
      });
      const names = async () => (await records.venues()).map(({ number, name }) => `${number} ${name}`);
      const [old, pool] = [place('022123456', 'old'), place('022123457', 'pool')];
      await records.putVenues([old, pool]);
      const before = await names();
      expect(await records.venues('here')).toEqual(await records.venues());
      expect(await records.lastImport()).toBeNull();
      await records.changeVenues([
        { before: old, after: { ...old, name: 'new' } },
        { before: pool, after: { ...pool, removedAtMs: nowMs } },
        { before: null, after: place('022123458', 'wrong') },
      ]);
      await records.changeVenues([{ before: null, after: place('022123459', 'second') }]);
      const second = await records.lastImport();
      if (second === null) throw new Error('no list');
      expect([await records.undoImport(second), await records.venueOf('022123459')]).toEqual([[], null]);
      expect(await records.undoImport(second)).toEqual(second.changes);
      await records.putVenues([{ ...old, name: 'newest' }]);
      const first = await records.lastImport();
      if (first === null) throw new Error('no list');
      expect(await records.undoImport(first)).toEqual([{ before: old, after: { ...old, name: 'new' } }]);
      expect(await names()).toEqual([...before.slice(0, -2), '022123456 newest', '022123457 pool']);
      expect(await records.lastImport()).toBeNull();
    });

    it('issues codes to many places in their order, none twice', async () => {
      const { records } = await make();
      const codeAt = (index: number) => String(100_000 + index);
      const place = (name: string) => ({ name, address: null });
      await records.issueVenue(place('first'), codeAt);
      const issued = await records.issueVenues([place('a'), place('b')], codeAt);
      expect(issued.map(({ name }) => name)).toEqual(['a', 'b']);
      const codes = (await records.venues()).filter((venue) => venue.issued).map(({ number }) => number);
      expect(new Set(codes).size).toBe(3);
    });

    it('gives texts by kind and by id, and discards them once', async () => {
      const bench = await make();
      const { records } = bench;
      const id = await take(bench, (unit) => {
        unit.addText(text({ kind: 'notice', reason: 'delivery-report' }));
        return unit.addText(text());
      });
      const [found] = await collect(records.texts({ ...always, kinds: ['unresolved'] }));
      expect(found).toMatchObject({ id, ...text() });
      expect(await records.textOf(id)).toEqual(found);
      expect(await records.textOf(id + 1_000_000)).toBeNull();
      const discard = () => records.discard([{ id, atMs: nowMs, kind: 'unresolved' }], who);
      expect(await records.health()).toMatchObject({ unresolved: 1, notices: 1 });
      expect([await discard(), await discard()]).toEqual([1, 0]);
      expect(await records.health()).toMatchObject({ unresolved: 0, notices: 1 });
      await take(bench, (unit) => unit.addText(text({ kind: 'notice', reason: 'delivery-report' })));
      expect(await records.health()).toMatchObject({ unresolved: 0, notices: 2 });
    });

    it('names a place as it was called at the time of a visit', async () => {
      const { records, clock } = await make();
      await records.putVenues([hall]);
      const venue = await records.venueOf(hall.number);
      expect(venue).toMatchObject({ name: '용인시청', removedAtMs: null });
      await clock.advance(1_000);
      if (venue !== null) await records.removeVenue(venue);
      expect(await records.venues()).toEqual([]);
      expect(await records.venues('all')).toMatchObject([{ removedAtMs: nowMs + 1_000 }]);
      expect(await records.venueNumbers()).toEqual([]);
      expect(await records.venueNumbers('all')).toEqual([hall.number]);
      expect(await records.venueNumbers('all', ['0311000001', hall.number])).toEqual([hall.number]);
      expect(await records.venueNumbers('all', ['0311000001'])).toEqual([]);
      expect(await records.venueNumbers('all', [])).toEqual([]);
      expect(await records.venueNumbers('registered', [hall.number])).toEqual([]);
      expect((await records.placeOf(hall.number, nowMs)).name).toBe('용인시청');
      expect((await records.placeOf(hall.number, nowMs + 1_000)).name).toBeNull();
    });

    it('finds places by words of their name and address, whatever form those have', async () => {
      const { records } = await make();
      const named = (number: string, name: string | null, address: string | null = null) => ({
        ...{ number, name, address, issued: false },
      });
      await records.putVenues([
        named('0311000001', '용인 시청', '중부대로 1199'),
        named('0311000002', '용인시청'.normalize('NFD')),
        named('0311000003', 'ＣＡＦＥ 용인'),
        named('0311000004', 'Cafe', 'Yongin-daero 1'),
        named('0311000005', null, null),
        { ...named('0311000006', '체육관'), branches: [{ name: '용인시청 별관', address: null }] },
      ]);
      const found = async (...words: string[]) =>
        (await records.venuesWith(words)).map(({ number }) => number.at(-1));
      const least = async (words: string[], ...expected: string[]) =>
        expect(await found(...words)).toEqual(expect.arrayContaining(expected));
      await least(['용인시청'], '1', '2', '6');
      await least(['용인시청', '1199'], '1');
      await least(['cafe'], '3', '4');
      await least(['cafe', 'yongin-daero1'], '4');
      await least(['0311000005'], '5');
      await least(
        Array.from({ length: 2_000 }, () => '용인'),
        '1',
      );
      expect((await records.venuesWith(['용인시청'])).every(({ removedAtMs }) => removedAtMs === null)).toBe(
        true,
      );
    });

    it('gives no code twice', async () => {
      const { records } = await make();
      const place = { name: '체육공원', address: null };
      const codes: string[] = [];
      for (let index = 0; index < 3; index += 1)
        codes.push((await records.issueVenue(place, (at) => `47261${at}`)).number);
      expect(codes).toEqual(['472610', '472611', '472612']);
    });

    it('erases a visitor and nobody else', async () => {
      const bench = await make();
      await addVisits(bench, { visitor: '01055500001' }, { visitor: '01055500002' });
      await take(bench, (unit) => unit.addText(text({ sender: '01055500001' })));
      expect((await bench.records.tracesOf(visitorFinder('01055500001'))).rows).toHaveLength(2);
      expect((await bench.records.erase(visitorFinder('01055500001'), who)).rows).toMatchObject({
        visits: 1,
        unresolved: 1,
      });
      expect((await bench.records.tracesOf(visitorFinder('01055500001'))).rows).toEqual([]);
      expect((await collect(bench.records.visits(always))).map(({ visitor }) => visitor)).toEqual([
        '01055500002',
      ]);
    });

    it('plans a sweep without changing anything, and sweeps what it planned', async () => {
      const bench = await make();
      await addVisits(bench, {}, { atMs: nowMs + 3 * hourMs });
      await bench.clock.advance(28 * dayMs + hourMs);
      const plan = await bench.records.planSweep();
      expect(plan).toMatchObject({ hours: [hour / hourMs], keys: 1, rows: { visits: 1 } });
      expect(await bench.records.planSweep()).toEqual(plan);
      const swept = await bench.records.sweep({ who, command: 'sweep' });
      expect(swept).toMatchObject({ hours: plan.hours, rows: { visits: 1 }, finished: true });
      expect(await bench.records.health()).toMatchObject({ visits: 1, keylessHours: 0 });
    });
  });
}
