import type { KoreanErrors } from './korean-errors.ts';

export const smsErrors: KoreanErrors = {
  'sms.too-long': { message: '문자 하나는 255조각을 넘을 수 없습니다' },
};
