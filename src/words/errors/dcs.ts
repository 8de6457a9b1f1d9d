import type { KoreanErrors } from './korean-errors.ts';

export const dcsErrors: KoreanErrors = {
  'dcs.compressed': { message: '압축된 문자라 읽을 수 없습니다. 자리: {path}, 옥텟 {octet}' },
};
