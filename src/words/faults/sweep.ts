import { formatCount } from '../counted.ts';
import { entry, type FactsIn } from './entry.ts';

export const sweepFaults = {
  'sweep.stopped': entry({
    exit: 'failed',
    en: () => ['the sweep was stopped before its end', 'The next sweep continues from there.'],
    ko: () => ['파기 작업을 끝내기 전에 멈추었습니다', '다음 파기 작업이 이어서 진행합니다.'],
  }),
  /** `doubtful` of `living` hours have expired by the machine's clock alone. */
  'sweep.waiting': entry<{ doubtful: number; living: number }>({
    exit: 'refused',
    en: ({ doubtful, living }) => [
      `by the machine's clock ${formatCount(doubtful)} of ${formatCount(living)} living hours have expired, and nothing confirms that clock`,
      'If `date` shows the right time, run: visitlog sweep --force',
    ],
    ko: ({ doubtful, living }) => [
      `이 장비의 시계로는 보관 중인 시간 ${formatCount(living)}개 가운데 ${formatCount(doubtful)}개가 만료되었지만, 그 시계가 맞는지 확인할 근거가 없습니다`,
      '`date`가 보이는 시각이 맞으면 실행하십시오: visitlog sweep --force',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof sweepFaults> {}
}
