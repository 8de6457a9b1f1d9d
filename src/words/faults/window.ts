import { entry, type FactsIn } from './entry.ts';

export const windowFaults = {
  'window.order': entry<{ from: string; to: string }>({
    exit: 'usage',
    en: ({ from, to }) => [
      `--from ${from} is not before --to ${to}`,
      '--to is exclusive: one whole day is --from 2026-11-23 --to 2026-11-24.',
    ],
    ko: ({ from, to }) => [
      `--from이 --to보다 앞서지 않습니다(--from ${from}, --to ${to})`,
      '--to 시각은 포함하지 않습니다(미만). 하루 전체는 --from 2026-11-23 --to 2026-11-24로 지정합니다.',
    ],
  }),
  /** `text`: what was given to `option`, which is `--from` or `--to`. */
  'window.time': entry<{ option: string; text: string }>({
    exit: 'usage',
    en: ({ option, text }) => [
      `${option} "${text}" is not a time`,
      'Give 2026-11-23, "2026-11-23 14:00", 2026-11-23T14:00:00+09:00, or -48h, -30m, -7d before now.',
    ],
    ko: ({ option, text }) => [
      `${option}에 지정한 '${text}'에서 시각을 알아볼 수 없습니다`,
      '2026-11-23, "2026-11-23 14:00", 2026-11-23T14:00:00+09:00, 또는 지금부터 거슬러 -48h, -30m, -7d로 지정하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof windowFaults> {}
}
