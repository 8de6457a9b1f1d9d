import type { KoreanErrors } from './korean-errors.ts';

export const resetErrors: KoreanErrors = {
  'reset.timeout': { message: '모뎀을 재설정하는 명령이 끝나지 않습니다' },
  'reset.not-started': { message: '모뎀을 재설정하는 명령을 시작할 수 없습니다({cause})' },
  'reset.failed': [
    { message: '모뎀을 재설정하는 명령이 실패했습니다(종료 코드 {exit})' },
    { message: '모뎀을 재설정하는 명령이 실패했습니다(신호 {signal})' },
  ],
};
