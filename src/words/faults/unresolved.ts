import { entry, type FactsIn } from './entry.ts';

export const unresolvedFaults = {
  'unresolved.no-reason': entry({
    exit: 'refused',
    en: () => ['this needs --reason', 'Say in a few words why; the reason is recorded with your name.'],
    ko: () => ['--reason이 필요합니다', '사유를 짧게 입력하십시오. 이름과 함께 기록됩니다.'],
  }),
  'unresolved.nothing': entry({
    exit: 'nothing',
    en: () => 'no unresolved text in that time',
    ko: () => '그 기간에는 장소 미확인 문자가 없습니다',
  }),
  'unresolved.id': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `"${typed}" is not a text's id`,
      'Give the ids that `visitlog unresolved list` shows.',
    ],
    ko: ({ typed }) => [
      `'${typed}' 값은 문자의 번호가 아닙니다`,
      '`visitlog unresolved list`에 나오는 번호를 입력하십시오.',
    ],
  }),
  'unresolved.unknown': entry<{ id: number }>({
    exit: 'nothing',
    en: ({ id }) => [
      `no unresolved text has the id ${id}`,
      '`visitlog unresolved list` shows the texts that there are.',
    ],
    ko: ({ id }) => [
      `번호가 ${id}인 장소 미확인 문자가 없습니다`,
      '`visitlog unresolved list`로 지금 있는 문자를 볼 수 있습니다.',
    ],
  }),
  'unresolved.not-assigned': entry<{ id: number }>({
    exit: 'nothing',
    en: ({ id }) => [
      `no assigned text has the id ${id}`,
      '`visitlog unresolved list --assigned` shows those that can be moved or taken back.',
    ],
    ko: ({ id }) => [
      `번호가 ${id}인 지정된 문자가 없습니다`,
      '`visitlog unresolved list --assigned`로 변경하거나 취소할 수 있는 문자를 볼 수 있습니다.',
    ],
  }),
  'unresolved.same-place': entry<{ id: number }>({
    exit: 'refused',
    en: ({ id }) => [
      `text ${id} is assigned to that place already`,
      'Nothing was changed. Leave it out, or name another place.',
    ],
    ko: ({ id }) => [
      `${id}번 문자는 이미 그 장소로 지정되어 있습니다`,
      '변경한 것은 없습니다. 그 번호를 빼거나 다른 장소를 입력하십시오.',
    ],
  }),
  'unresolved.nothing-assigned': entry({
    exit: 'nothing',
    en: () => 'no text was assigned in that time',
    ko: () => '그 기간에는 장소를 지정한 문자가 없습니다',
  }),
  'unresolved.no-sender': entry<{ id: number }>({
    exit: 'refused',
    en: ({ id }) => [
      `text ${id} has no known sender, so it cannot become a visit`,
      'Remove it with `visitlog unresolved discard` if it is of no use.',
    ],
    ko: ({ id }) => [
      `${id}번 문자는 발신번호를 알 수 없어 방문으로 지정할 수 없습니다`,
      '필요 없으면 `visitlog unresolved discard`로 삭제하십시오.',
    ],
  }),
  'unresolved.says-nothing': entry<{ id: number }>({
    exit: 'refused',
    en: ({ id }) => [`text ${id} has nothing to compare others with`, 'Name the texts by their ids.'],
    ko: ({ id }) => [`${id}번 문자에는 비교할 내용이 없습니다`, '문자의 번호를 하나씩 입력하십시오.'],
  }),
  'unresolved.targets': entry({
    exit: 'usage',
    en: () => [
      'give the ids of texts and the number of a place',
      'For example: 12 031-324-2114, or --all-like 12 031-324-2114.',
    ],
    ko: () => [
      '문자의 번호와 장소의 번호를 입력해야 합니다',
      '예: 12 031-324-2114, 또는 --all-like 12 031-324-2114',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof unresolvedFaults> {}
}
