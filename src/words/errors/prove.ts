import type { KoreanErrors } from './korean-errors.ts';

export const proveErrors: KoreanErrors = {
  'prove.unwritable': {
    message: "'{place}'에 임시 폴더를 만들 수 없습니다({system})",
    hint: '--in으로 다른 곳을 알려 주십시오.',
  },
  'prove.stopped': { message: '증명을 끝내기 전에 멈추었습니다' },
};
