import { entry, type FactsIn } from './entry.ts';

/** `asked`: whether somebody at a terminal was asked. */
const notConfirmed = entry<{ asked: boolean }>({
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

/** Faults that several commands of officers share. */
export const officerFaults = {
  'erase.not-confirmed': notConfirmed,
  'keyring.not-confirmed': notConfirmed,
  'unresolved.not-confirmed': notConfirmed,
  'venue.not-confirmed': notConfirmed,
  'usage.text-too-long': entry<{ option: string; longest: number }>({
    exit: 'usage',
    en: ({ option, longest }) => `${option} is longer than ${longest} characters`,
    ko: ({ option, longest }) => `'${option}'에 입력한 내용이 ${longest}자보다 깁니다`,
  }),
};

declare module '../../base/errors.ts' {
  interface FaultFacts extends FactsIn<typeof officerFaults> {}
}
