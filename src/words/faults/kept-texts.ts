import { entry, type FactsIn } from './entry.ts';

export const keptTextFaults = {
  'notices.nothing': entry({
    exit: 'nothing',
    en: () => 'no notice in that time',
    ko: () => '그 기간에는 알림이 없습니다',
  }),
  'notices.id': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [`"${typed}" is not a notice's id`, 'Give the id that `visitlog notices list` shows.'],
    ko: ({ typed }) => [
      `'${typed}' 값은 알림의 번호가 아닙니다`,
      '`visitlog notices list`에 나오는 번호를 입력하십시오.',
    ],
  }),
  'notices.unknown': entry<{ id: number }>({
    exit: 'nothing',
    en: ({ id }) => [
      `no notice has the id ${id}`,
      '`visitlog notices list` shows the notices that there are.',
    ],
    ko: ({ id }) => [
      `번호가 ${id}인 알림이 없습니다`,
      '`visitlog notices list`로 지금 있는 알림을 볼 수 있습니다.',
    ],
  }),
  'waiting.nothing': entry({
    exit: 'nothing',
    en: () => 'nothing of that time waits',
    ko: () => '그 기간에는 대기 중인 문자가 없습니다',
  }),
  'waiting.id': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `"${typed}" is not the id of a text that waits`,
      'Give the id that `visitlog waiting list` shows.',
    ],
    ko: ({ typed }) => [
      `'${typed}' 값은 대기 중인 문자의 번호가 아닙니다`,
      '`visitlog waiting list`에 나오는 번호를 입력하십시오.',
    ],
  }),
  'waiting.unknown': entry<{ id: string }>({
    exit: 'nothing',
    en: ({ id }) => [`nothing with the id ${id} waits`, '`visitlog waiting list` shows what waits.'],
    ko: ({ id }) => [
      `번호가 ${id}인 대기 중인 문자가 없습니다`,
      '`visitlog waiting list`로 지금 대기 중인 문자를 볼 수 있습니다.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof keptTextFaults> {}
}
