import type { KoreanErrors } from './korean-errors.ts';

export const countsErrors: KoreanErrors = {
  'counts.by': {
    message: "--by '{typed}'(으)로는 셀 수 없습니다",
    hint: 'venue, day, hour를 적고 여럿이면 쉼표로 이으십시오.',
  },
  'counts.nothing': [
    {
      message: '그 기간에 남은 방문 기록이 없습니다',
      hint: '{venues} 번호로 등록된 장소도 없습니다. 번호를 확인하십시오.',
    },
    { message: '그 기간에 남은 방문 기록이 없습니다', hint: "'{line}' 회선은 설정 파일에 없습니다." },
    { message: '그 기간에 남은 방문 기록이 없습니다' },
  ],
};
