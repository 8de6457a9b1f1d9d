import type { Language } from '../bilingual.ts';
import { entry, type FactsIn } from './entry.ts';

/** What an option or argument takes, by the parser that refused it. */
export const wanted = {
  count: { en: 'Give a whole number.', ko: '0 이상의 정수를 입력하십시오.' },
  fileName: { en: 'Give the name of a file or folder.', ko: '파일이나 폴더의 이름을 지정하십시오.' },
  octets: {
    en: 'Give a number of octets, 0 to 255.',
    ko: '옥텟 수를 0에서 255 사이의 정수로 입력하십시오.',
  },
  hostAndPort: {
    en: 'Give a host and a port, such as 127.0.0.1:7000.',
    ko: '127.0.0.1:7000처럼 호스트와 포트를 입력하십시오.',
  },
  duration: { en: 'Give a duration, such as 2s or 50ms.', ko: '2s, 50ms처럼 시간을 입력하십시오.' },
  interval: { en: 'Give a duration of at least 1s.', ko: '1초 이상의 시간을 입력하십시오.' },
  port: {
    en: 'Give a device, tcp://host:port, or imei: and 15 digits.',
    ko: '장치 경로, tcp://호스트:포트, 또는 imei:와 숫자 15자리를 입력하십시오.',
  },
  number: {
    en: 'Give a Korean telephone number with its area code.',
    ko: '국내 전화번호를 지역번호까지 모두 입력하십시오.',
  },
  areaCode: { en: 'Give a Korean area code, such as 031.', ko: '031과 같은 지역번호를 입력하십시오.' },
  timeZone: { en: 'Give a time zone, such as Asia/Seoul.', ko: 'Asia/Seoul과 같은 시간대를 입력하십시오.' },
  systemId: {
    en: 'Give 1 to 15 characters of ASCII without blanks.',
    ko: '공백 없는 ASCII 문자를 1~15자로 입력하십시오.',
  },
  bind: { en: 'Give receiver or transceiver.', ko: 'receiver나 transceiver를 입력하십시오.' },
  lineName: {
    en: 'Give 1 to 32 of the letters a-z, digits and hyphens.',
    ko: '영문 소문자, 숫자, 붙임표를 1~32자로 입력하십시오.',
  },
  role: {
    en: 'Give a role (masked, reveal, manage, audit) and accounts, such as reveal=kim,park.',
    ko: 'reveal=kim,park처럼 역할(masked, reveal, manage, audit)과 계정을 입력하십시오.',
  },
  contact: { en: 'Give one line of at most 80 characters.', ko: '80자까지 한 줄로 입력하십시오.' },
} as const;
export type Wanted = keyof typeof wanted;

/** What was typed for `option` (as help shows it: `--num <n>`), or for `argument` if it is null. */
interface WrongValueFacts {
  readonly option: string | null;
  readonly argument: string | null;
  readonly value: string;
  /** Null for one of `choices`. */
  readonly wanted: Wanted | null;
  readonly choices: string | null;
}

/** `near`: what was probably meant, or null. */
interface Unknown {
  readonly near: string | null;
}

/** `asked`: whether somebody at a terminal was asked. */
export const notConfirmed = entry<{ asked: boolean }>({
  exit: 'refused',
  outcome: 'interrupted',
  en: ({ asked }) =>
    asked
      ? 'not confirmed; nothing was done'
      : [
          'standard input is not a terminal, so nobody can confirm this',
          'Give --yes to do it without a question.',
        ],
  ko: ({ asked }) =>
    asked
      ? '확인하지 않아 아무것도 하지 않았습니다'
      : ['대화형 터미널이 아니어서 확인을 받을 수 없습니다', '묻지 않고 실행하려면 --yes를 붙이십시오.'],
});

/** What is wrong with a command line. */
export const usageFaults = {
  'usage.number-as-argument': entry({
    exit: 'usage',
    en: () => [
      "a visitor's number is not an argument: it would stand in the list of processes and in the shell's history",
      'Give - in its place (--visitor -, lookup -), and the number when it is asked for, or on standard input.',
    ],
    ko: () => [
      '방문자의 번호는 인수로 쓸 수 없습니다. 프로세스 목록과 셸 기록에 남기 때문입니다',
      '그 자리에 -를 쓰고(--visitor -, lookup -), 번호는 물을 때 입력하거나 표준 입력으로 주십시오.',
    ],
  }),
  'usage.password-as-argument': entry({
    exit: 'usage',
    en: () => [
      "a password is not an argument: it would stand in the list of processes and in the shell's history",
      'Give --password -, and the password when it is asked for, or --password @FILE.',
    ],
    ko: () => [
      '암호는 인수로 쓸 수 없습니다. 프로세스 목록과 셸 기록에 남기 때문입니다',
      '--password -를 지정하고 물을 때 입력하거나, --password @파일을 지정하십시오.',
    ],
  }),
  'usage.missing-argument': entry<{ argument: string }>({
    exit: 'usage',
    en: ({ argument }) => `the argument '${argument}' is missing`,
    ko: ({ argument }) => `'${argument}' 인수가 없습니다`,
  }),
  'usage.option-missing-argument': entry<{ option: string }>({
    exit: 'usage',
    en: ({ option }) => `the option '${option}' has no value`,
    ko: ({ option }) => `'${option}' 옵션에 값이 없습니다`,
  }),
  'usage.missing-mandatory-option-value': entry<{ option: string }>({
    exit: 'usage',
    en: ({ option }) => `the option '${option}' is required`,
    ko: ({ option }) => `'${option}' 옵션은 반드시 있어야 합니다`,
  }),
  'usage.conflicting-option': entry<{ option: string; other: string }>({
    exit: 'usage',
    en: ({ option, other }) => `the option '${option}' cannot be used with '${other}'`,
    ko: ({ option, other }) => `'${option}' 옵션은 '${other}' 옵션과 함께 쓸 수 없습니다`,
  }),
  'usage.option-needs': entry<{ option: string; other: string }>({
    exit: 'usage',
    en: ({ option, other }) => `the option '${option}' means nothing without '${other}'`,
    ko: ({ option, other }) => `'${option}' 옵션은 '${other}' 옵션과 함께 써야 합니다`,
  }),
  'usage.unknown-option': entry<Unknown & { option: string }>({
    exit: 'usage',
    en: ({ option, near }) => hinted(`there is no option '${option}'`, near && `Did you mean ${near}?`),
    ko: ({ option, near }) => hinted(`'${option}' 옵션은 없습니다`, near && `'${near}' 옵션을 뜻하셨습니까?`),
  }),
  'usage.unknown-command': entry<Unknown & { command: string }>({
    exit: 'usage',
    en: ({ command, near }) => hinted(`there is no command '${command}'`, near && `Did you mean ${near}?`),
    ko: ({ command, near }) =>
      hinted(`'${command}' 명령은 없습니다`, near && `'${near}' 명령을 뜻하셨습니까?`),
  }),
  'usage.excess-arguments': entry<{ command: string; expected: number; given: number }>({
    exit: 'usage',
    en: ({ command, expected, given }) =>
      `too many arguments: '${command}' takes ${expected}, and ${given} were given`,
    ko: ({ command, expected, given }) =>
      `인수가 너무 많습니다. '${command}' 명령은 ${expected}개를 받는데 ${given}개를 입력했습니다`,
  }),
  'usage.invalid-argument': entry<WrongValueFacts>({
    exit: 'usage',
    en: (facts) => [
      `'${facts.value}' is not a value for ${facts.option === null ? `the argument '${facts.argument}'` : `'${facts.option}'`}`,
      wantedText(facts, 'en') ?? `Give one of: ${facts.choices}`,
    ],
    ko: (facts) => [
      `${facts.option === null ? `'${facts.argument}' 인수` : `'${facts.option}' 옵션`}에 '${facts.value}' 값은 쓸 수 없습니다`,
      wantedText(facts, 'ko') ?? `다음 가운데 하나를 입력하십시오: ${facts.choices}`,
    ],
  }),
  'usage.no-answer': entry({
    exit: 'usage',
    en: () => 'the question was not answered; nothing was done',
    ko: () => '질문에 답하지 않아 아무것도 하지 않았습니다',
  }),
  'erase.not-confirmed': notConfirmed,
  'keyring.not-confirmed': notConfirmed,
  'unresolved.not-confirmed': notConfirmed,
  'venue.not-confirmed': notConfirmed,
  'usage.input-too-long': entry<{ longest: number }>({
    exit: 'usage',
    en: ({ longest }) => `standard input has more than ${longest} octets`,
    ko: ({ longest }) => `표준 입력이 ${longest}바이트보다 큽니다`,
  }),
  'usage.text-too-long': entry<{ option: string; longest: number }>({
    exit: 'usage',
    en: ({ option, longest }) => `${option} is longer than ${longest} characters`,
    ko: ({ option, longest }) => `'${option}'에 입력한 내용이 ${longest}자보다 깁니다`,
  }),
};

function wantedText({ wanted: name }: WrongValueFacts, language: Language): string | null {
  return name !== null && Object.hasOwn(wanted, name) ? wanted[name][language] : null;
}

function hinted(message: string, hint: string | null): string | readonly [string, string] {
  return hint === null ? message : [message, hint];
}

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof usageFaults> {}
}
