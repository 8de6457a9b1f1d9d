import { entry, type FactsIn } from './entry.ts';
import { openReason } from './system.ts';

/** `line`: where the fault stands in a file of faults; null on the command line. */
const at = {
  en: (line: number | null) => (line === null ? '' : `line ${line}: `),
  ko: (line: number | null) => (line === null ? '' : `${line}번째 줄: `),
};

/** The faults of `simulate` and `demo`, whose options name a family and what goes wrong. */
export const simulatorFaults = {
  /** `near`: the three names that are typed most alike. */
  'simulator.fault.unknown': entry<{ line: number | null; fault: string; near: string }>({
    exit: 'usage',
    en: ({ line, fault, near }) => [`${at.en(line)}there is no fault '${fault}'`, `Did you mean ${near}?`],
    ko: ({ line, fault, near }) => [
      `${at.ko(line)}'${fault}' 장애는 없습니다`,
      `혹시 다음 중 하나입니까? ${near}`,
    ],
  }),
  /** `forms`: how its values are typed; null if it takes none. */
  'simulator.fault.value': entry<{
    line: number | null;
    fault: string;
    word: string;
    forms: string | null;
  }>({
    exit: 'usage',
    en: ({ line, fault, word, forms }) => [
      `${at.en(line)}fault '${fault}' does not take '${word}'`,
      forms === null ? 'It takes no values.' : `It takes ${forms}.`,
    ],
    ko: ({ line, fault, word, forms }) => [
      `${at.ko(line)}'${fault}' 장애에는 '${word}' 값을 쓸 수 없습니다`,
      forms === null ? '이 장애는 값을 받지 않습니다.' : `쓸 수 있는 값: ${forms}`,
    ],
  }),
  'simulator.fault.file': entry<{ file: string; system: string }>({
    exit: 'usage',
    en: ({ file, system }) => [
      `cannot read the faults of ${file} (${openReason(system, 'en')})`,
      'Give a text file with one fault a line: late-reply:3',
    ],
    ko: ({ file, system }) => [
      `'${file}' 파일에서 장애 목록을 읽을 수 없습니다(${openReason(system, 'ko')})`,
      '한 줄에 장애 하나를 적은 텍스트 파일을 지정하십시오. 예: late-reply:3',
    ],
  }),
  'simulator.family.unknown': entry<{ name: string; families: string }>({
    exit: 'usage',
    en: ({ name, families }) => [`there is no modem family '${name}'`, `Use one of ${families}.`],
    ko: ({ name, families }) => [
      `'${name}' 모뎀 제품군은 없습니다`,
      `다음 중 하나를 지정하십시오: ${families}`,
    ],
  }),
  /** `system`: the system's code, or null. */
  'simulator.tcp.listen': entry<{ host: string; port: number; system: string | null }>({
    exit: 'failed',
    en: ({ host, port, system }) => [
      `cannot listen on ${host}:${port} (${openReason(system, 'en')})`,
      'Choose another port.',
    ],
    ko: ({ host, port, system }) => [
      `${host}:${port}에서 연결을 받을 수 없습니다(${openReason(system, 'ko')})`,
      '다른 포트를 지정하십시오.',
    ],
  }),
  'simulator.port.absent': entry({
    exit: 'failed',
    en: () => 'the simulated modem has no port at the moment',
    ko: () => '모의 모뎀에 지금은 포트가 없습니다',
  }),
  'simulator.port.busy': entry({
    exit: 'failed',
    en: () => 'another host has this port open',
    ko: () => '다른 호스트가 이 포트를 열어 두었습니다',
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof simulatorFaults> {}
}
