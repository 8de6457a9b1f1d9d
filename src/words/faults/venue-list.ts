import { entry, type FactsIn } from './entry.ts';

export const venueListFaults = {
  'venue.csv-quote': entry<{ line: number }>({
    exit: 'usage',
    en: ({ line }) => [
      `line ${line}: a quotation mark opens a cell and none closes it`,
      'Correct that line, or save the list as CSV again.',
    ],
    ko: ({ line }) => [
      `${line}번째 줄: 따옴표로 시작한 칸이 닫히지 않았습니다`,
      '그 줄을 고치거나 목록을 CSV로 다시 저장하십시오.',
    ],
  }),
  'venue.codes-exhausted': entry<{ index: number }>({
    exit: 'failed',
    en: ({ index }) => `all issued codes are in use; there is no code number ${index}`,
    ko: ({ index }) => `더 발급할 코드가 없습니다(${index}번)`,
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof venueListFaults> {}
}
