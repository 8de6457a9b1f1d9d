import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import type { ArrivalFacts } from '../../../src/store/intake.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { arrival, nowMs, tempRegister } from '../temp-register.ts';

const held = (register: Register, facts: ArrivalFacts) =>
  register.transact((unit) => unit.alreadyHeld(facts));
const octets = (...values: number[]) => Buffer.from(values);

describe("a text with the network's time", () => {
  it("a text with the network's time is new once, and held whenever it is shown again", () => {
    const register = tempRegister().open();
    expect([1, 2, 3].map(() => held(register, arrival()))).toEqual([false, true, true]);
  });

  it("a text with the network's time is held after a restart", () => {
    const temp = tempRegister();
    const first = temp.open();
    held(first, arrival());
    first.close();
    expect(held(temp.open(), arrival())).toBe(true);
  });

  it.each<[string, Partial<ArrivalFacts>]>([
    ['in another slot', { place: { memory: 'SM', slot: 9 } }],
    ['in another memory', { place: { memory: 'ME', slot: 1 } }],
    ['directly', { place: null }],
    ['by another line', { line: 'line2' }],
    ['with another TP-MMS bit', { octets: octets(0, 11, 0x91, 0x28, 0x01, 0x55, 0x05, 0x10, 0x32) }],
  ])("a text with the network's time is held when it is shown %s", (_, changes) => {
    const register = tempRegister().open();
    held(register, arrival());
    expect(held(register, arrival(changes))).toBe(true);
  });

  it.each<[string, Partial<ArrivalFacts>]>([
    ['a second later', { atMs: nowMs + 1_000 }],
    ['with one octet that differs', { octets: octets(4, 11, 0x91, 0x28, 0x01, 0x55, 0x05, 0x10, 0x33) }],
    ['with an octet more', { octets: octets(4, 11, 0x91, 0x28, 0x01, 0x55, 0x05, 0x10, 0x32, 0) }],
  ])("a text with the network's time is another one %s", (_, changes) => {
    const register = tempRegister().open();
    held(register, arrival());
    expect(held(register, arrival(changes))).toBe(false);
  });

  it("a text with the network's time is not held when the transaction that took it was undone", () => {
    const register = tempRegister().open();
    const failing = () =>
      register.transact((unit) => {
        unit.alreadyHeld(arrival());
        throw new Error('power cut');
      });
    expect(failing).toThrow('power cut');
    expect(held(register, arrival())).toBe(false);
  });

  it("a text with the network's time that stays in its slot is held for as long as it lives", () => {
    const temp = tempRegister();
    const register = temp.open();
    held(register, arrival());
    temp.clock.setWall(nowMs + 27 * dayMs);
    expect(held(register, arrival())).toBe(true);
  });
});

describe("a text without the network's time", () => {
  const untimed = (changes: Partial<ArrivalFacts> = {}) =>
    arrival({ source: 'received', sentAtMs: null, ...changes });
  const later = (ms: number, changes: Partial<ArrivalFacts> = {}) =>
    untimed({ atMs: nowMs + ms, ...changes });
  const place = { line: 'line1', memory: 'SM', slot: 1 };

  it("a text without the network's time is held while its slot shows it, at whatever time it is read again", () => {
    const register = tempRegister().open();
    expect(held(register, untimed())).toBe(false);
    for (const ms of [0, 1_000, 5 * hourMs, 3 * dayMs]) expect(held(register, later(ms))).toBe(true);
  });

  it("a text without the network's time is held after a restart", () => {
    const temp = tempRegister();
    const first = temp.open();
    held(first, untimed());
    first.close();
    expect(held(temp.open(), later(hourMs))).toBe(true);
  });

  it("a text without the network's time is remembered by its slot, which must be shown without it, and by nothing else", () => {
    const register = tempRegister().open();
    expect(register.remembers([place])).toBe(false);
    held(register, untimed());
    held(register, arrival({ place: { memory: 'SM', slot: 2 } }));
    expect(register.remembers([{ ...place, slot: 2 }])).toBe(false);
    expect(register.remembers([{ ...place, slot: 2 }, place])).toBe(true);
    register.transact((unit) => unit.slotsInUse('line1', 'SM', [2]));
    expect(register.remembers([place])).toBe(false);
  });

  it("a text without the network's time is an honest second one in another slot, memory or line", () => {
    const register = tempRegister().open();
    held(register, untimed());
    expect(held(register, later(1, { place: { memory: 'SM', slot: 2 } }))).toBe(false);
    expect(held(register, later(1, { place: { memory: 'ME', slot: 1 } }))).toBe(false);
    expect(held(register, later(1, { line: 'line2' }))).toBe(false);
  });

  it("a text without the network's time is an honest second one after its slot held another text", () => {
    const register = tempRegister().open();
    held(register, untimed());
    expect(held(register, later(1_000, { octets: octets(1, 2, 3) }))).toBe(false);
    expect(held(register, later(2_000))).toBe(false);
  });

  it("D10: a text without the network's time is an honest second one after a complete listing that did not show its slot", () => {
    const register = tempRegister().open();
    held(register, untimed());
    held(register, untimed({ place: { memory: 'SM', slot: 2 } }));
    register.transact((unit) => unit.slotsInUse('line1', 'SM', [2]));
    expect(held(register, later(1_000, { place: { memory: 'SM', slot: 2 } }))).toBe(true);
    expect(held(register, later(1_000))).toBe(false);
  });

  it("a text without the network's time is always taken when it came directly, because nothing keeps it anywhere", () => {
    const register = tempRegister().open();
    expect([1, 2].map(() => held(register, untimed({ place: null })))).toEqual([false, false]);
  });
});

describe('a clock that was wrong at the first reading', () => {
  const sentAtMs = nowMs;
  const early = { sentAtMs, atMs: nowMs - 400 * dayMs, source: 'received' as const };

  it('a clock that was wrong at the first reading does not make a text two that was taken at its receipt and is now believed', () => {
    const register = tempRegister().open();
    expect(held(register, arrival(early))).toBe(false);
    expect(held(register, arrival())).toBe(true);
  });

  it('a clock that was wrong at the first reading does not make a text two that was believed and is now taken at its receipt', () => {
    const register = tempRegister().open();
    expect(held(register, arrival())).toBe(false);
    expect(held(register, arrival(early))).toBe(true);
    expect(held(register, arrival({ ...early, place: null }))).toBe(true);
  });
});
