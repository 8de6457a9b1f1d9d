import { eraseWords } from '../commands/erase.ts';
import { entry, type FactsIn } from './entry.ts';

export const eraseFaults = {
  'erase.no-reason': entry({
    exit: 'refused',
    en: () => [
      'erase needs --reason',
      'Say in a few words why, such as "asked by telephone"; the reason is recorded with your name.',
    ],
    ko: () => [
      'erase에는 --reason이 필요합니다',
      '"전화로 요청받음"처럼 사유를 짧게 입력하십시오. 실행한 사람의 이름과 함께 기록됩니다.',
    ],
  }),
  /** What was typed is in no message: it may be a number all the same. */
  'erase.visitor': entry({
    exit: 'usage',
    en: () => [
      'what was given as --visitor is not a telephone number',
      'Type it as 010-1234-5678; a number from abroad begins with + and its country code, such as +86.',
    ],
    ko: () => [
      '--visitor에 입력한 값은 전화번호가 아닙니다',
      '010-1234-5678처럼 입력하고, 외국 번호는 +86처럼 국가 번호를 붙이십시오.',
    ],
  }),
  /** `visitor`: masked. `mentions`: texts of others with the number; `as_venue`: visits to it as a place. */
  'erase.nothing': entry<{ visitor: string; mentions: number; as_venue: number }>({
    exit: 'nothing',
    en: ({ visitor, mentions, as_venue }) => {
      const message = `no record of ${visitor}`;
      const others = { mentions, asVenue: as_venue };
      return mentions + as_venue > 0 ? [message, eraseWords.en.elsewhere(others)] : message;
    },
    ko: ({ visitor, mentions, as_venue }) => {
      const message = `${visitor} 번호의 기록이 없습니다`;
      const others = { mentions, asVenue: as_venue };
      return mentions + as_venue > 0 ? [message, eraseWords.ko.elsewhere(others)] : message;
    },
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof eraseFaults> {}
}
