import type { KoreanErrors } from './korean-errors.ts';

export const sweepErrors: KoreanErrors = {
  'sweep.stopped': {
    message: '파기를 끝내기 전에 멈추었습니다',
    hint: '다음 파기가 거기서부터 이어 갑니다.',
  },
  'sweep.waiting': {
    message:
      '이 장비의 시계로는 살아 있는 시간 {living, number}개 가운데 {doubtful, number}개가 지났는데, 그 시계를 뒷받침하는 것이 없습니다',
    hint: '`date`가 보이는 시각이 맞으면 실행하십시오: visitlog sweep --force',
  },
};
