import { eraseWords, type KeptTraces } from '../commands/erase.ts';
import { entry, type FactsIn } from './entry.ts';

export const traceFaults = {
  'trace.no-reason': entry({
    exit: 'refused',
    en: () => [
      'trace needs --reason',
      'Say in a few words why somebody is looked up; the reason is recorded with your name.',
    ],
    ko: () => [
      'trace에는 --reason이 있어야 합니다',
      '한 사람의 동선을 조회하는 사유를 짧게 입력하십시오. 이름과 함께 감사 기록에 남습니다.',
    ],
  }),
  'trace.no-visitor': entry({
    exit: 'usage',
    en: () => ["no case's number was given", 'Type it when it is asked for, or give it on standard input.'],
    ko: () => ['확진자의 전화번호가 없습니다', '물을 때 입력하거나 표준 입력으로 주십시오.'],
  }),
  /** `place`: which of the numbers, from 1. The number itself is in no message. */
  'trace.visitor': entry<{ place: number }>({
    exit: 'usage',
    en: ({ place }) => [
      `number ${place} of the cases is not a telephone number`,
      'Type it as 010-1234-5678; a number from abroad begins with + and its country code, such as +86.',
    ],
    ko: ({ place }) => [
      `확진자의 번호 가운데 ${place}번째는 전화번호가 아닙니다`,
      '010-1234-5678처럼, 외국 번호는 +86처럼 국가 번호부터 입력하십시오.',
    ],
  }),
  'trace.margin': entry<{ typed: string }>({
    exit: 'usage',
    en: ({ typed }) => [
      `--margin "${typed}" is not a time from 0m to 24h`,
      'Write it as 30m or 2h, or as 10m,2h if before and after differ.',
    ],
    ko: ({ typed }) => [
      `--margin에 '${typed}' 값은 쓸 수 없습니다`,
      '30m, 2h처럼 0m에서 24h 사이로, 앞과 뒤가 다르면 10m,2h처럼 지정하십시오.',
    ],
  }),
  'trace.summary': entry({
    exit: 'usage',
    en: () => [
      'a summary is text or JSON; it cannot be a workbook',
      'Leave --format out, or give --format jsonl.',
    ],
    ko: () => [
      '요약은 텍스트나 JSON으로만 만들 수 있고 xlsx로는 만들 수 없습니다',
      '--format을 빼거나 --format jsonl로 지정하십시오.',
    ],
  }),
  'trace.encoding': entry({
    exit: 'usage',
    en: () => ['a summary is always in UTF-8', 'Leave --encoding out.'],
    ko: () => ['요약은 언제나 UTF-8로 만듭니다', '--encoding을 빼십시오.'],
  }),
  'lookup.no-reason': entry({
    exit: 'refused',
    en: () => [
      'lookup needs --reason',
      'Say in a few words why, such as "the caller asks"; the reason is recorded with your name.',
    ],
    ko: () => [
      'lookup에는 --reason이 필요합니다',
      '"본인 문의"처럼 사유를 짧게 입력하십시오. 실행한 사람의 이름과 함께 기록됩니다.',
    ],
  }),
  /** What was typed is in no message: it may be a number all the same. */
  'lookup.visitor': entry({
    exit: 'usage',
    en: () => [
      'what was given as the number is not a telephone number',
      'Type it as 010-5550-0123; a number from abroad begins with + and its country code.',
    ],
    ko: () => [
      '입력한 값은 전화번호가 아닙니다',
      '010-5550-0123처럼 입력하고, 외국 번호는 +와 국가 번호를 붙이십시오.',
    ],
  }),
  'lookup.nothing': entry<{ from: string }>({
    exit: 'nothing',
    en: ({ from }) => [
      `no text of this number since ${from}`,
      'A carrier may be late: compare with when the line last received anything.',
    ],
    ko: ({ from }) => [
      `${from} 이후 이 번호의 문자가 없습니다`,
      '통신사에서 늦어질 수 있으니 회선의 마지막 수신 시각과 비교하십시오.',
    ],
  }),
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
      'what was given as the visitor is not a telephone number',
      'Type it as 010-1234-5678; a number from abroad begins with + and its country code, such as +86.',
    ],
    ko: () => [
      '방문자로 입력한 값은 전화번호가 아닙니다',
      '010-1234-5678처럼 입력하고, 외국 번호는 +86처럼 국가 번호를 붙이십시오.',
    ],
  }),
  /** `visitor`: masked. The rest is what was found and stays (words/commands/erase.ts). */
  'erase.nothing': entry<{ visitor: string } & KeptTraces>({
    exit: 'nothing',
    en: ({ visitor, ...found }) => {
      const message = `no record of ${visitor}`;
      const kept = eraseWords.en.kept(found);
      return kept === null ? message : [message, kept];
    },
    ko: ({ visitor, ...found }) => {
      const message = `${visitor} 번호의 기록이 없습니다`;
      const kept = eraseWords.ko.kept(found);
      return kept === null ? message : [message, kept];
    },
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof traceFaults> {}
}
