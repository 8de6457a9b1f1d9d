import { entry, type FactsIn } from './entry.ts';

export const proveFaults = {
  'prove.unwritable': entry<{ place: string; system: string | null }>({
    exit: 'usage',
    en: ({ place, system }) => [
      `cannot make a scratch folder in ${place} (${system})`,
      'Name another place with --in.',
    ],
    ko: ({ place, system }) => [
      `'${place}'에 임시 폴더를 만들 수 없습니다(${system})`,
      '--in으로 다른 곳을 지정하십시오.',
    ],
  }),
  'prove.stopped': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => 'the proof was stopped before its end',
    ko: () => '증명을 끝내기 전에 멈추었습니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof proveFaults> {}
}
