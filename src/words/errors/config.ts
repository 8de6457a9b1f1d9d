import type { KoreanErrors } from './korean-errors.ts';

export const configErrors: KoreanErrors = {
  'config.not-found': {
    message: "설정 파일이 없습니다: '{file}'",
    hint: '--config 또는 $VISITLOG_CONFIG로 알려 주십시오.',
  },
  'config.unreadable': {
    message: "설정 파일 '{file}' 읽기에 실패했습니다({system})",
    hint: 'visitlog를 실행하는 사용자가 읽을 수 있게 하십시오.',
  },
  'config.not-edited': {
    message: '설정 파일을 여기서 바꿀 수 없는 방식으로 썼습니다',
    hint: '[[line]]과 그 port, number를 직접 적은 뒤 setup을 다시 실행하십시오.',
  },
};
