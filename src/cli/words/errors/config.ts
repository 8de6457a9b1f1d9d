import type { KoreanErrors } from './korean-errors.ts';

export const configErrors: KoreanErrors = {
  'config.not-found': {
    message: "설정 파일 '{file}'이(가) 없습니다",
    hint: '--config 또는 $VISITLOG_CONFIG로 알려 주십시오.',
  },
  'config.unreadable': {
    message: "설정 파일 '{file}'을(를) 읽을 수 없습니다({system})",
    hint: 'visitlog를 실행하는 사용자가 읽을 수 있게 하십시오.',
  },
};
