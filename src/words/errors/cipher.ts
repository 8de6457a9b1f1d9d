import type { KoreanErrors } from './korean-errors.ts';

export const cipherErrors: KoreanErrors = {
  'cipher.unavailable': {
    message: '이 장비의 OpenSSL에는 {algorithm} 암호가 없습니다',
    hint: 'cipher.algorithm = "aes-256-gcm"으로 하십시오.',
  },
};
