import { formatCount } from '../counted.ts';
import { entry, type FactsIn } from './entry.ts';

/** `faults`: how many there are; the error's cause is the first of them. */
const faulty = entry<{ file: string; faults: number }>({
  exit: 'usage',
  en: ({ faults }, cause) => [
    `${cause().message}${faults === 1 ? '' : ` (and ${formatCount(faults - 1)} more)`}`,
    'Correct the file, then run `visitlog config check`.',
  ],
  ko: ({ faults }, cause) => [
    `${cause().message}${faults === 1 ? '' : ` (그 밖에 ${formatCount(faults - 1)}건)`}`,
    '파일을 고치고 `visitlog config check`를 실행하십시오.',
  ],
});

export const configFaults = {
  'config.syntax': faulty,
  'config.invalid': faulty,
  'config.not-found': entry<{ file: string }>({
    exit: 'usage',
    en: ({ file }) => [`${file}: no such configuration file`, 'Name one with --config or $VISITLOG_CONFIG.'],
    ko: ({ file }) => [`설정 파일이 없습니다: '${file}'`, '--config 또는 $VISITLOG_CONFIG로 지정하십시오.'],
  }),
  'config.unreadable': entry<{ file: string; system: string | null }>({
    exit: 'usage',
    en: ({ file, system }, cause) => [
      `${file}: cannot be read (${system ?? cause().message})`,
      'Let the user that visitlog runs as read the file.',
    ],
    ko: ({ file, system }, cause) => [
      `설정 파일 '${file}' 읽기에 실패했습니다(${system ?? cause().message})`,
      'visitlog를 실행하는 사용자가 읽을 수 있게 하십시오.',
    ],
  }),
  'config.not-edited': entry({
    exit: 'usage',
    en: () => [
      'the configuration is written in a way that cannot be changed here',
      'Write [[line]] with its port and number into it by hand, and run setup again.',
    ],
    ko: () => [
      '설정 파일을 여기서 바꿀 수 없는 방식으로 썼습니다',
      '[[line]]과 그 port, number를 직접 입력한 뒤 setup을 다시 실행하십시오.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof configFaults> {}
}
