import type { KoreanErrors } from './korean-errors.ts';

export const auditErrors: KoreanErrors = {
  'audit.key-damaged': {
    message: "'{path}' 파일은 감사 키가 아닙니다",
    hint: '파일을 되돌려 놓거나 지우십시오. 지우면 새 키가 만들어지고 감사 기록에 그 사실이 남습니다.',
  },
};
