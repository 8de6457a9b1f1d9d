import type { KoreanErrors } from './korean-errors.ts';

export const metricsErrors: KoreanErrors = {
  'metrics.port': {
    message: "'{listen}'에서 지표를 내보낼 수 없습니다({code})",
    hint: '[metrics] listen에 다른 포트를 적거나 그 포트를 쓰는 프로그램을 끝내십시오.',
  },
  'metrics.textfile': {
    message: "지표 파일 '{path}' 쓰기에 실패했습니다({code})",
    hint: '폴더를 만들고 게이트웨이의 사용자에게 쓰기 권한을 주십시오.',
  },
};
