import type { KoreanErrors } from './korean-errors.ts';

export const addressErrors: KoreanErrors = {
  'address.digits': { message: '주소에 숫자가 아닌 글자가 있습니다' },
};
