import type { KoreanErrors } from './korean-errors.ts';

export const traceErrors: KoreanErrors = {
  'trace.no-reason': {
    message: 'trace에는 --reason이 있어야 합니다',
    hint: '한 사람의 행적을 조회하는 사유를 짧게 적으십시오. 이름과 함께 감사 기록에 남습니다.',
  },
  'trace.no-visitor': {
    message: '사례의 전화번호가 없습니다',
    hint: '--visitor로 적거나, --visitor -로 표준 입력에 주십시오.',
  },
  'trace.visitor': {
    message: '사례의 번호 가운데 {place}번째는 전화번호가 아닙니다',
    hint: '010-1234-5678처럼, 외국 번호는 +86처럼 국가 번호부터 적으십시오.',
  },
  'trace.margin': {
    message: "--margin에 '{typed}' 값은 쓸 수 없습니다",
    hint: '30m, 2h처럼 0m에서 24h 사이로 적으십시오.',
  },
  'trace.summary': {
    message: '요약은 글이나 JSON으로만 만들 수 있고 xlsx로는 만들 수 없습니다',
    hint: '--format을 빼거나 --format jsonl로 적으십시오.',
  },
  'trace.encoding': { message: '요약은 언제나 UTF-8로 적습니다', hint: '--encoding을 빼십시오.' },
};
