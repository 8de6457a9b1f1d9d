import { entry, type FactsIn } from './entry.ts';
import { writeReason } from './system.ts';

export const metricsFaults = {
  'metrics.port': entry<{ listen: string; system: string | null }>({
    exit: 'failed',
    en: ({ listen, system }) => [
      `metrics cannot be served at ${listen} (${system})`,
      'Set another port in [metrics] listen, or stop the program that uses this one.',
    ],
    ko: ({ listen, system }) => [
      `'${listen}'에서 지표를 내보낼 수 없습니다(${system})`,
      '[metrics] listen에 다른 포트를 지정하거나 그 포트를 쓰는 프로그램을 끝내십시오.',
    ],
  }),
  'metrics.textfile': entry<{ path: string; system: string | null }>({
    exit: 'failed',
    en: ({ path, system }) => [
      `the metrics file ${path} cannot be written (${writeReason(system, 'en')})`,
      'Create its folder, and give the user of the gateway the right to write there.',
    ],
    ko: ({ path, system }) => [
      `지표 파일 '${path}' 쓰기에 실패했습니다(${writeReason(system, 'ko')})`,
      '폴더를 만들고 게이트웨이의 사용자에게 쓰기 권한을 주십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof metricsFaults> {}
}
