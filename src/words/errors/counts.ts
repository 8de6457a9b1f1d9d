import type { KoreanErrors } from './korean-errors.ts';

export const countsErrors: KoreanErrors = {
  'counts.by': {
    message: "--by '{typed}'(으)로는 셀 수 없습니다",
    hint: 'venue, day, hour를 적고 여럿이면 쉼표로 이으십시오.',
  },
};
