import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import type { NewPart, PartSet } from '../../src/store/intake.ts';
import type { Register } from '../../src/store/register-types.ts';
import { filesWith, nowMs, part, tempRegister } from './temp-register.ts';

const add = (register: Register, changes: Partial<NewPart>) =>
  register.transact((unit) => unit.addPart(part(changes)));
const overdue = (register: Register, limit?: number) =>
  register.transact((unit) => unit.takeOverdueSets(limit));
const words = (set: PartSet | null) => set?.parts.map(({ octets }) => Buffer.from(octets).toString());
const openParts = async (register: Register) => (await register.health()).openParts;

/** A long text of one sender: its segments say whose they are and which. */
function textOf(name: string, changes: Partial<NewPart> = {}): Partial<NewPart>[] {
  const total = changes.total ?? 3;
  return Array.from({ length: total }, (_, index) => ({
    ...changes,
    total,
    seq: index + 1,
    octets: Buffer.from(`${name}${index + 1}`),
  }));
}

/** `b2`: the second segment of the text b, which was sent ten minutes after a. */
function segmentOf(name: string): Partial<NewPart> {
  const atMs = name.startsWith('b') ? nowMs + 600_000 : nowMs;
  return { seq: Number(name.slice(1)), octets: Buffer.from(name), atMs };
}

describe('a long text', () => {
  it.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]], [[3, 1, 2]]])(
    'a long text whose segments come as %j is whole and in order',
    async (order) => {
      const register = tempRegister().open();
      const text = textOf('a');
      const sets = order.map((seq) => add(register, text[seq - 1] as Partial<NewPart>));
      expect(sets.slice(0, 2)).toEqual([null, null]);
      expect(words(sets[2] ?? null)).toEqual(['a1', 'a2', 'a3']);
      expect(sets[2]).toMatchObject({ complete: true, total: 3 });
      expect(await openParts(register)).toBe(0);
    },
  );

  it('a long text of which each segment came in another hour and run is whole', () => {
    const temp = tempRegister();
    const sets = textOf('a').map((segment, index) => {
      const register = temp.open();
      const set = add(register, {
        ...segment,
        atMs: nowMs + index * hourMs,
        source: index === 1 ? 'received' : 'network',
      });
      register.close();
      return set;
    });
    expect(words(sets[2] ?? null)).toEqual(['a1', 'a2', 'a3']);
    expect(
      sets[2]?.parts.map(({ atMs, source, line, seq }) => [(atMs - nowMs) / hourMs, source, line, seq]),
    ).toEqual([
      [0, 'network', 'line1', 1],
      [1, 'received', 'line1', 2],
      [2, 'network', 'line1', 3],
    ]);
  });

  it.each<[string, Partial<NewPart>]>([
    ['sender', { sender: '01055500124' }],
    ['reference', { ref: 8 }],
    ['width of reference', { bits: 16 }],
    ['total', { total: 4 }],
  ])('a long text is not mixed with one of another %s', async (_, changes) => {
    const register = tempRegister().open();
    add(register, { seq: 1 });
    add(register, { seq: 2 });
    expect(add(register, { seq: 3, ...changes })).toBeNull();
    expect(await openParts(register)).toBe(3);
  });

  it.each([
    ['a1 b1 a2 b2 a3 b3', ['a1 a2 a3', 'b1 b2 b3']],
    ['a1 b1 b2 b3 a2 a3', ['b1 b2 b3', 'a1 a2 a3']],
    ['b1 a1 b3 a3 a2 b2', ['a1 a2 a3', 'b1 b2 b3']],
    ['a3 b3 b2 a2 b1 a1', ['b1 b2 b3', 'a1 a2 a3']],
    ['a1 a3 b1 b2 b3', ['b1 b2 b3']],
  ])(
    'a long text interleaved with another under the same reference, as %s, is put together by time',
    (order, wanted) => {
      const register = tempRegister().open();
      const sets = order.split(' ').map((name) => add(register, segmentOf(name)));
      expect(sets.filter((set) => set !== null).map((set) => words(set)?.join(' '))).toEqual(wanted);
    },
  );

  it('a long text shuffled with another under the same reference loses no segment and takes none twice', () => {
    const names = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'];
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: 6 }), (order) => {
        const register = tempRegister().open();
        const sets = order.map((name) => words(add(register, segmentOf(name))) ?? []);
        register.close();
        expect(sets.flat().sort()).toEqual(names);
      }),
      { numRuns: 25 },
    );
  });

  it('a long text of 255 segments is whole', () => {
    const register = tempRegister().open();
    const sets = register.transact((unit) =>
      textOf('a', { total: 255 }).map((segment) => unit.addPart(part(segment))),
    );
    expect(sets.at(-1)?.parts.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 255 }, (_, index) => index + 1),
    );
  });

  it('F2: a long text is still there when the transaction that completed it was undone', async () => {
    const register = tempRegister().open();
    const [first, second, third] = textOf('a');
    add(register, first as Partial<NewPart>);
    add(register, second as Partial<NewPart>);
    const failing = () =>
      register.transact((unit) => {
        unit.addPart(part(third));
        throw new Error('power cut');
      });
    expect(failing).toThrow('power cut');
    expect(await openParts(register)).toBe(2);
    expect(words(add(register, third as Partial<NewPart>))).toEqual(['a1', 'a2', 'a3']);
  });

  it('a long text is nowhere in the clear while it waits', () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, { octets: Buffer.from('visitor 01055500123 wrote this'), sender: '01055500123' });
    expect(
      filesWith(temp.dataDir, ['wrote this', '01055500123', Buffer.from('001055500123', 'hex')]),
    ).toEqual([]);
  });
});

describe('a set that stays incomplete', () => {
  it('F1: a set that stays incomplete is given out after 24 hours, as far as it goes, once', async () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, { seq: 3 });
    add(register, { seq: 1 });
    await temp.clock.advance(dayMs - 1);
    expect(overdue(register)).toEqual([]);
    await temp.clock.advance(1);
    const [set, ...others] = overdue(register);
    expect(others).toEqual([]);
    expect(set).toMatchObject({ complete: false, total: 3 });
    expect(words(set as PartSet)).toEqual(['segment 1', 'segment 3']);
    expect(overdue(register)).toEqual([]);
    expect(await openParts(register)).toBe(0);
  });

  it('a set that stays incomplete waits from its latest segment', async () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, { seq: 1 });
    await temp.clock.advance(20 * hourMs);
    add(register, { seq: 2 });
    await temp.clock.advance(20 * hourMs);
    expect(overdue(register)).toEqual([]);
    await temp.clock.advance(4 * hourMs);
    expect(overdue(register)).toHaveLength(1);
  });

  it('a set that stays incomplete does not fall due because the date of the machine leaps, nor wait longer when it falls back', async () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, {});
    temp.clock.setWall(nowMs + 5_000 * dayMs);
    expect(overdue(register)).toEqual([]);
    temp.clock.setWall(nowMs - 5_000 * dayMs);
    await temp.clock.advance(dayMs);
    expect(overdue(register)).toHaveLength(1);
  });

  it.each([
    ['the rest of its day', 23 * hourMs, hourMs],
    ['nothing more, when its day is over', 50 * hourMs, 0],
    ['a day, when its receipt lies in the future', -9_000 * hourMs, dayMs],
  ])('a set that stays incomplete is given %s after a restart', async (_, offMs, restMs) => {
    const temp = tempRegister();
    const first = temp.open();
    add(first, {});
    first.close();
    temp.clock.setWall(nowMs + offMs);
    const register = temp.open();
    if (restMs > 0) {
      await temp.clock.advance(restMs - 1);
      expect(overdue(register)).toEqual([]);
      await temp.clock.advance(1);
    }
    expect(overdue(register)).toHaveLength(1);
  });

  it('a set that stays incomplete is given out again when what was done with it was undone', async () => {
    const temp = tempRegister();
    const register = temp.open();
    add(register, {});
    await temp.clock.advance(dayMs);
    const failing = () =>
      register.transact((unit) => {
        unit.takeOverdueSets();
        throw new Error('disk full');
      });
    expect(failing).toThrow('disk full');
    expect(overdue(register)).toHaveLength(1);
  });

  it('a set that stays incomplete comes in batches when there are many', async () => {
    const temp = tempRegister();
    const register = temp.open();
    for (let ref = 0; ref < 5; ref += 1) add(register, { ref });
    await temp.clock.advance(dayMs);
    expect(
      [overdue(register, 2), overdue(register, 2), overdue(register, 2), overdue(register)].map(
        (sets) => sets.length,
      ),
    ).toEqual([2, 2, 1, 0]);
  });

  it('a set that stays incomplete is given out when a sender repeats its segment, in the order of the sets', async () => {
    const register = tempRegister().open();
    const sets = Array.from({ length: 12 }, (_, index) =>
      add(register, { total: 2, seq: 1, octets: Buffer.from(`a${index}`), atMs: nowMs + index }),
    );
    expect(sets.map((set) => words(set)?.[0] ?? null)).toEqual([
      ...Array(8).fill(null),
      'a0',
      'a1',
      'a2',
      'a3',
    ]);
    expect(sets[8]).toMatchObject({ complete: false, total: 2 });
    expect(await openParts(register)).toBe(8);
    const whole = add(register, { total: 2, seq: 2, octets: Buffer.from('b'), atMs: nowMs + 11 });
    expect(words(whole)).toEqual(['a11', 'b']);
  });

  it('twenty thousand segments of one name take the time of as many texts, and lose none', async () => {
    const register = tempRegister().open();
    const many = 20_000;
    let given = 0;
    const firstMs = process.cpuUsage().user;
    register.transact((unit) => {
      for (let index = 0; index < many; index += 1)
        if (unit.addPart(part({ total: 2, seq: 1, octets: Buffer.from([index & 255]), atMs: nowMs })))
          given += 1;
    });
    // Each further one read all before it: that was twenty minutes.
    expect((process.cpuUsage().user - firstMs) / 1_000_000).toBeLessThan(30);
    expect(given + (await openParts(register))).toBe(many);
  });
});
