import type { KoreanErrors } from './korean-errors.ts';

export const keyringErrors: KoreanErrors = {
  'keyring.not-confirmed': [
    {
      when: { asked: false },
      message: '확인해 줄 사람이 터미널에 없습니다',
      hint: '그대로 하려면 --yes를 붙이십시오.',
    },
    { message: '확인하지 않아 아무것도 하지 않았습니다' },
  ],
};
