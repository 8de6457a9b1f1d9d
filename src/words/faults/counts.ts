import { entry, type FactsIn } from './entry.ts';

export const countsFaults = {
  'counts.by': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `--by "${typed}": visits cannot be counted by that`,
      'Allowed are venue, day and hour, separated by commas.',
    ],
    ko: ({ typed }) => [
      `--by '${typed}': 이것으로는 셀 수 없습니다`,
      'venue, day, hour를 지정하고, 여럿이면 쉼표로 구분하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof countsFaults> {}
}
