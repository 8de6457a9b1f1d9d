import type { KoreanErrors } from './korean-errors.ts';

export const sctsErrors: KoreanErrors = {
  'scts.range': {
    message: '서비스 센터 시각은 1990년부터 2089년까지, 시간대는 15분 단위만 담을 수 있습니다',
  },
};
