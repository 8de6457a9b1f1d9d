import { entry, type FactsIn } from './entry.ts';
import { exists, notAFile, unwritable } from './files.ts';

export const posterFaults = {
  'poster.exists': exists,
  'poster.not-a-file': notAFile,
  'poster.unwritable': unwritable,
  'poster.scope': entry({
    exit: 'usage',
    en: () => [
      'give the numbers of places, or --all',
      'For example: `visitlog venue poster 031-324-2114 --output ./posters`.',
    ],
    ko: () => [
      '장소의 번호나 --all을 지정해야 합니다',
      '예: `visitlog venue poster 031-324-2114 --output ./posters`',
    ],
  }),
  'poster.output': entry({
    exit: 'usage',
    en: () => [
      'no place for the posters was named',
      'Give --output FOLDER for one file a place, or --single FILE for one file with all of them.',
    ],
    ko: () => [
      '안내문을 어디에 만들지 지정하지 않았습니다',
      '장소마다 파일 하나씩은 --output 폴더, 모두 한 파일에는 --single 파일을 지정하십시오.',
    ],
  }),
  'poster.no-contact': entry({
    exit: 'usage',
    en: () => [
      'no contact for visitors was given, and every poster must name one',
      'Give --contact, or set contact under [poster] in the configuration.',
    ],
    ko: () => [
      '안내문에 반드시 있어야 하는 문의처를 지정하지 않았습니다',
      '--contact를 지정하거나 설정 파일 [poster]에 contact를 입력하십시오.',
    ],
  }),
  'poster.contact': entry({
    exit: 'usage',
    en: () => ['the text of --contact does not fit on a poster', 'Give one line of at most 80 characters.'],
    ko: () => ['--contact의 내용이 안내문에 들어가지 않습니다', '한 줄, 80자까지 입력할 수 있습니다.'],
  }),
  'poster.which-line': entry<{ lines: string }>({
    exit: 'usage',
    en: ({ lines }) => ['several lines have a receiving number', `Choose one with --line: ${lines}.`],
    ko: ({ lines }) => ['수신번호가 있는 회선이 여럿입니다', `--line으로 하나를 고르십시오: ${lines}`],
  }),
  /** `line`: the name that was asked for, or null for any. */
  'poster.no-number': entry<{ line: string | null }>({
    exit: 'usage',
    en: ({ line }) => [
      line === null
        ? 'no line has a receiving number in the configuration'
        : `the configuration has no line "${line}" with a receiving number`,
      'Set the number that visitors text to as number under [[line]].',
    ],
    ko: ({ line }) => [
      line === null
        ? '설정에 수신번호가 있는 회선이 없습니다'
        : `설정에 수신번호가 있는 '${line}' 회선이 없습니다`,
      '방문자가 문자를 보낼 번호를 설정 파일 [[line]]의 number에 입력하십시오.',
    ],
  }),
  'poster.interrupted': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => ['interrupted before the last poster', 'The posters named above are whole.'],
    ko: () => ['마지막 안내문 전에 멈추었습니다', '이름이 나온 파일은 온전합니다.'],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof posterFaults> {}
}
