import { describe, expect, it } from 'vitest';
import { parseMemoryChoices, parseMemoryUses, parseSlotsInUse } from '../../src/at/answers.ts';

const room = (memory: string | null, used: number, total: number) => ({ memory, used, total });

describe('+CPMS', () => {
  it.each([
    ['+CPMS: "ME",0,255,"ME",0,255,"ME",0,255', [room('ME', 0, 255), room('ME', 0, 255), room('ME', 0, 255)]],
    [
      '+CPMS: "ME", 0, 50, "ME", 0, 50, "SM", 1, 20',
      [room('ME', 0, 50), room('ME', 0, 50), room('SM', 1, 20)],
    ],
    ['+CPMS:"SM",3,30', [room('SM', 3, 30)]],
    ['+CPMS: 3,30', [room(null, 3, 30)]],
    ['+CPMS: 0,50,0,50,1,100', [room(null, 0, 50), room(null, 0, 50), room(null, 1, 100)]],
    ['+CPMS: "SM_P",0,40,"SM_P",0,40,"SM_P",0,40', Array(3).fill(room('SM_P', 0, 40))],
    ['+CPMS: "SM",10,10', [room('SM', 10, 10)]],
    ['+CPMS: "SM"', []],
    ['+CPMS: ,,', []],
    ['', []],
  ])('the room of the memories is read from %j', (line, uses) => {
    expect(parseMemoryUses(line)).toEqual(uses);
  });

  it.each([
    ['+CPMS: ("ME","MT","SM","SR"),("ME","MT"),("SM")', ['ME', 'MT', 'SM', 'SR'], ['ME', 'MT'], ['SM']],
    ['+CPMS: (("SM","BM","SR"),("SM"))', ['SM', 'BM', 'SR'], ['SM'], null],
    ['+CPMS: "SM","SM","SM"', ['SM'], ['SM'], ['SM']],
    ['+CPMS: ("ME","MT"),"ME",("SM")', ['ME', 'MT'], ['ME'], ['SM']],
    ['+CPMS: "MT","SM","ME","MT","SM","ME","MT","SM","ME"', ...Array(3).fill(['MT', 'SM', 'ME'])],
    ['+CPMS: "MT","SM","BM","ME","SR"', ['MT', 'SM', 'BM', 'ME', 'SR'], null, null],
    ['+CPMS: ("SM","ME","SM_P","ME_P","MT")', ['SM', 'ME', 'SM_P', 'ME_P', 'MT'], null, null],
    ['+CPMS: ', [], null, null],
    ['', [], null, null],
  ])('the choice of memories is read from %j', (line, read, write, receive) => {
    expect(parseMemoryChoices(line)).toEqual({ read, write, receive });
  });
});

describe('the slots that +CMGD=? lists', () => {
  it.each<[string, readonly number[] | null]>([
    ['+CMGD: (0,1,2,4),(0-4)', [0, 1, 2, 4]],
    ['+CMGD: (1, 2,3,),(0-4)', [1, 2, 3]],
    ['+CMGD: (7),(0-4)', [7]],
    ['+CMGD: (),(0-4)', []],
    ['+CMGD: (0-254),(0-4)', null],
    ['+CMGD: (1-30)', null],
    ['+CMGD: ', null],
    ['+CMGD: 1', null],
  ])('%s', (line, slots) => {
    expect(parseSlotsInUse(line)).toEqual(slots);
  });
});
