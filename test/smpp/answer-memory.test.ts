import { beforeEach, describe, expect, it } from 'vitest';
import { AnswerMemory } from '../../src/smpp/answer-memory.ts';

let memory: AnswerMemory;
let next = 0;
const make = (earlier: readonly number[] = []) =>
  new AnswerMemory({ resendMs: 1_000, earlier, nowMs: 0, newSlot: () => next++ });

const came = (key: string, sequence: number, place = 1) => ({ key, sequence, place });

beforeEach(() => {
  next = 0;
  memory = make();
});

describe('the memory of answers', () => {
  it('takes an equal text before the answer for the same', () => {
    expect(memory.slotOf(came('a', 1), [])).toBe(memory.slotOf(came('a', 2), []));
    expect(memory.slotOf(came('b', 3), [])).toBe(1);
  });

  it('takes an equal text behind the answer for another, unless it has the same sequence number', () => {
    const slot = memory.slotOf(came('a', 1), []);
    memory.answered(slot, 0, 0, false);
    expect(memory.slotOf(came('a', 1), [])).toBe(slot);
    memory.answered(slot, 0, 0, false);
    expect(memory.slotOf(came('a', 2), [])).not.toBe(slot);
  });

  it('takes an equal text for the same that had come when the first was answered', () => {
    const slot = memory.slotOf(came('a', 1, 1), []);
    memory.answered(slot, 60, 0, false);
    expect(memory.slotOf(came('a', 60, 60), [])).toBe(slot);
    memory.answered(slot, 60, 0, false);
    expect(memory.slotOf(came('a', 61, 61), [])).not.toBe(slot);
  });

  it('takes an equal text for the same after the link was lost, for the time that carriers try again', () => {
    const slot = memory.slotOf(came('a', 1), []);
    memory.answered(slot, 0, 0, false);
    memory.linkLost(100);
    expect(memory.slotOf(came('a', 9), [])).toBe(slot);
    expect(memory.expire(1_099, -1)).toEqual([]);
    expect(memory.expire(1_100, -1)).toEqual([slot]);
    expect(memory.slotOf(came('a', 9), [])).not.toBe(slot);
  });

  it('forgets what was proven to be read, and nothing that was answered after it', () => {
    const [one, two] = [memory.slotOf(came('a', 1), []), memory.slotOf(came('b', 2), [])];
    memory.answered(one, 0, 0, false);
    const { mark } = memory;
    memory.answered(two, 0, 0, false);
    expect(memory.proven(mark)).toEqual([one]);
    expect(memory.isUnproven).toBe(true);
    expect(memory.size).toBe(1);
  });

  it('gives one text to each of two that come again', () => {
    const one = memory.slotOf(came('a', 1), []);
    memory.answered(one, 0, 0, false);
    const two = memory.slotOf(came('a', 2), []);
    memory.answered(two, 0, 0, false);
    memory.linkLost(0);
    const again = memory.slotOf(came('a', 3), []);
    memory.answered(again, 0, 0, false);
    const other = memory.slotOf(came('a', 4), []);
    expect(new Set([again, other])).toEqual(new Set([one, two]));
  });

  it('does not forget for a proof what was answered late', () => {
    const slot = memory.slotOf(came('a', 1), []);
    memory.answered(slot, 0, 0, true);
    expect(memory.proven(memory.mark)).toEqual([]);
    expect(memory.slotOf(came('a', 2), [])).toBe(slot);
  });

  it('keeps a doubtful text that the register refuses when it comes again, and no new one', () => {
    const slot = memory.slotOf(came('a', 1), []);
    memory.answered(slot, 0, 0, false);
    memory.linkLost(0);
    memory.refused(memory.slotOf(came('a', 2), []));
    expect(memory.slotOf(came('a', 3), [])).toBe(slot);
    memory.refused(memory.slotOf(came('b', 4), []));
    expect(memory.size).toBe(1);
  });

  it('knows the texts of an earlier run by their slots until their time is over', () => {
    memory = make([7, 8]);
    expect(memory.hasEarlier).toBe(true);
    expect(memory.slotOf(came('a', 1), [7])).toBe(7);
    memory.answered(7, 0, 0, false);
    expect(memory.proven(memory.mark)).toEqual([7]);
    expect(memory.slotOf(came('a', 2), [])).not.toBe(7);
    expect(memory.expire(1_000, -1)).toEqual([8]);
    expect(memory.hasEarlier).toBe(false);
  });

  it('gives one slot of an earlier run to each of two equal texts that come again', () => {
    memory = make([7, 8]);
    expect(memory.slotOf(came('a', 1), [7, 8])).toBe(7);
    memory.answered(7, 0, 0, false);
    expect(memory.slotOf(came('a', 2), [7, 8])).toBe(8);
  });

  it('holds no more than so many in doubt, and forgets the oldest', () => {
    const most = { doubtful: 3, unproven: 2 };
    memory = new AnswerMemory({ resendMs: 1_000, earlier: [], nowMs: 0, newSlot: () => next++, most });
    for (const key of ['a', 'b', 'c', 'd', 'e'])
      memory.answered(memory.slotOf(came(key, 1), []), 0, 0, false);
    expect(memory.expire(0, -1)).toEqual([0, 1, 2]);
    for (const key of ['f', 'g', 'h', 'i']) memory.answered(memory.slotOf(came(key, 1), []), 0, 0, false);
    memory.linkLost(0);
    expect(memory.isUnproven).toBe(false);
    expect(memory.expire(0, -1)).toEqual([3, 4, 5]);
    expect(memory.size).toBe(3);
    expect(memory.slotOf(came('i', 9), [])).toBe(8);
  });

  it('gives no slot twice', () => {
    memory = new AnswerMemory({ resendMs: 1, earlier: [5], nowMs: 0, newSlot: () => 5 });
    expect([memory.slotOf(came('a', 1), []), memory.slotOf(came('b', 2), [])]).toEqual([6, 7]);
  });
});
