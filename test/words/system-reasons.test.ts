import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openReason, writeReason } from '../../src/words/faults/system.ts';

const codes = [...Object.keys(constants.errno), 'ENOTFOUND', 'EAI_FAIL', 'ERR_OTHER'];

describe('why the system refused', () => {
  it.each(codes)('%s is told in words of each language, and never alone', (code) => {
    for (const reason of [openReason, writeReason]) {
      expect(reason(code, 'ko')).toMatch(/[가-힣]/);
      expect(reason(code, 'en')).toMatch(/[a-z]{2,} [a-z]{2,}/);
    }
  });

  it('an uncommon code can still be looked up', () => {
    expect([openReason('ENOLCK', 'en'), openReason('ENOLCK', 'ko')]).toEqual([
      'another error of the system, ENOLCK',
      '그 밖의 시스템 오류(ENOLCK)',
    ]);
    expect([openReason(null, 'en'), writeReason(null, 'ko')]).toEqual(['unknown error', '알 수 없는 오류']);
  });
});
