import { entry, type FactsIn } from './entry.ts';

/** Of `lines trace`. */
export const wireFaults = {
  'wire.terminal': entry({
    exit: 'usage',
    en: () => [
      'a line is traced to a terminal only',
      'Run it at a terminal, or write a transcript without numbers and words: --save FILE',
    ],
    ko: () => [
      '회선 추적은 터미널에만 표시합니다',
      '터미널에서 실행하거나, 번호와 글이 없는 기록 파일로 저장하십시오: --save 파일',
    ],
  }),
  'wire.no-line': entry<{ line: string }>({
    exit: 'usage',
    en: ({ line }) => [
      `the gateway has no line "${line}"`,
      'The names are those of [[line]] in the configuration: visitlog status',
    ],
    ko: ({ line }) => [
      `게이트웨이에 '${line}' 회선이 없습니다`,
      '이름은 설정의 [[line]]에 있습니다. 확인: visitlog status',
    ],
  }),
  'wire.carrier': entry<{ line: string }>({
    exit: 'usage',
    en: ({ line }) => [
      `"${line}" is a carrier's link, of which no transcript is made`,
      'Watch it at a terminal, without --save.',
    ],
    ko: ({ line }) => [
      `'${line}' 회선은 통신사 연동이며 기록 파일을 만들지 않습니다`,
      '--save 없이 터미널에서 보십시오.',
    ],
  }),
  'wire.ingest': entry<{ line: string }>({
    exit: 'usage',
    en: ({ line }) => [
      `"${line}" has no wire: visitlog ingest brings its texts`,
      'See what the program that runs visitlog ingest writes and reads.',
    ],
    ko: ({ line }) => [
      `'${line}' 회선은 visitlog ingest로 문자를 받으므로 추적할 통신이 없습니다`,
      'visitlog ingest를 실행하는 프로그램이 무엇을 쓰고 읽는지 확인하십시오.',
    ],
  }),
  'wire.forbidden': entry<{ socket: string }>({
    exit: 'refused',
    en: ({ socket }) => [
      `only root and the gateway's own account may trace a line (${socket})`,
      'Run the command with sudo.',
    ],
    ko: ({ socket }) => [
      `회선 추적은 root와 게이트웨이 계정만 할 수 있습니다('${socket}')`,
      'sudo로 실행하십시오.',
    ],
  }),
  'wire.no-reason': entry({
    exit: 'refused',
    en: () => [
      'lines trace --reveal needs --reason',
      'Say in a few words why the numbers are needed; the reason is recorded with your name.',
    ],
    ko: () => [
      'lines trace --reveal에는 --reason이 있어야 합니다',
      '번호 전체가 필요한 사유를 짧게 입력하십시오. 이름과 함께 감사 기록에 남습니다.',
    ],
  }),
  'wire.lost': entry<{ lines: number }>({
    exit: 'failed',
    en: ({ lines }) => [
      `the transcript is not saved: ${lines} lines came faster than they were read`,
      'Run it again while the machine is less busy.',
    ],
    ko: ({ lines }) => [
      `기록을 저장하지 않았습니다: ${lines}줄이 읽는 것보다 빨리 왔습니다`,
      '컴퓨터가 덜 바쁠 때 다시 실행하십시오.',
    ],
  }),
  'wire.too-long': entry({
    exit: 'failed',
    en: () => ['the transcript is not saved: it is longer than 16 MiB', 'End the trace sooner (Ctrl-C).'],
    ko: () => ['기록을 저장하지 않았습니다: 16MiB를 넘습니다', '더 일찍 끝내십시오(Ctrl-C).'],
  }),
  'wire.nothing': entry({
    exit: 'failed',
    en: () => [
      'the transcript is not saved: no session with the modem began',
      'See why the line has no port: visitlog status',
    ],
    ko: () => [
      '기록을 저장하지 않았습니다: 모뎀과의 세션이 시작되지 않았습니다',
      '회선에 포트가 없는 이유를 확인하십시오: visitlog status',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof wireFaults> {}
}
