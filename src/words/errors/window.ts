import type { KoreanErrors } from './korean-errors.ts';

export const windowErrors: KoreanErrors = {
  'window.order': {
    message: '--from 시각 {from}, --to 시각 {to}: --from이 앞서지 않습니다',
    hint: '--to 시각은 들어가지 않습니다. 하루 전체는 --from 2026-11-23 --to 2026-11-24로 적습니다.',
  },
  'window.time': {
    message: "{option}에 적은 '{text}'에서 시각을 알아볼 수 없습니다",
    hint: '2026-11-23, "2026-11-23 14:00", 2026-11-23T14:00:00+09:00, 또는 지금부터 거슬러 -48h, -30m, -7d로 적으십시오.',
  },
};
