import type { KoreanErrors } from './korean-errors.ts';

export const udhErrors: KoreanErrors = {
  'udh.overrun': { message: '사용자 데이터 헤더가 그것이 든 데이터보다 깁니다. 자리: {path}, 옥텟 {octet}' },
};
