import { entry, type FactsIn } from './entry.ts';

/** Of `ingest`. */
export const ingestFaults = {
  'ingest.no-line': entry<{ line: string }>({
    exit: 'usage',
    en: ({ line }) => [
      `no line "${line}" takes texts from ingest`,
      'Give a [[line]] of that name port = "ingest:" in the configuration; a running gateway takes it over by systemctl reload visitlog.',
    ],
    ko: ({ line }) => [
      `ingest로 문자를 받는 '${line}' 회선이 없습니다`,
      '설정에서 그 이름의 [[line]]에 port = "ingest:"를 지정하십시오. 실행 중인 게이트웨이에는 systemctl reload visitlog로 적용합니다.',
    ],
  }),
  'ingest.needs-gateway': entry({
    exit: 'failed',
    en: () => [
      'by wait = "central" a text is answered once the central register has it, and no gateway runs that would send it',
      'Start the gateway, and run the command again. Nothing was read.',
    ],
    ko: () => [
      'wait = "central"이므로 중앙 기록부에 기록된 뒤에 응답하는데, 보낼 게이트웨이가 실행되고 있지 않습니다',
      '게이트웨이를 시작하고 명령을 다시 실행하십시오. 읽은 것은 없습니다.',
    ],
  }),
  'ingest.cut': entry({
    exit: 'failed',
    en: () => [
      'the gateway has stopped before the end of the input',
      'What was answered is on disk. Run the command again with what was not.',
    ],
    ko: () => [
      '입력이 끝나기 전에 게이트웨이가 멈추었습니다',
      '응답한 문자는 디스크에 있습니다. 응답하지 않은 것으로 명령을 다시 실행하십시오.',
    ],
  }),
  'ingest.in-use': entry({
    exit: 'failed',
    en: () => [
      'another program works on the register: a gateway that has started, or another ingest without one',
      'What was answered is on disk. Run the command again with what was not: it goes through the gateway.',
    ],
    ko: () => [
      '다른 프로그램이 방문 기록부를 쓰고 있습니다. 게이트웨이가 시작했거나, 게이트웨이 없이 실행한 다른 ingest입니다',
      '응답한 문자는 디스크에 있습니다. 응답하지 않은 것으로 명령을 다시 실행하면 게이트웨이를 거칩니다.',
    ],
  }),
  'ingest.interrupted': entry({
    exit: 'failed',
    outcome: 'interrupted',
    en: () => [
      'stopped before the end of the input',
      'What was answered is on disk; the rest may be sent again.',
    ],
    ko: () => [
      '입력이 끝나기 전에 멈추었습니다',
      '응답한 문자는 디스크에 있습니다. 나머지는 다시 보내도 됩니다.',
    ],
  }),
  'ingest.unread': entry({
    exit: 'failed',
    en: () => [
      'nobody reads the answers any more',
      'Whatever was not answered may be sent again: a text whose id is known is kept once.',
    ],
    ko: () => [
      '응답을 읽는 프로그램이 없습니다',
      '응답을 받지 못한 문자는 다시 보내도 됩니다. id가 같은 문자는 한 번만 기록합니다.',
    ],
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof ingestFaults> {}
}
